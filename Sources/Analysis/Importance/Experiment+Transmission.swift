import Tensors
import Transformers

extension Experiment {
  /// The length of the Jacobian of a head's output at a query by the stream at a key, for each pair.
  ///
  /// The stream is moved both ways along directions that are drawn from the normal distribution: the
  /// mean square of what the output moves by is the square of the Jacobian's length.
  func jacobians(
    _ row: PromptRow, _ heads: HeadSelection, _ pairs: [[MovedPairs.Pair]], directions: Int,
    _ random: inout SeededGenerator
  ) throws(ModelError) -> [[Double]] {
    var result: [[Double]] = pairs.map { $0.map { _ in 0 } }
    for layer in heads.layers {
      let stream =
        heads.isCross
        ? Site(.final, stack: .encoder)
        : Site(.residPre, layer: layer.site.layer, stack: layer.site.stack)
      let length = try step(along: stream, row)
      let keys = Set(layer.range.flatMap { pairs[$0].map(\.key) }).sorted()
      let jobs = keys.flatMap { key in
        (0..<directions).map { _ in
          (key: key, direction: (0..<model.description.width).map { _ in random.normal() })
        }
      }
      for part in jobs.chunked(max(1, 1024 / max(row.count, 1))) {
        let moved = try movedOutputs(row, layer, part, stream, by: length)
        for (index, job) in part.enumerated() {
          for (slot, head) in layer.range.enumerated() {
            for (place, pair) in pairs[head].enumerated() where pair.key == job.key {
              result[head][place] +=
                moved[index].square(query: pair.query, head: slot) / Double(directions)
            }
          }
        }
      }
    }
    return result.map { $0.map { $0.squareRoot() } }
  }

  /// How far a stream is moved: a small share of what its numbers are, and more in single precision,
  /// where less would drown in rounding.
  private func step(along stream: Site, _ row: PromptRow) throws(ModelError) -> Double {
    let capture = Capture(site: stream)
    guard let values = try run([row], captures: [capture]).captured[capture]?.doubles else {
      throw ModelError("not-captured", "the run did not reach \(stream.kind)")
    }
    let square = values.reduce(0) { $0 + $1 * $1 } / Double(max(values.count, 1))
    return max(square.squareRoot(), 1e-6) * (runtime.precision == .single ? 1e-2 : 1e-4)
  }

  /// How the outputs of a layer's heads move when the stream at a key moves along a direction.
  private func movedOutputs(
    _ row: PromptRow, _ layer: HeadSelection.Layer, _ jobs: [(key: Int, direction: [Double])],
    _ stream: Site, by length: Double
  ) throws(ModelError) -> [MovedOutputs] {
    let signs = [1.0, -1]
    let rows = jobs.flatMap { _ in signs.map { _ in row } }
    let moves = jobs.enumerated().flatMap { index, job in
      signs.enumerated().map { side, sign in
        Edit(
          id: -1, site: stream, row: 2 * index + side, positions: .list([job.key]),
          action: .add(
            .double(Tensor([.position, .width], [1, job.direction.count], job.direction)),
            by: sign * length))
      }
    }
    let target = Site(
      layer.site.kind.isCross ? .crossHeadOut : .headOut, layer: layer.site.layer,
      stack: layer.site.stack)
    let captures = rows.indices.map {
      Capture(site: target, row: $0, components: layer.components)
    }
    let captured = try run(rows, edits: try edits(for: rows) + moves, captures: captures).captured
    return try jobs.indices.map { index throws(ModelError) in
      guard let above = captured[captures[2 * index]], let below = captured[captures[2 * index + 1]]
      else { throw ModelError("not-captured", "the run did not reach the heads") }
      return MovedOutputs(above, below, apart: 2 * length)
    }
  }

  /// How far the prediction moves when a head may not look at a key, for each pair.
  ///
  /// The prediction is that of the query's own position, or of the last one where queries are the
  /// source's; a classifier has one.
  func knockouts(_ row: PromptRow, _ heads: HeadSelection, _ pairs: [[MovedPairs.Pair]])
    throws(ModelError) -> [[Double]]
  {
    func position(_ query: Int) -> Int {
      if model.description.classification != nil { return 0 }
      return heads.stack == .encoder ? row.count - 1 : query
    }
    let all = OutputRequest(positions: [Array(0..<row.count)])
    let before = try run([row], output: all).logitRows
    let jobs = heads.layers.flatMap { layer in
      zip(layer.range, layer.components).flatMap { head, number in
        pairs[head].map { (layer.site.scores, number, $0) }
      }
    }
    var moved: [Double] = []
    for part in jobs.chunked(max(1, 1024 / max(row.count, 1))) {
      let rows = part.map { _ in row }
      let cuts = part.enumerated().map { index, job in
        Edit(
          id: -1, site: job.0, row: index, components: [job.1], positions: .list([job.2.query]),
          action: .hide(keys: [job.2.key], sparingSelf: false))
      }
      let result = try run(
        rows, edits: try edits(for: rows) + cuts,
        output: OutputRequest(positions: part.map { [position($0.2.query)] }))
      for (job, logits) in zip(part, result.logitRows) {
        let own = model.description.classification == nil ? position(job.2.query) : 0
        // What is left below this is the rounding of another batch.
        let divergence = model.description.divergence(before[own], to: logits)
        moved.append(divergence < 1e-12 ? 0 : divergence)
      }
    }
    var next = 0
    return pairs.map { head in
      defer { next += head.count }
      return Array(moved[next..<next + head.count])
    }
  }
}

/// How the outputs of some heads differ between two runs, by how far the runs are apart.
private struct MovedOutputs {
  private let differences: [Double]
  private let heads: Int
  private let width: Int

  /// From values that are [1, position, head, width].
  init(_ above: AnyTensor, _ below: AnyTensor, apart: Double) {
    differences = zip(above.doubles, below.doubles).map { ($0 - $1) / apart }
    heads = above.shape[2]
    width = above.shape[3]
  }

  /// The square of the length of the difference of a head's output at a query.
  func square(query: Int, head: Int) -> Double {
    let start = (query * heads + head) * width
    return differences[start..<start + width].reduce(0) { $0 + $1 * $1 }
  }
}
