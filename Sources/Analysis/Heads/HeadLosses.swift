import Corpora
import Faults
import Statistics
import Tensors
import Transformers

/// What the loss on one kind of text gains without a head.
public struct HeadLoss: Sendable {
  /// The kind of text; nil for all together.
  public let kind: String?
  /// The gain, in nats a prediction, with its interval over texts.
  public let gain: Estimate
  /// How often signs drawn anew make as great a gain over texts; corrected over the kinds.
  public let p: Double
  /// How many texts there are.
  public let count: Int
}

/// How often a model chooses the right continuation, with and without a head.
public struct HeadProbe: Sendable {
  /// What is asked for.
  public let name: String
  /// The share of right choices with the head, and without.
  public let with: Double, without: Double
  /// The change of the share with its interval over texts.
  public let change: Estimate
  /// How many texts there are.
  public let count: Int
}

extension HeadUse {
  /// What the loss gains without the only head that was measured: over all texts first, then by their
  /// kind, the greatest gain first.
  ///
  /// - Parameter kinds: The kind of each text, nil where it is not known.
  public func losses(byKind kinds: [String?], seed: UInt64) -> [HeadLoss] {
    guard let changes, let baseline, changes.columns > 0 else { return [] }
    let own = changes.column(0)
    let names = Set(kinds.compactMap { $0 }).sorted()
    func loss(_ kind: String?, _ places: [Int]) -> HeadLoss {
      let gains = places.map { own[$0] }
      return HeadLoss(
        kind: kind,
        gain: Bootstrap.ratio(gains, places.map { baseline.counts[$0] }, seed: seed),
        p: PermutationTest.paired(gains, lines: names.count, seed: seed).p, count: places.count)
    }
    let found = names.map { name in loss(name, kinds.indices.filter { kinds[$0] == name }) }
    let corrected = BenjaminiHochberg.adjusted(found.map(\.p))
    let sorted = zip(found, corrected).map { loss, p in
      HeadLoss(kind: loss.kind, gain: loss.gain, p: p, count: loss.count)
    }.sorted { $0.gain.value > $1.gain.value }
    return [loss(nil, Array(own.indices))] + sorted
  }
}

extension Experiment {
  /// How often the model chooses the right continuation of texts, with and without a head.
  ///
  /// A continuation counts by its first token; texts whose right and wrong ones start with the same
  /// token are left out.
  public func probe(
    _ probes: [ContinuationProbe], named name: String, without place: HeadPlace, seed: UInt64
  ) throws(Fault) -> HeadProbe {
    var rows: [PromptRow] = []
    var choices: [[Int]] = []
    for probe in probes {
      let row = try Prompt(probe.prefix).row(for: model)
      let ids = try ([probe.correct] + probe.alternatives).map { text throws(Fault) in
        try TokenName.text(text).ids(for: model)[0]
      }
      guard row.count > 0, !ids.dropFirst().contains(ids[0]) else { continue }
      rows.append(row)
      choices.append(ids)
    }
    let edit = Edit(id: Self.ownEdit, site: place.z, components: [place.head], action: .zero)
    let first = try right(rows, choices, [])
    let second = try right(rows, choices, [edit])
    let ones = [Double](repeating: 1, count: rows.count)
    let change = zip(second, first).map { $0 - $1 }
    let count = Double(max(rows.count, 1))
    return HeadProbe(
      name: name, with: first.reduce(0, +) / count, without: second.reduce(0, +) / count,
      change: Bootstrap.ratio(change, ones, seed: seed), count: rows.count)
  }

  /// 1 for each row whose right continuation, the first choice, is the likeliest at its end.
  private func right(_ rows: [PromptRow], _ choices: [[Int]], _ changes: [Edit])
    throws(Fault) -> [Double]
  {
    guard !rows.isEmpty else { return [] }
    let columns = Set(choices.flatMap { $0 }).sorted()
    let places = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
    let result = try run(
      rows, edits: try edits(for: rows) + changes,
      output: OutputRequest(positions: rows.map { [$0.count - 1] }, columns: columns))
    return zip(result.logitRows, choices).map { logits, ids in
      let values = ids.map { logits[places[$0] ?? 0] }
      return values.dropFirst().allSatisfy { $0 < values[0] } ? 1 : 0
    }
  }
}
