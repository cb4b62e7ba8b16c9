import Language

/// What the embedding offers for completion.
public protocol CompletionSource: Sendable {
  /// What may stand in a place, beginning with what is typed; no more than some hundred.
  func offers(for place: CompletionPlace) -> [CompletionOffer]
}

/// A place in an entry where a value is wanted.
public struct CompletionPlace: Sendable {
  /// The kind of the parameter, such as `token`; `address` where an address may stand, `position`
  /// behind an `@`.
  public let kind: String
  /// The command and its parameter, such as `load.source`; empty where there is none.
  public let parameter: String
  /// What is typed of it.
  public let prefix: String
  /// Whether it stands in a string, so that an offer is the string's content.
  public let isInString: Bool
  /// What the command works on, as far as that is known before it runs: its first operand, or what
  /// is piped in.
  public let subject: Value?

  /// Makes a place.
  public init(
    kind: String, parameter: String = "", prefix: String, isInString: Bool = false,
    subject: Value? = nil
  ) {
    self.kind = kind
    self.parameter = parameter
    self.prefix = prefix
    self.isInString = isInString
    self.subject = subject
  }
}

/// Something that may stand in a place.
public struct CompletionOffer: Sendable, Hashable {
  /// The text; in a string its content as it is written between the quotes.
  public let text: String
  /// What it is, in a few words.
  public let note: String

  /// Makes an offer.
  public init(_ text: String, note: String = "") {
    self.text = text
    self.note = note
  }
}

/// A source that offers nothing.
public struct NoCompletions: CompletionSource {
  /// Makes the source.
  public init() {}
  /// Nothing.
  public func offers(for place: CompletionPlace) -> [CompletionOffer] { [] }
}
