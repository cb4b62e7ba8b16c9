import Faults
import Statistics
import Tensors
import Transformers

/// A token that is hidden from the others of its row, and those whose vectors are then compared.
struct HiddenToken: Sendable {
  var row: Int
  var position: Int
  var others: [Int]
}

/// One token for each of equally many sentences of the same lengths, for each group.
struct InfluenceSample: Sendable {
  /// The fewest sentences of a group.
  static let leastSentences = 20

  /// The groups that stand in enough sentences.
  private(set) var groups: [TokenGroups.Group] = []
  /// The names of those that do not.
  private(set) var skipped: [String] = []
  /// The hidden tokens of each group.
  private(set) var members: [[HiddenToken]] = []

  /// How many sentences each group has.
  var sentences: Int { members.first?.count ?? 0 }
  /// How many vectors the group with the fewest compares.
  var rows: Int { members.map { $0.reduce(0) { $0 + $1.others.count } }.min() ?? 0 }

  init(
    _ corpus: CorpusTokens, _ options: AmountOfInfluence.Options, isCausal: Bool, leastRows: Int
  ) throws(Fault) {
    let texts = Dictionary(grouping: corpus.tokens, by: \.row).mapValues { $0.map(\.position) }
    var random = SeededGenerator(seed: options.seed, name: "influence")
    var candidates: [[Int: [HiddenToken]]] = []
    for group in try TokenGroups(corpus, by: options.division).groups {
      let bySentence = Dictionary(grouping: group.places.map { corpus.tokens[$0] }, by: \.row)
      var own: [Int: [HiddenToken]] = [:]
      for row in bySentence.keys.sorted() {
        let positions = texts[row] ?? []
        let possible = (bySentence[row] ?? []).map { token in
          HiddenToken(
            row: row, position: token.position,
            others: positions.filter { isCausal ? $0 > token.position : $0 != token.position })
        }.filter { !$0.others.isEmpty }
        if let one = possible.randomElement(using: &random) {
          own[positions.count, default: []].append(one)
        }
      }
      if own.values.reduce(0, { $0 + $1.count }) >= Self.leastSentences {
        groups.append(group)
        candidates.append(own)
      } else {
        skipped.append(group.name)
      }
    }
    draw(candidates, most: options.sentences, &random)
    guard !groups.isEmpty, sentences >= Self.leastSentences, rows >= leastRows else {
      throw Fault(
        "too-few-tokens",
        "the \(groups.count) groups have \(sentences) sentences of the same lengths and \(rows) "
          + "vectors to compare; \(Self.leastSentences) and \(leastRows) are wanted at least",
        help: "give a larger corpus")
    }
  }

  /// As many sentences of each length for every group, in all about `most` of each.
  private mutating func draw(
    _ candidates: [[Int: [HiddenToken]]], most: Int, _ random: inout SeededGenerator
  ) {
    let lengths = Set(candidates.flatMap(\.keys)).sorted()
    let shared = lengths.map { length in
      candidates.map { $0[length]?.count ?? 0 }.min() ?? 0
    }
    let share = min(1, Double(most) / Double(max(shared.reduce(0, +), 1)))
    members = candidates.map { own in
      var drawn: [HiddenToken] = []
      for (length, count) in zip(lengths, shared) {
        let all = own[length] ?? []
        let wanted = Int((Double(count) * share).rounded())
        drawn += random.sample(wanted, of: all.count).map { all[$0] }
      }
      return drawn
    }
  }
}

/// Runs rows as they are, and with one token hidden from the others in one layer.
struct HiddenRuns: Sendable {
  let experiment: Experiment
  let corpus: CorpusTokens

  /// The views of the other tokens, layer by layer.
  struct Views: Sendable {
    var layers: [(plain: Tensor<Float>, hidden: Tensor<Float>)]
    /// The sentence of each row of a view.
    var sentences: [Int]
  }

  /// The views behind each block, `rows` of them: with more some are left out at random.
  func views(
    _ members: [HiddenToken], rows: Int, progress: (Int, Int) throws(Fault) -> Void
  ) throws(Fault) -> Views {
    let model = experiment.model.description
    let depth = model.blocks(of: corpus.stack).count
    var plain = [[Float]](repeating: [], count: depth)
    var hidden = plain
    var sentences: [Int] = []
    let texts = CorpusRun(experiment, members.map { corpus.rows[$0.row] })
    var done = 0
    for batch in texts.batches([]) {
      let own = batch.map { members[$0] }
      try progress(done, members.count)
      done += own.count
      let inputs = own.map { corpus.rows[$0.row].row }
      let inForce = try experiment.edits(for: inputs)
      let sites = (1...depth).map { model.stream($0, of: corpus.stack) }
      let asIs = try run(inputs, inForce, sites, own)
      for layer in 0..<depth {
        plain[layer] += asIs[layer]
        let edits = own.enumerated().map { index, member in
          Edit(
            id: -1, site: Site(.scores, layer: layer, stack: corpus.stack), row: index,
            action: .hide(keys: [member.position], sparingSelf: true))
        }
        hidden[layer] += try run(inputs, inForce + edits, [sites[layer]], own)[0]
      }
      for member in own { sentences += member.others.map { _ in member.row } }
    }
    try progress(members.count, members.count)
    var random = SeededGenerator(seed: 1, name: "rows")
    let kept = random.sample(rows, of: sentences.count)
    func view(_ elements: [Float]) throws(Fault) -> Tensor<Float> {
      try Tensor([.position, .width], [sentences.count, model.width], elements).rows(kept)
    }
    var layers: [(plain: Tensor<Float>, hidden: Tensor<Float>)] = []
    for layer in 0..<depth {
      layers.append((plain: try view(plain[layer]), hidden: try view(hidden[layer])))
    }
    return Views(layers: layers, sentences: kept.map { sentences[$0] })
  }

  private func run(
    _ rows: [PromptRow], _ edits: [Edit], _ sites: [Site], _ members: [HiddenToken]
  ) throws(Fault) -> [[Float]] {
    let captures = sites.map { site in
      members.enumerated().map { Capture(site: site, row: $0, positions: $1.others) }
    }
    let result = try experiment.run(rows, edits: edits, captures: captures.flatMap { $0 })
    return captures.map { own in
      own.flatMap { result.captured[$0]?.cast(to: Float.self).elements ?? [] }
    }
  }
}
