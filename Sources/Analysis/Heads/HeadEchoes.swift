import Faults
import Statistics
import Tensors
import Transformers

/// What a head passes on about the tokens that it looks at most.
public struct HeadEcho: Sendable {
  /// The token.
  public let id: Int
  /// The share of all the head's attention that it gets.
  public let share: Double
  /// The tokens, or labels, that become likelier when it is looked at instead of what is looked at on
  /// average.
  public let writes: [HeadVocabulary.Entry]
}

extension Experiment {
  /// What a head passes on about the tokens that it looks at most over texts.
  ///
  /// Values are taken from the runs, each weighted with the attention that it gets, less their mean;
  /// so they hold what earlier layers have put into them.
  ///
  /// - Parameters:
  ///   - count: How many tokens that are looked at; tokens of the tokenizer's template are left out.
  ///   - top: How many tokens of what is written.
  public func echoes(
    of place: HeadPlace, over rows: [AnnotatedRow], count: Int = 6, top: Int = 4,
    progress: (Int, Int) throws(Fault) -> Void = { _, _ in }
  ) throws(Fault) -> [HeadEcho] {
    let reader = try TokenReader(runtime, side: place.side)
    let weights = try runtime.headWeights(
      stack: place.side, layer: place.layer, head: place.head, isCross: place.isCross)
    let group = weights.attention.group(ofHead: place.head)
    let pattern = ResolvedSite(place.pattern, [place.head])
    let value = ResolvedSite(place.site(place.isCross ? .crossV : .v), [group])
    let width = weights.attention.headWidth
    var shares: [Int: Double] = [:]
    var sums: [Int: [Double]] = [:]
    var (total, whole) = (0.0, [Double](repeating: 0, count: width))
    try CorpusRun(self, rows).forEach([pattern, value], progress: progress) {
      index, captured throws(Fault) in
      let keys = rows[index].tokens(of: place.isCross ? .encoder : place.side)
      let given = try captured.value(pattern).received(keys: keys.count)
      let values = try captured.value(value).doubles
      for (key, share) in given.enumerated() {
        total += share
        let isPlain = !keys.isSpecial(key)
        let id = keys.tokens[key].id
        var sum = isPlain ? sums[id] ?? Array(repeating: 0, count: width) : []
        for column in 0..<width {
          let part = share * values[key * width + column]
          whole[column] += part
          if isPlain { sum[column] += part }
        }
        if isPlain {
          sums[id] = sum
          shares[id, default: 0] += share
        }
      }
    }
    guard total > 1e-12 else { return [] }
    let chosen = shares.keys.sorted { (shares[$0] ?? 0, $1) > (shares[$1] ?? 0, $0) }.prefix(count)
    let rows = chosen.map { id -> [Double] in
      let share = max(shares[id] ?? 0, 1e-300)
      return zip(sums[id] ?? [], whole).map { $0 / share - $1 / total }
    }
    guard !rows.isEmpty else { return [] }
    let output = Matrix(rows: width, columns: weights.output.shape[1], weights.output.elements)
    let written = try reader.written(Matrix(rows).times(output))
    return chosen.enumerated().map { place, id in
      HeadEcho(
        id: id, share: (shares[id] ?? 0) / total,
        writes: Self.entries(Array(written.row(place)), top))
    }
  }
}

extension AnyTensor {
  /// What each key gets from all queries, for one head's pattern of [1, 1, query, key]; there may be
  /// columns of padding behind the keys.
  fileprivate func received(keys: Int) -> [Double] {
    let (queries, columns) = (shape[2], shape[3])
    let ones = Matrix(rows: 1, columns: queries, [Double](repeating: 1, count: queries))
    let sums = ones.times(Matrix(rows: queries, columns: columns, doubles)).elements
    return Array(sums.prefix(keys))
  }
}
