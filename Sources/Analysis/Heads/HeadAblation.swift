import Faults
import Tensors
import Transformers

/// What becomes of a head that is silenced.
public enum HeadAblation: String, Sendable, CaseIterable {
  /// It writes nothing.
  case zero
  /// It writes what it writes on average over the texts.
  case mean
}

extension HeadAblation {
  /// What silences a head.
  fileprivate func edit(_ place: HeadPlace, means: [HeadPlace: [Double]]) -> Edit {
    let action: Edit.Action
    switch self {
    case .zero: action = .zero
    case .mean:
      let mean = means[place] ?? []
      action = .write(
        .double(Tensor([.position, .head, .headWidth], [1, 1, mean.count], mean)))
    }
    return Edit(
      id: Experiment.ownEdit, site: place.z, components: [place.head], action: action)
  }
}

extension Experiment {
  /// The losses of texts with one head silenced.
  ///
  /// - Parameter means: For `.mean`, what `meanReadings` gives.
  public func losses(
    without place: HeadPlace, by ablation: HeadAblation = .zero, means: [HeadPlace: [Double]] = [:],
    _ tasks: [PredictionTask], answers: [[Double]]? = nil
  ) throws(Fault) -> TextLosses {
    try losses(withoutEach: [place], by: ablation, means: means, tasks, answers: answers)[0]
  }

  /// The losses of texts with each of some heads silenced, one head at a time.
  ///
  /// The layers before a head are run once and shared.
  ///
  /// - Parameters:
  ///   - means: For `.mean`, what `meanReadings` gives.
  ///   - progress: Called with the runs done, and of how many; what it throws stops them.
  /// - Returns: The losses for each head.
  public func losses(
    withoutEach places: [HeadPlace], by ablation: HeadAblation = .zero,
    means: [HeadPlace: [Double]] = [:], _ tasks: [PredictionTask], answers: [[Double]]? = nil,
    progress: (Int, Int) throws(Fault) -> Void = { _, _ in }
  ) throws(Fault) -> [TextLosses] {
    var losses = places.map { _ in TextLosses(none: tasks) }
    let batches = batches(of: tasks)
    let total = batches.count * places.count
    let description = model.description
    let layers = Set(places.filter { $0.side == .decoder }.map(\.layer))
    for (part, batch) in batches.enumerated() {
      let rows = batch.map { tasks[$0].row }
      let edits = try edits(for: rows)
      let shared = SharedStreams(
        try run(
          rows, edits: edits,
          captures: SharedStreams.captures(entering: layers, rows: rows.count, of: description)),
        rows: rows.count, of: description)
      let output = OutputRequest(positions: batch.map { tasks[$0].positions })
      for (index, place) in places.enumerated() {
        try progress(part * places.count + index, total)
        let request = RunRequest(
          Batch(rows), edits: edits + [ablation.edit(place, means: means)], output: output)
        let result = try shared.run(
          request, from: place.side == .encoder ? -1 : place.layer, on: runtime)
        add(result, of: batch, tasks, answers: answers, to: &losses[index])
      }
    }
    try progress(total, total)
    return losses
  }

  /// What each head reads off its values on average over the texts' tokens: one vector a head.
  public func meanReadings(_ tasks: [PredictionTask], of places: [HeadPlace])
    throws(Fault) -> [HeadPlace: [Double]]
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
