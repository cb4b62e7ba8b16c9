/// How often each word occurs in texts, where words are what GPT-2's pattern cuts a text into.
///
/// A word carries the space in front of it; a text without one in front is taken to have one.
public struct WordCounts: Sendable {
  /// The words as UTF-8.
  private(set) var counts: [[UInt8]: Int] = [:]

  /// Counts of no text.
  public init() {}

  /// The counts of `texts`.
  public init(_ texts: some Sequence<String>) {
    for text in texts {
      add(text)
    }
  }

  /// Counts the words of `text`, as if it occurred `times` times.
  public mutating func add(_ text: String, times: Int = 1) {
    guard times > 0 else { return }
    let aligned = AlignedText(text)
    var words = SplitText()
    words.append(aligned, 0..<aligned.scalars.count)
    // Cutting by the pattern cannot fail.
    try? Self.preTokenizer.split(&words)
    for word in words.splits {
      let bytes = words.text.scalars[word.range].compactMap { ByteAlphabet.byte(of: $0) }
      counts[bytes, default: 0] += times
    }
  }

  /// What cuts text into words, in training as later in use.
  static let preTokenizer = ByteLevelPreTokenizer(addsPrefixSpace: true, usesPattern: true)
}
