import Tensors
import Transformers

/// What becomes of a head that is silenced.
public enum HeadAblation: String, Sendable, CaseIterable {
  /// It writes nothing.
  case zero
  /// It writes what it writes on average over the texts.
  case mean
}

extension Experiment {
  /// The losses of texts with one head silenced.
  ///
  /// - Parameter means: For `.mean`, what `meanReadings` gives.
  public func losses(
    without place: HeadPlace, by ablation: HeadAblation = .zero, means: [HeadPlace: [Double]] = [:],
    _ tasks: [PredictionTask], answers: [[Double]]? = nil
  ) throws(ModelError) -> TextLosses {
    let action: Edit.Action
    switch ablation {
    case .zero: action = .zero
    case .mean:
      let mean = means[place] ?? []
      action = .write(
        .double(Tensor([.position, .head, .headWidth], [1, 1, mean.count], mean)))
    }
    let edit = Edit(id: Self.ownEdit, site: place.z, components: [place.head], action: action)
    return try losses(tasks, answers: answers, changes: { _ in [edit] })
  }

  /// What each head reads off its values on average over the texts' tokens: one vector a head.
  public func meanReadings(_ tasks: [PredictionTask], of places: [HeadPlace])
    throws(ModelError) -> [HeadPlace: [Double]]
  {
    var sums: [HeadPlace: [Double]] = [:]
    var counts: [HeadPlace: Double] = [:]
    let layers = Set(places.map(\.layerKey)).sorted()
    for task in tasks where !task.positions.isEmpty {
      let captures = layers.map { Capture(site: $0.z) }
      let result = try run([task.row], captures: captures)
      for (layer, capture) in zip(layers, captures) {
        guard let z = result.captured[capture] else { continue }
        let tokens = z.shape[1]
        let width = z.shape[2] * z.shape[3]
        let ones = Matrix(rows: 1, columns: tokens, Array(repeating: 1, count: tokens))
        let sum = ones.times(Matrix(rows: tokens, columns: width, z.doubles)).elements
        for place in places where place.layerKey == layer {
          let own = sum[place.head * z.shape[3]..<(place.head + 1) * z.shape[3]]
          counts[place, default: 0] += Double(tokens)
          sums[place] = sums[place].map { zip($0, own).map { $0 + $1 } } ?? Array(own)
        }
      }
    }
    for place in places {
      let count = max(counts[place] ?? 1, 1)
      sums[place] = sums[place]?.map { $0 / count }
    }
    return sums
  }
}
