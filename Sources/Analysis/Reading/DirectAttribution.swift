import Faults
import Tensors
import Transformers

/// A logit, or the difference of two, as the sum of what each part of the model wrote towards it.
///
/// The final norm is taken as what it did in the run: a summand loses its own mean where the norm
/// subtracts it, and is divided by the deviation of the whole stream (direct logit attribution;
/// Elhage et al. 2021, "A Mathematical Framework for Transformer Circuits").
public struct DirectAttribution: Sendable {
  /// What a part of the model wrote at the position that the logit is read from.
  public struct Part: Sendable {
    /// Where it comes from.
    public var part: StreamPart
    /// The token that a head took it from, where heads are told apart by that.
    public var source: Int?
    /// What it adds to the logit.
    public var value: Double
  }

  /// The position that the logit is read from.
  public var position: Int
  /// The parts, in the order in which they are written.
  public var parts: [Part]
  /// The logit's own bias, and nothing else but rounding.
  public var bias: Double
  /// The logit or difference as the run gave it: the sum of the parts and the bias.
  public var total: Double
}

extension Experiment {
  /// Takes a logit or a difference of logits apart.
  ///
  /// - Parameter bySource: Whether what a head writes is told apart by the token that it comes from.
  /// - Throws: `Fault` when the metric is another, the model's logits do not depend linearly on its
  ///   last stream, or a token or position is not there.
  public func directAttribution(
    of metric: Metric, on row: PromptRow, bySource: Bool = false
  ) throws(Fault) -> DirectAttribution {
    switch metric.kind {
    case .logit, .logitDiff: break
    default:
      throw Fault(
        "bad-argument", "`\(metric.name)` is not a sum over what the parts write",
        help: "a logit is, and the difference of two: of: (logit_diff \" is\" \" was\")")
    }
    let model = self.model.description
    guard model.classification == nil else { throw .noVocabulary }
    // Asks whether the map to the logits is linear, with one direction that is nothing.
    _ = try runtime.unembed(Tensor(["direction", .width], [1, model.width], zeros(model.width)))
    let final = Site(.final)
    let plan = try MetricPlan(metric, row: row, model: self.model)
    let slope = try gradients([plan], at: [final])
    let reader = StreamPartsReader(
      model: model, stack: .decoder, layer: model.blocks.count, readsBeforeCross: false)
    let writers = bySource ? SourceWriters(model) : nil
    let captures = Set(reader.captures + [Capture(site: final)] + (writers?.captures ?? []))
    let result = try run([row], captures: Array(captures))
    let weights = runtime.streamWeights(.decoder)
    var stream = try reader.parts(result, weights, row.tokens.map(\.type))
    let before = stream.sum
    if let norm = weights.finalNorm { stream.normalise(norm) }
    if let actual = result.captured[Capture(site: final)] { stream.match(actual) }
    guard let rows = slope.sites[final]?.doubles, let total = slope.values.first,
      let position = plan.positions.first
    else { throw Fault("not-captured", "the run did not reach the final norm") }
    let width = stream.width
    let direction = Array(rows[position * width..<(position + 1) * width])
    let parts = stream.summed(at: position, along: direction)
    var found = parts.map { DirectAttribution.Part(part: $0.part, source: nil, value: $0.value) }
    if let writers {
      let folded = weights.finalNorm.map { $0.folded(direction, behind: before, at: position) }
      found = try writers.split(
        found, result, runtime, along: folded ?? direction, at: position)
    }
    let sum = found.reduce(0) { $0 + $1.value }
    return DirectAttribution(
      position: position, parts: found, bias: total - sum, total: total)
  }

  private func zeros(_ count: Int) -> [Double] { Array(repeating: 0, count: count) }
}

extension StreamParts {
  /// Each summand's product with a direction at a position.
  func summed(at position: Int, along direction: [Double]) -> [(part: StreamPart, value: Double)] {
    let all = values.elements
    let size = positionCount * width
    return parts.indices.map { index in
      let start = index * size + position * width
      var sum = 0.0
      for place in 0..<width { sum += all[start + place] * direction[place] }
      return (parts[index], sum)
    }
  }
}

extension NormValues {
  /// A direction behind the norm as one before it, with the deviation that a stream has at a
  /// position.
  fileprivate func folded(
    _ direction: [Double], behind stream: Tensor<Double>, at position: Int
  ) -> [Double] {
    let statistics = Kernels.normStatistics(stream, epsilon: epsilon, centred: kind == .layer)
    let scale = statistics.inverse[position]
    let scaled = zip(direction, gain).map { $0 * $1 * scale }
    guard kind == .layer, !scaled.isEmpty else { return scaled }
    let mean = scaled.reduce(0, +) / Double(scaled.count)
    return scaled.map { $0 - mean }
  }
}

/// Tells what heads write apart by the token that it comes from.
private struct SourceWriters {
  /// The attentions whose heads write to the stream as they are.
  let places: [AttentionPlace]
  let model: ModelDescription

  init(_ model: ModelDescription) {
    self.model = model
    let all = model.attentionPlaces.filter { $0.stack == .decoder }
    let isPlain = all.allSatisfy {
      let norms = model.norms(at: $0)
      return norms.output == nil && norms.stream == nil
        && model.blocks[$0.layer].mlpNorms.stream == nil
    }
    places = isPlain ? all : []
  }

  var captures: [Capture] {
    places.flatMap { place in [.pattern, .v].map { Capture(site: place.site($0)) } }
  }

  /// The same parts with a head's own for each token that it attends to.
  func split(
    _ parts: [DirectAttribution.Part], _ result: RunResult, _ runtime: any Runtime,
    along direction: [Double], at position: Int
  ) throws(Fault) -> [DirectAttribution.Part] {
    var split: [DirectAttribution.Part] = []
    var pieces: [AttentionPlace: [[Double]]] = [:]
    for part in parts {
      guard case .head(let head) = part.part,
        let place = places.first(where: { $0.layer == head.layer && $0.isCross == head.isCross })
      else {
        split.append(part)
        continue
      }
      let own: [[Double]]
      if let known = pieces[place] {
        own = known
      } else {
        own = try self.pieces(place, result, runtime, direction, position)
        pieces[place] = own
      }
      split += own[head.head].enumerated().compactMap { key, value in
        value == 0 ? nil : DirectAttribution.Part(part: part.part, source: key, value: value)
      }
      // What an intervention put into the head's output comes from no token.
      let rest = part.value - own[head.head].reduce(0, +)
      if abs(rest) > 1e-4 * max(abs(part.value), 1) {
        split.append(DirectAttribution.Part(part: part.part, source: nil, value: rest))
      }
    }
    return split
  }

  /// What each head of an attention adds by each token, [head][key].
  private func pieces(
    _ place: AttentionPlace, _ result: RunResult, _ runtime: any Runtime, _ direction: [Double],
    _ position: Int
  ) throws(Fault) -> [[Double]] {
    guard let pattern = result.captured[Capture(site: place.site(.pattern))],
      let values = result.captured[Capture(site: place.site(.v))]
    else { throw Fault("not-captured", "the run did not reach an attention") }
    let heads = model.attention(at: place).heads
    let keys = pattern.shape[3]
    let weights = pattern.doubles
    let queries = pattern.shape[2]
    let row = values.reshaped(Array(values.axes.dropFirst()), Array(values.shape.dropFirst()))
    let outputs = try runtime.sourceOutputs(row, of: place).doubles
    let width = direction.count
    return (0..<heads).map { head in
      (0..<keys).map { key in
        let weight = weights[(head * queries + position) * keys + key]
        if weight == 0 || !weight.isFinite { return 0 }
        let start = (key * heads + head) * width
        var sum = 0.0
        for index in 0..<width { sum += outputs[start + index] * direction[index] }
        return weight * sum
      }
    }
  }
}
