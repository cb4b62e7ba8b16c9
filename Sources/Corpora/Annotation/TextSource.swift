import Faults

/// Where the texts of a corpus come from: it knows how many there are, and gives one when asked.
public protocol TextSource: Sendable {
  /// How many texts there are.
  var count: Int { get }
  /// What they are, in a few words: a file's name, or what generates them.
  var title: String { get }
  /// The text at a place from 0 to `count - 1`.
  ///
  /// - Throws: `Fault` that names the file and the line of what cannot be read.
  func text(at place: Int) throws(Fault) -> AnnotatedText
}

/// Texts that are there already.
public struct TextList: TextSource {
  /// The texts.
  public let texts: [AnnotatedText]
  /// What they are.
  public let title: String

  /// A source of given texts.
  public init(_ texts: [AnnotatedText], title: String = "list") {
    self.texts = texts
    self.title = title
  }

  /// How many texts there are.
  public var count: Int { texts.count }
  /// The text at a place.
  public func text(at place: Int) -> AnnotatedText { texts[place] }
}
