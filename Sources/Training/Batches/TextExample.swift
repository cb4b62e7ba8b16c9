/// A text to learn from, with what is known of it.
public struct TextExample: Sendable, Equatable {
  /// The text.
  public var text: String
  /// A second text, where texts come in pairs.
  public var pair: String?
  /// What a translation model should write.
  public var target: String?
  /// The class in each task, nil where the text has none.
  public var labels: [Int?]
  /// Where agreeing verbs stand, as UTF-8 offsets into `text`.
  public var verbs: [Range<Int>]

  /// A text with what is known of it.
  public init(
    _ text: String, pair: String? = nil, target: String? = nil, labels: [Int?] = [],
    verbs: [Range<Int>] = []
  ) {
    self.text = text
    self.pair = pair
    self.target = target
    self.labels = labels
    self.verbs = verbs
  }
}

/// Texts to learn from: as many as are wanted, drawn anew for every number.
public protocol TextSource: Sendable {
  /// The first `count` texts of the draw with this number; the same number gives the same texts.
  func texts(draw: UInt64, count: Int) -> [TextExample]
}
