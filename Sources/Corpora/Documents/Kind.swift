/// What a document is made to show.
public enum Kind: String, Sendable, Hashable, CaseIterable {
  /// Clauses with a full verb: transitive, intransitive, or linking an adjective.
  case plain
  /// Clauses with *is*, *are*, *was*, *were* and up to three attractors.
  case agreement
  /// One or two statements of facts.
  case fact
}

/// Which documents a generator gives.
public enum Split: String, Sendable, Hashable, CaseIterable {
  /// What models train on: without the documents that are held out.
  case train
  /// Held-out documents only. A hash of the text chooses them among those that are so improbable
  /// that training would hardly meet them twice, so that leaving them out teaches nothing.
  case test
  /// Both.
  case all

  /// Documents more probable than this (in nats) are never held out.
  static let commonest = -16.0
  /// One in this many of the improbable documents is held out.
  static let heldOutShare: UInt64 = 16

  /// Whether a text with a probability belongs to the split.
  func contains(_ text: String, logProbability: Double) -> Bool {
    if self == .all { return true }
    return (self == .test) == Self.holdsOut(text, logProbability: logProbability)
  }

  /// Whether training never shows a text.
  static func holdsOut(_ text: String, logProbability: Double) -> Bool {
    guard logProbability < commonest else { return false }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return FactBook.mix(hash) % heldOutShare == 0
  }
}

/// How many documents of each kind a corpus holds, as shares of all documents.
public struct Mixture: Sendable, Hashable {
  /// The share of each kind; kinds that are not named have none.
  ///
  /// They need not sum to one.
  public var shares: [Kind: Double]

  /// A mixture of given shares.
  public init(_ shares: [Kind: Double]) {
    self.shares = shares
  }

  /// A corpus of one kind.
  public static func only(_ kind: Kind) -> Mixture { Mixture([kind: 1]) }

  /// What the built-in models train on.
  public static let standard = Mixture([
    .plain: 0.3, .agreement: 0.27, .fact: 0.2,
  ])

  /// The distribution; nil when no share is positive.
  var choice: Choice<Kind>? {
    let kinds = Kind.allCases.filter { (shares[$0] ?? 0) > 0 }
    guard !kinds.isEmpty else { return nil }
    return Choice(kinds, weights: kinds.map { shares[$0] ?? 0 })
  }
}
