import Statistics

/// Something that a head may be for.
public enum HeadRole: String, Sendable, Hashable, CaseIterable {
  /// Its greatest weight lies at one distance, in nine of ten rows (Voita et al., 2019).
  case positional
  /// More than half goes to the token before.
  case previous
  /// More than half goes to the next token.
  case next
  /// More than half goes to the token itself.
  case itself = "self"
  /// More than three fifths go to the first token or to special ones.
  case sink
  /// It spreads as Clark et al. (2019) have it for broad heads.
  case broad
  /// Its greatest weight lies on the least frequent token in every second row (Voita et al., 2019).
  case rare
  /// On repeated tokens, two fifths go to what stood behind an earlier time (Olsson et al., 2022).
  case induction
  /// On repeated tokens, two fifths go to earlier times.
  case duplicate
  /// It finds the heads or the dependents of a relation ten points more often than a fixed distance
  /// does (Voita et al., 2019).
  case syntactic
  /// It finds what a word of the translation renders ten points more often than a fixed distance does.
  case alignment

  /// The value from which a head may have the role.
  ///
  /// For `syntactic` and `alignment`, how much better than the baseline it must be.
  public var bound: Double {
    switch self {
    case .positional: PositionalHeads.bound
    case .previous, .next, .itself: 0.5
    case .sink: 0.6
    case .broad: AttentionEntropy.broadShare
    case .rare: RareTokenHeads.bound
    case .induction, .duplicate: RepetitionHeads.bound
    case .syntactic, .alignment: 0.1
    }
  }
}

/// How well a head does at what a role stands for.
public struct RoleEvidence: Sendable, Hashable {
  /// The role.
  public let role: HeadRole
  /// What the score is about, where the role has several: a distance or a relation.
  public let detail: String
  /// The score, with its interval over rows.
  public let score: Estimate
  /// What there is to compare it with: chance, or the best fixed distance.
  public let null: Double
  /// How often signs drawn anew make as great a difference from the null over rows, corrected over
  /// the heads; NaN for `broad`, which has no null.
  public let p: Double

  /// Whether the head has the role.
  public var isHeld: Bool {
    let isEnough =
      switch role {
      case .syntactic, .alignment: score.value - null >= role.bound
      default: score.value >= role.bound
      }
    return isEnough && (role == .broad || p <= 0.05)
  }
}

/// One head with what it was seen to do.
public struct RoledHead: Sendable, Hashable {
  /// The head.
  public let head: HeadPlace
  /// What each role that could be looked for gave, in the order of `HeadRole.allCases`.
  public let evidence: [RoleEvidence]

  /// The roles that it has.
  public var roles: [HeadRole] { evidence.filter(\.isHeld).map(\.role) }

  /// The evidence for one role, where it could be looked for.
  public subscript(role: HeadRole) -> RoleEvidence? { evidence.first { $0.role == role } }
}
