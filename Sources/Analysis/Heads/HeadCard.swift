import Corpora
import Faults
import Statistics
import Tensors
import Transformers

/// Everything known about one head.
public struct HeadCard: Sendable {
  /// The head.
  public let place: HeadPlace
  /// What its attention layer does.
  public let attention: AttentionDescription
  /// How many texts and tokens it was looked at on.
  public let textCount: Int, tokenCount: Int
  /// How much it writes, by its weights.
  public let size: HeadSize
  /// The mean length of what it writes at a token.
  public let writes: Estimate
  /// What it gives to tokens at fixed places, the most first, with what uniform attention gives.
  public let targets: [Target]
  /// By which rules it chooses what it looks at.
  public let rules: CommunicationRules
  /// How much classes of queries tell about those of keys.
  public let information: ClassInformation
  /// What decides its scores.
  public let variance: ScoreVariance
  /// The roles that it has; nil where roles were not looked for.
  public let roles: [RoleEvidence]
  /// Which tokens its weights bring together; nil for a model without tokens.
  public let matching: HeadMatching?
  /// What its weights read and write.
  public let vocabulary: HeadVocabulary?
  /// What it passes on about the tokens that it looks at most.
  public let echoes: [HeadEcho]
  /// What is lost without it: over all texts first, then by kind.
  public let losses: [HeadLoss]
  /// How much the model loses with it in place, in nats; nil where it has no loss.
  public let baseline: Double?
  /// How often the model chooses right with and without it.
  public let probes: [HeadProbe]
  /// The heads of the same attention by how differently they look, the nearest first.
  public let neighbours: [(place: HeadPlace, distance: Double)]
  /// The median distance of all pairs of these heads.
  public let medianDistance: Double

  /// Whether what is written is told by logits, and not by the token table.
  public var writesLogits: Bool { vocabulary?.isThroughTable == false }

  /// What a head gives to tokens at a fixed place.
  public struct Target: Sendable {
    /// Where they stand.
    public let target: AttentionTarget
    /// The share of the attention, over the queries that have such a token.
    public let share: Estimate
    /// What uniform attention gives them.
    public let uniform: Double
  }
}

/// Looks a head over.
struct HeadCardMaker {
  let experiment: Experiment
  let place: HeadPlace
  let rows: [AnnotatedRow]
  /// Sets of texts with a right continuation, by what they ask for.
  let probes: [(name: String, probes: [ContinuationProbe])]
  let seed: UInt64
  let progress: (String) throws(Fault) -> Void

  private static let targets: [AttentionTarget] =
    (-4...2).map { .offset($0) } + [.first, .special, .punctuation]

  func card() throws(Fault) -> HeadCard {
    let model = experiment.model.description
    let only = try HeadSelection([place.address], in: model)
    let side = Address(
      stack: place.stack, layers: .all, part: .head(.all, .pattern, cross: place.isCross))
    let all = try HeadSelection([side], in: model)
    try progress("patterns")
    // A translation and its source share no positions.
    let looked = Self.targets.filter { target in
      if case .offset = target { return !place.isCross }
      return true
    }
    var mass = AttentionMass(rows: rows.count, heads: only, targets: looked)
    try experiment.attention(over: rows, heads: only) { mass.add($0) }
    let listening = try experiment.listening(
      of: only, over: rows, classes: .best(for: rows), seed: seed)
    try progress("neighbours")
    var distances = HeadDistances(rows: rows.count, heads: all)
    try experiment.attention(over: rows, heads: all) { distances.add($0) }
    try progress("roles")
    let roles = try HeadRoles(experiment, over: rows, heads: only, seed: seed)
    let targets = targets(mass)
    try progress("weights")
    let frequent = frequentTokens
    let nearest = targets.first { $0.offset != nil }?.offset ?? -1
    let hasTokens = model.embedding.patches == nil
    let matching =
      hasTokens
      ? try experiment.matching(of: place, offset: nearest, only: frequent) : nil
    let vocabulary = hasTokens ? try experiment.vocabulary(of: place, only: frequent) : nil
    let echoes = hasTokens ? try experiment.echoes(of: place, over: rows) : []
    try progress("losses")
    let tasks =
      model.output == nil
      ? nil : try experiment.model.predictionTasks(rows.map(\.row), seed: seed)
    let use = try experiment.use(of: [place], over: rows, tasks: tasks)
    let probed = try probes.map { set throws(Fault) in
      try experiment.probe(set.probes, named: set.name, without: place, seed: seed)
    }
    let (neighbours, median) = neighbours(distances)
    return HeadCard(
      place: place, attention: model.attention(of: place), textCount: rows.count,
      tokenCount: rows.reduce(0) { $0 + $1.tokens(of: place.side).count },
      size: try HeadSize.measure([place], of: experiment.runtime)[0],
      writes: Bootstrap.ratios(use.lengths, use.tokens, seed: seed)[0], targets: targets,
      rules: listening.rules, information: listening.information[0],
      variance: listening.variance[0],
      roles: roles.heads.first?.evidence.filter(\.isHeld) ?? [], matching: matching,
      vocabulary: vocabulary, echoes: echoes,
      losses: use.losses(byKind: rows.map { $0.text.columns["kind"] }, seed: seed),
      baseline: use.baseline?.mean, probes: probed, neighbours: neighbours,
      medianDistance: median)
  }

  private func targets(_ mass: AttentionMass) -> [HeadCard.Target] {
    let (given, even) = (mass.given.estimates(seed: seed, within: 0...1), mass.uniform)
    return mass.targets.indices.map { target in
      let column = mass.column(0, target)
      return HeadCard.Target(
        target: mass.targets[target], share: given[column], uniform: even.mean(column))
    }
    .filter { !$0.share.value.isNaN }
    .sorted { $0.share.value > $1.share.value }
  }

  /// The tokens that come often enough in the texts to be worth naming; nil for all of them where
  /// texts are few.
  private var frequentTokens: Set<Int>? {
    var counts: [Int: Int] = [:]
    for row in rows {
      for token in row.tokens + row.row.tokens where token.origin != .template {
        counts[token.id, default: 0] += 1
      }
    }
    let frequent = Set(counts.filter { $0.value >= 3 }.keys)
    return frequent.count < 8 ? nil : frequent
  }

  private func neighbours(_ distances: HeadDistances) -> ([(HeadPlace, Double)], Double) {
    let matrix = distances.matrix
    let places = distances.heads.heads
    guard let own = places.firstIndex(of: place) else { return ([], .nan) }
    let others = places.indices.filter { $0 != own }
      .sorted { (matrix[own][$0], $0) < (matrix[own][$1], $1) }
      .map { (places[$0], matrix[own][$0]) }
    let pairs = places.indices.flatMap { one in
      places.indices.filter { $0 > one }.map { matrix[one][$0] }
    }
    return (others, Quantile.of(sorted: pairs.filter { !$0.isNaN }.sorted(), 0.5))
  }
}

extension HeadCard.Target {
  /// The offset, of a target that moves with the query.
  var offset: Int? {
    if case .offset(let offset) = target { offset } else { nil }
  }
}

extension Experiment {
  /// Everything known about one head, from its weights and over texts.
  ///
  /// - Parameters:
  ///   - probes: Sets of texts with a right continuation, for a causal model.
  ///   - progress: Called with what comes next; what it throws stops the work.
  /// - Throws: `Fault` when the head is not there or texts do not fit the model.
  public func headCard(
    of place: HeadPlace, over rows: [AnnotatedRow],
    probes: [(name: String, probes: [ContinuationProbe])] = [], seed: UInt64,
    progress: @escaping (String) throws(Fault) -> Void = { _ in }
  ) throws(Fault) -> HeadCard {
    try HeadCardMaker(
      experiment: self, place: place, rows: rows, probes: probes, seed: seed, progress: progress
    ).card()
  }
}
