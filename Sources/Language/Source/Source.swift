/// A named text that is parsed and that diagnostics quote: a file, an entry at the prompt, a paste.
///
/// Sources stay alive as long as anything made from them does, so that a late error can quote an
/// early line.
public final class Source: Sendable {
  /// The name that messages use, such as `notes.probe` or `entry 12`.
  public let name: String
  /// The folder that `import` starts from, where the source is a file.
  public let folder: String?
  /// The text as UTF-8.
  public let bytes: [UInt8]
  /// The offsets at which lines start.
  private let lineStarts: [Int]

  /// The largest source that is parsed, in bytes.
  public static let largestSize = 10_000_000

  /// Makes a source from text.
  public convenience init(name: String, text: String, folder: String? = nil) {
    self.init(name: name, bytes: Array(text.utf8), folder: folder)
  }

  /// Makes a source from bytes, which need not be UTF-8: the lexer reports what is not.
  public init(name: String, bytes: [UInt8], folder: String? = nil) {
    self.name = name
    self.folder = folder
    self.bytes = bytes
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(offset + 1)
    }
    lineStarts = starts
  }

  /// The whole text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The number of lines; a final line break does not begin another.
  public var lineCount: Int {
    lineStarts.count > 1 && lineStarts.last == bytes.count
      ? lineStarts.count - 1 : lineStarts.count
  }

  /// The text of a span, cut to the source.
  public func text(of span: Span) -> String {
    let start = min(max(0, span.start), bytes.count)
    let end = min(max(start, span.end), bytes.count)
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The line, counted from 1, that holds an offset.
  public func line(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while low < high {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    return max(1, low)
  }

  /// The span of a line, counted from 1, without its line break.
  public func span(ofLine line: Int) -> Span {
    let index = min(max(1, line), lineStarts.count) - 1
    let start = lineStarts[index]
    var end = index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return Span(start, end)
  }

  /// The column of an offset, counted from 1 in Unicode scalars.
  public func column(at offset: Int) -> Int {
    let start = span(ofLine: line(at: offset)).start
    return text(of: Span(start, offset)).unicodeScalars.count + 1
  }
}

extension Source: Hashable {
  /// Whether both are the same source, not merely the same text.
  public static func == (a: Source, b: Source) -> Bool { a === b }

  /// Hashes the identity.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
