/// A stretch of a source's text, in UTF-8 offsets, the end excluded.
public struct Span: Hashable, Sendable {
  /// The offset of the first byte.
  public let start: Int
  /// The offset behind the last byte.
  public let end: Int

  /// Makes a span; an end before the start is moved to the start.
  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = max(start, end)
  }

  /// The number of bytes.
  public var length: Int { end - start }

  /// The smallest span that holds both.
  public func joined(with other: Span) -> Span {
    Span(min(start, other.start), max(end, other.end))
  }
}

/// A span together with the source that it lies in.
public struct Location: Hashable, Sendable {
  /// The source.
  public let source: Source
  /// The stretch of its text.
  public let span: Span

  /// Makes a location.
  public init(_ source: Source, _ span: Span) {
    self.source = source
    self.span = span
  }

  /// The text that the location covers.
  public var text: String { source.text(of: span) }

  /// The line of the location's start, counted from 1.
  public var line: Int { source.line(at: span.start) }
}
