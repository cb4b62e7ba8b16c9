/// What a document is made to show.
public enum Kind: String, Sendable, Hashable, CaseIterable {
  /// Clauses with a full verb: transitive, intransitive, or linking an adjective.
  case plain
  /// Clauses with *is*, *are*, *was*, *were* and up to three attractors.
  case agreement
  /// One or two statements of facts.
  case fact
  /// A pronoun and its antecedent, in one sentence or two.
  case pronoun
  /// A word with two senses, and a cue.
  case sense
  /// Names or whole spans that come again.
  case repetition
  /// Who does what to whom.
  case role
  /// A sum of two counts.
  case count
  /// A comparison.
  case comparison
  /// Two sentences of which the second follows the first or does not.
  case pair
  /// A review with a sentiment.
  case review
}

extension Kind {
  /// The logarithm of the probability, among the documents of the kind, above which a document is
  /// never held out.
  ///
  /// Longer kinds are told apart by more words, and have to be rarer.
  var commonest: Double {
    switch self {
    case .plain, .agreement: -15
    case .pronoun, .pair, .repetition: -14
    case .fact: -12
    case .review: -11
    case .sense: -10
    case .count, .comparison: -9
    case .role: -8
    }
  }
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

  /// One in this many of the improbable documents is held out.
  static let heldOutShare: UInt64 = 16

  /// Whether a document belongs to the split.
  func contains(_ document: Document) -> Bool {
    self == .all || (self == .test) == document.isHeldOut
  }

  /// Whether a rare text is one of those that training never shows.
  static func holdsOut(_ text: String) -> Bool {
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
    .plain: 0.24, .agreement: 0.24, .fact: 0.17, .pronoun: 0.09, .sense: 0.05,
    .repetition: 0.06, .role: 0.04, .count: 0.02, .comparison: 0.03, .pair: 0.03, .review: 0.03,
  ])

  /// The distribution; nil when no share is positive.
  var choice: Choice<Kind>? {
    let kinds = Kind.allCases.filter { (shares[$0] ?? 0) > 0 }
    guard !kinds.isEmpty else { return nil }
    return Choice(kinds, weights: kinds.map { shares[$0] ?? 0 })
  }
}
