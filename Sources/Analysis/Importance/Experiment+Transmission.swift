import Faults
import Tensors
import Transformers

extension Experiment {
  /// The length of the Jacobian of a head's output at a query by the stream at a key, for each pair.
  ///
  /// Vectors are carried back from what the head made of its values to the stream. Those whose products
  /// are the head's part of the output projection give the length exactly: there are as many as a head
  /// is wide.
  ///
  /// - Parameter directions: With how many random vectors the length is estimated instead (Hutchinson
  ///   1990); nil for the length itself.
  func jacobians(
    _ row: PromptRow, _ heads: HeadSelection, _ pairs: [[MovedPairs.Pair]], directions: Int?,
    _ random: inout SeededGenerator
  ) throws(Fault) -> [[Double]] {
    var squares: [[Double]] = pairs.map { $0.map { _ in 0 } }
    for layer in heads.layers {
      var jobs: [JacobianJob] = []
      for (head, component) in zip(layer.range, layer.components) {
        let output = try runtime.headWeights(
          stack: layer.site.stack, layer: layer.site.layer, head: component,
          isCross: heads.isCross
        ).output
        for query in Set(pairs[head].map(\.query)).sorted() {
          jobs += try Self.vectors(output, directions, &random).map {
            JacobianJob(head: head, component: component, query: query, vector: $0)
          }
        }
      }
      let tokens = row.count + (row.source?.count ?? 0)
      for part in jobs.chunked(max(1, 2048 / max(tokens, 1))) {
        let lengths = try squaredLengths(row, layer, part)
        for (job, own) in zip(part, lengths) {
          for (place, pair) in pairs[job.head].enumerated() where pair.query == job.query {
            squares[job.head][place] += own[pair.key]
          }
        }
      }
    }
    let count = Double(directions ?? 1)
    return squares.map { $0.map { ($0 / count).squareRoot() } }
  }

  /// Vectors over a head's values whose products sum to the products of its output projection,
  /// [headWidth, width]; or random ones with that mean.
  private static func vectors(
    _ output: Tensor<Double>, _ directions: Int?, _ random: inout SeededGenerator
  ) throws(Fault) -> [[Double]] {
    do {
      let matrix = try Matrix(output)
      guard let directions else {
        let parts = try matrix.singularValueDecomposition()
        let scaled = parts.left.scaling(columns: parts.values)
        return (0..<scaled.columns).map { scaled.column($0) }
      }
      return (0..<directions).map { _ in
        let drawn = (0..<matrix.columns).map { _ in random.normal() }
        return (0..<matrix.rows).map { row in
          zip(matrix.row(row), drawn).reduce(0) { $0 + $1.0 * $1.1 }
        }
      }
    } catch {
      throw Fault("tensor", "\(error)")
    }
  }

  /// For each vector, carried back, the square of its length at each key.
  private func squaredLengths(
    _ row: PromptRow, _ layer: HeadSelection.Layer, _ jobs: [JacobianJob]
  ) throws(Fault) -> [[Double]] {
    let place = AttentionPlace(
      stack: layer.site.stack, layer: layer.site.layer, isCross: layer.site.kind.isCross)
    let (target, stream) = (place.site(.z), place.keyStream)
    let count = row.extent(of: target, in: model.description).count
    let attention = model.description.attention(at: place)
    let size = attention.heads * attention.headWidth
    var vectors = [Double](repeating: 0, count: jobs.count * count * size)
    for (copy, job) in jobs.enumerated() {
      let start = (copy * count + job.query) * size + job.component * attention.headWidth
      vectors.replaceSubrange(start..<start + job.vector.count, with: job.vector)
    }
    let rows = jobs.map { _ in row }
    let found = try runtime.pullBack(
      .double(
        Tensor(
          [.row, .position, .head, .headWidth],
          [jobs.count, count, attention.heads, attention.headWidth], vectors)),
      from: [target], to: [stream], in: RunRequest(Batch(rows), edits: try edits(for: rows)))
    guard let gradient = found[0][stream] else {
      throw Fault("not-captured", "the run did not reach \(stream.kind)")
    }
    let width = model.description.width
    return gradient.doubles.chunked(gradient.shape[1] * width).map { copy in
      copy.chunked(width).map { $0.reduce(0) { $0 + $1 * $1 } }
    }
  }

  /// How far the prediction moves when a head may not look at a key, for each pair.
  ///
  /// The prediction is that of the query's own position, or of the last one where queries are the
  /// source's; a classifier has one.
  func knockouts(_ row: PromptRow, _ heads: HeadSelection, _ pairs: [[MovedPairs.Pair]])
    throws(Fault) -> [[Double]]
  {
    try model.description.requireProbabilities()
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

/// A vector over a head's values at a query, which is carried back.
private struct JacobianJob {
  /// The head's place among the selected, and its number in the layer.
  let head: Int
  let component: Int
  let query: Int
  let vector: [Double]
}

extension AttentionPlace {
  /// The stream that keys and values are read from.
  fileprivate var keyStream: Site {
    isCross ? Site(.final, stack: .encoder) : Site(.residPre, layer: layer, stack: stack)
  }
}
