import Faults
import Tensors
import Transformers

extension Experiment {
  /// Estimates ‖∂ target_i / ∂ source_j‖ (Frobenius) between positions of two streams of a stack.
  ///
  /// For a vector v of independent normal numbers the mean of ‖Jᵀv‖² is ‖J‖² (Hutchinson, 1990), and
  /// Jᵀv is one walk back through the model. Copies of the row run as a batch, a vector in each, once
  /// for all targets, which get the same vectors.
  ///
  /// - Parameters:
  ///   - positions: The target positions i.
  ///   - probes: How many vectors for each; nil takes every unit vector, which is exact.
  ///   - progress: Is told how many of the walks back are done, and of how many.
  /// - Returns: The estimated lengths, [target][position of `positions`][source position].
  /// - Throws: `Fault` as a run, and when `progress` throws.
  public func jacobianLengths(
    _ row: PromptRow, from targets: [Site], to source: Site, positions: [Int], probes: Int?,
    seed: UInt64, progress: (Int, Int) throws(Fault) -> Void = { _, _ in }
  ) throws(Fault) -> [[[Double]]] {
    let found = try jacobianSquares(
      row, from: targets, to: source, positions: positions, probes: probes, seed: seed,
      progress: progress)
    return found.map { target in
      target.map { squares in
        squares.columnMeans.map { $0.squareRoot() }
      }
    }
  }

  /// The squares of these lengths vector by vector, as `jacobianLengths` asks for them: the mean over
  /// vectors estimates ‖J‖² without bias, which its root does not.
  ///
  /// - Returns: [target][position of `positions`], each vectors × source positions; one row, which is
  ///   exact, for no `probes`.
  func jacobianSquares(
    _ row: PromptRow, from targets: [Site], to source: Site, positions: [Int], probes: Int?,
    seed: UInt64, progress: (Int, Int) throws(Fault) -> Void = { _, _ in }
  ) throws(Fault) -> [[Matrix]] {
    guard let target = targets.first else { return [] }
    let width = model.description.width
    let count = row.extent(of: target, in: model.description).count
    let sourceCount = row.extent(of: source, in: model.description).count
    let perPosition = probes ?? width
    let work = positions.indices.flatMap { place in (0..<perPosition).map { (place, $0) } }
    var generator = SeededGenerator(seed: seed, name: "vectors of a Jacobian")
    let none = positions.map { _ in Matrix(zeros: probes ?? 1, sourceCount) }
    var squares = targets.map { _ in none }
    let batch = max(1, Self.tokensAtOnce / max(count, 1))
    var done = 0
    for part in work.chunked(batch) {
      try progress(done, work.count)
      var vectors = [Double](repeating: 0, count: part.count * count * width)
      for (copy, (place, probe)) in part.enumerated() {
        let start = (copy * count + positions[place]) * width
        for column in 0..<width {
          vectors[start + column] =
            probes == nil ? (column == probe ? 1 : 0) : generator.normal()
        }
      }
      let rows = part.map { _ in row }
      let found = try runtime.pullBack(
        .double(Tensor([.row, .position, .width], [part.count, count, width], vectors)),
        from: targets, to: [source],
        in: RunRequest(Batch(rows), edits: try edits(for: rows)))
      for (place, found) in found.enumerated() {
        guard let numbers = found[source]?.doubles else {
          throw Fault("not-captured", "the run did not reach \(source.kind)")
        }
        let gradient = Matrix(rows: part.count * sourceCount, columns: width, numbers)
        for (row, square) in gradient.rowSquares.enumerated() {
          let (position, probe) = part[row / sourceCount]
          squares[place][position][probes == nil ? 0 : probe, row % sourceCount] += square
        }
      }
      done += part.count
    }
    try progress(done, work.count)
    return squares
  }

  /// How many tokens run in a batch of copies.
  private static let tokensAtOnce = 2048
}
