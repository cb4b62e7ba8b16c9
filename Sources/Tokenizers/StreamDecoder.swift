/// Decodes ids as they come, giving text as soon as it is final.
///
/// A character whose bytes are spread over tokens is held back until it is whole.
public struct StreamDecoder: Sendable {
  /// More tokens than any character takes; behind them broken bytes are given as U+FFFD.
  private static let patience = 12

  private let tokenizer: Tokenizer
  private let skipsSpecialTokens: Bool
  /// Tokens whose text was given already, kept because decoders look at what stands before.
  private var context: [Int] = []
  private var pending: [Int] = []

  /// A decoder at the beginning of a text, or behind the tokens `context`, whose text it does not
  /// repeat.
  public init(_ tokenizer: Tokenizer, after context: [Int] = [], skipSpecialTokens: Bool = true) {
    self.tokenizer = tokenizer
    self.context = context
    skipsSpecialTokens = skipSpecialTokens
  }

  /// Takes one more id; gives the text that became final by it.
  public mutating func append(_ id: Int) -> String {
    guard !skipsSpecialTokens || !tokenizer.skipsInDecoding(id) else { return "" }
    pending.append(id)
    let text = pendingText
    guard !text.isEmpty else {
      // Nothing to show, yet what it is may matter to the decoder of the next one.
      context = (context + pending).suffix(Self.patience)
      pending = []
      return ""
    }
    let isBroken = text.unicodeScalars.last == "\u{FFFD}"
    guard !isBroken || pending.count > Self.patience else { return "" }
    settle()
    return text
  }

  /// Gives what was held back, for the end of a text.
  public mutating func flush() -> String {
    let text = pendingText
    settle()
    return text
  }

  private mutating func settle() {
    if !pending.isEmpty {
      context = pending
      pending = []
    }
  }

  private var pendingText: String {
    let before = Array(tokenizer.decode(context, skipSpecialTokens: skipsSpecialTokens).utf8)
    let all = Array(
      tokenizer.decode(context + pending, skipSpecialTokens: skipsSpecialTokens).utf8)
    let common = zip(before, all).prefix { $0 == $1 }.count
    return String(decoding: all[common...], as: UTF8.self)
  }
}
