import Faults
import Foundation
import Tensors
import Transformers

/// What a head's weights read and write, in tokens: the directions along which W_V · W_O writes most,
/// read through the token table and written through the unembedding (Elhage et al., 2021).
public struct HeadVocabulary: Sendable {
  /// A token with how far it lies along a direction.
  public struct Entry: Sendable, Hashable {
    /// The token.
    public let id: Int
    /// How far it lies along the direction; below zero on the other side.
    public let value: Double
  }

  /// One direction, from its reading side to its writing side.
  public struct Direction: Sendable {
    /// Its share of the squared norm.
    public let share: Double
    /// The tokens whose rows lie farthest along what is read.
    public let reads: [Entry]
    /// The tokens, or labels, that reading those makes likelier.
    public let writes: [Entry]
    /// The tokens whose rows lie farthest against what is read.
    public let readsAgainst: [Entry]
    /// The tokens, or labels, that reading those makes likelier.
    public let writesAgainst: [Entry]
  }

  /// The strongest directions, the strongest first.
  public let directions: [Direction]
  /// How much the head copies.
  ///
  /// The trace of what it makes of each token at that token, as a share of the sum of the singular
  /// values: 1 for a head that makes every token likelier that it reads, −1 for one that makes them
  /// unlikelier. Nil where logits stand for labels.
  public let copying: Double?
  /// Whether what is written is told by the token table, since the model's logits are not linear in
  /// the stream that the head writes to.
  public let isThroughTable: Bool
}

/// Reads directions of a stream as tokens.
struct TokenReader {
  let runtime: any Runtime
  /// The token table, [vocabulary, width].
  let table: Matrix
  /// Whether directions are told by the token table.
  let isThroughTable: Bool

  init(_ runtime: any Runtime, side: Stack) throws(Fault) {
    self.runtime = runtime
    let description = runtime.description
    guard description.embedding.patches == nil else {
      throw Fault(
        "no-vocabulary", "a model that reads images has no tokens to read a head by",
        help: "look at its sizes instead, with   head_weights()")
    }
    let rows = try runtime.tokenRows(nil).cast(to: Double.self)
    table = Matrix(rows: rows.shape[0], columns: rows.shape[1], rows.elements)
    isThroughTable =
      side == .encoder && description.encoder != nil || description.output == nil
      || description.output?.transform != nil
  }

  /// What directions written into the stream do to each token, [direction, token or label].
  func written(_ directions: Matrix) throws(Fault) -> Matrix {
    if isThroughTable { return directions.times(table, otherTransposed: true) }
    let logits = try runtime.unembed(directions.tensor(.position, .width))
    return Matrix(rows: logits.shape[0], columns: logits.shape[1], logits.elements)
  }

  /// How far each token's row lies along directions of what is read, [direction, token].
  func read(_ directions: Matrix) -> Matrix { directions.times(table, otherTransposed: true) }
}

extension Experiment {
  /// What a head's weights read and write, in tokens.
  ///
  /// - Parameters:
  ///   - count: How many directions.
  ///   - top: How many tokens of each side.
  ///   - only: The tokens that are listed on the reading side; nil for all.
  /// - Throws: `Fault` when the head is not there, or the model has no tokens.
  public func vocabulary(
    of place: HeadPlace, directions count: Int = 2, top: Int = 5, only: Set<Int>? = nil
  ) throws(Fault) -> HeadVocabulary {
    let reader = try TokenReader(runtime, side: place.side)
    let head = try HeadMatrices(place, of: runtime)
    let parts = try parts(of: head)
    let chosen = Array(0..<min(count, parts.values.count))
    let squared = parts.values.reduce(0) { $0 + $1 * $1 }
    let reads = reader.read(parts.left.selecting(columns: chosen).transposed)
    let writes = try reader.written(parts.right.selecting(rows: chosen))
    let directions = chosen.map { index in
      let read = Array(reads.row(index))
      let wrote = Array(writes.row(index))
      return HeadVocabulary.Direction(
        share: squared > 0 ? parts.values[index] * parts.values[index] / squared : .nan,
        reads: Self.entries(read, top, only: only), writes: Self.entries(wrote, top),
        readsAgainst: Self.entries(read.map { -$0 }, top, only: only),
        writesAgainst: Self.entries(wrote.map { -$0 }, top))
    }
    return HeadVocabulary(
      directions: directions, copying: try copying(head, reader),
      isThroughTable: reader.isThroughTable)
  }

  /// The tokens, or labels, that the strongest direction of each head makes likelier, of heads that
  /// write to one stream.
  ///
  /// - Returns: The entries of each head, and whether they are told by the token table.
  /// - Throws: As `vocabulary`.
  public func strongestWriting(of places: [HeadPlace], top: Int) throws(Fault)
    -> (entries: [[HeadVocabulary.Entry]], isThroughTable: Bool)
  {
    guard let first = places.first else { return ([], false) }
    let reader = try TokenReader(runtime, side: first.side)
    let directions = try places.map { place throws(Fault) in
      if Workers.cancellation() { throw .interrupted }
      let parts = try parts(of: try HeadMatrices(place, of: runtime))
      return Array(parts.right.row(0))
    }
    let written = try reader.written(Matrix(directions))
    return (
      places.indices.map { Self.entries(Array(written.row($0)), top) }, reader.isThroughTable
    )
  }

  private func parts(of head: HeadMatrices) throws(Fault) -> SingularValues {
    do {
      return try head.writing.singularValueDecomposition()
    } catch {
      throw Fault("not-finite", "the weights of \(head.place): \(error)")
    }
  }

  /// The greatest entries, of some tokens only where they are given.
  static func entries(_ values: [Double], _ count: Int, only: Set<Int>? = nil)
    -> [HeadVocabulary.Entry]
  {
    let kept = only.map { only in
      values.indices.map { only.contains($0) ? values[$0] : -.infinity }
    }
    let tensor = Tensor<Double>([.vocabulary], [values.count], kept ?? values)
    return Kernels.topK(tensor, count).filter { $0.value.isFinite }
      .map { HeadVocabulary.Entry(id: $0.index, value: $0.value) }
  }

  private func copying(_ head: HeadMatrices, _ reader: TokenReader) throws(Fault) -> Double? {
    guard model.description.classification == nil else { return nil }
    let reads = reader.table.times(head.value)
    let writes = try reader.written(head.output)
    guard writes.columns == reads.rows else { return nil }
    let trace = reads.transposed.entrySum(times: writes)
    guard let values = try? FactoredMatrix(reads, writes).singularValues() else { return .nan }
    let total = values.reduce(0, +)
    return total > 1e-12 ? trace / total : .nan
  }
}
