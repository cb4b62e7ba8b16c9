import Faults
import Tensors
import Transformers

extension Experiment {
  /// Takes apart the score that one query of a head gives to one key.
  ///
  /// - Parameter key: The position that is looked at; nil for the one that is looked at most.
  /// - Throws: `Fault` when the head or a position is not there, or the query does not see the
  ///   key.
  public func scoreParts(
    _ row: PromptRow, of place: HeadPlace, query: PositionSelector, key: PositionSelector? = nil
  ) throws(Fault) -> ScoreParts {
    _ = try model.description.sites(of: place.address)
    let extent = row.extent(of: place.pattern, in: model.description)
    let query = try extent.resolveOne(query)
    let keys = row.keys(of: place.pattern)
    let chosen = try key.map { key throws(Fault) in try keys.resolveOne(key) }
    let run = try ScoreRun(self, row, place, query: query)
    let key = chosen ?? run.visible.max { run.pattern[$0] < run.pattern[$1] } ?? 0
    guard run.visible.contains(key) else {
      throw Fault(
        "masked-pair", "@\(query) does not see @\(key) in \(place): the score is masked",
        help: "a causal head sees its own position and the ones before it")
    }
    return run.parts(at: key)
  }
}

/// The run behind a decomposition of scores: queries and keys as sums.
private struct ScoreRun {
  let place: HeadPlace
  let attention: AttentionDescription
  let query: Int
  let queryParts: [StreamPart]
  let keyParts: [StreamPart]
  /// Scaled products, [query part, key part, key].
  let products: [Double]
  let keyCount: Int
  /// The keys that the query sees.
  let visible: [Int]
  /// The model's own scores and pattern at the query, one for each key.
  let scores: [Double], pattern: [Double]

  init(_ experiment: Experiment, _ row: PromptRow, _ place: HeadPlace, query: Int)
    throws(Fault)
  {
    let model = experiment.model.description
    let runtime = experiment.runtime
    self.place = place
    self.query = query
    attention = model.attention(of: place)
    let querySide = StreamPartsReader(
      model: model, stack: place.side, layer: place.layer, readsBeforeCross: place.isCross)
    let keySide =
      place.isCross
      ? StreamPartsReader(
        model: model, stack: .encoder, layer: model.blocks(of: .encoder).count,
        readsBeforeCross: false) : querySide
    let group = attention.group(ofHead: place.head)
    let q = Capture(
      site: place.site(place.isCross ? .crossQ : .q), components: [place.head],
      positions: [query])
    let k = Capture(site: place.site(place.isCross ? .crossK : .k), components: [group])
    let pair = [place.scores, place.pattern].map {
      Capture(site: $0, components: [place.head], positions: [query])
    }
    var captures = Set(querySide.captures + keySide.captures + [q, k] + pair)
    if place.isCross { captures.insert(Capture(site: place.site(.residMid))) }
    let result = try experiment.run([row], captures: Array(captures))
    func numbers(_ capture: Capture) throws(Fault) -> AnyTensor {
      guard let tensor = result.captured[capture] else {
        throw Fault("not-captured", "the run did not reach \(capture.site.kind)")
      }
      return tensor
    }
    scores = try numbers(pair[0]).doubles
    pattern = try numbers(pair[1]).doubles
    visible = scores.indices.filter { [scores] in scores[$0].isFinite }

    let weights = try runtime.headWeights(
      stack: place.side, layer: place.layer, head: place.head, isCross: place.isCross)
    let own = row.extent(of: place.pattern, in: model).tokens.map(\.type)
    var read = try querySide.parts(result, runtime.streamWeights(place.side), own)
    if place.isCross { read.match(try numbers(Capture(site: place.site(.residMid)))) }
    var source =
      place.isCross
      ? try keySide.parts(
        result, runtime.streamWeights(.encoder), row.keys(of: place.pattern).tokens.map(\.type))
      : read
    if let norm = weights.inputNorm { read.normalise(norm) }
    if let norm = weights.sourceNorm { source.normalise(norm) }
    keyCount = source.positionCount

    var queries = ProjectedParts(
      read, positions: [query], weights.query, weights.queryBias, weights.queryNorm)
    var keys = ProjectedParts(
      source, positions: Array(0..<keyCount), weights.key, weights.keyBias, weights.keyNorm)
    queries.match(try numbers(q))
    keys.match(try numbers(k))
    if let rotary = attention.rotary?.fitted(to: keyCount), !place.isCross {
      queries.turn(rotary, at: [query])
      keys.turn(rotary, at: Array(0..<keyCount))
    }
    queryParts = queries.parts
    keyParts = keys.parts
    products = queries.products(with: keys, scale: attention.scale)
  }

  /// The decomposition for one key.
  func parts(at key: Int) -> ScoreParts {
    var scores: [[Double]] = []
    var overMean: [[Double]] = []
    let count = Double(max(visible.count, 1))
    for row in queryParts.indices {
      let lines = keyParts.indices.map { column in
        let start = (row * keyParts.count + column) * keyCount
        return Array(products[start..<start + keyCount])
      }
      scores.append(lines.map { $0[key] })
      overMean.append(
        lines.map { line in
          // What is the same for all keys must not differ from its mean by rounding.
          let first = line[visible.first ?? key]
          let mean = first + visible.reduce(0) { $0 + (line[$1] - first) } / count
          return line[key] - mean
        })
    }
    return ScoreParts(
      place: place, query: query, key: key, queryParts: queryParts, keyParts: keyParts,
      scores: scores, overMean: overMean,
      slope: attention.slopes.map { $0[place.head] * Double(key - query) },
      softCap: attention.softCap, isRotated: attention.rotary != nil && !place.isCross,
      score: self.scores[key], attention: pattern[key], visibleCount: visible.count)
  }
}
