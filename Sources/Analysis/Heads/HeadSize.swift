import Faults
import Foundation
import Statistics
import Tensors
import Transformers

/// How much a head can write, from its weights alone.
///
/// Everything is read off W_V · W_O, norms folded in: W_V and W_O by themselves mean nothing, since
/// W_V · G and G⁻¹ · W_O are the same head.
public struct HeadSize: Sendable {
  /// The head.
  public var place: HeadPlace
  /// The Frobenius norm of W_V · W_O.
  public var norm: Double
  /// Its greatest singular value.
  public var top: Double
  /// exp of the entropy of the shares σ² / Σσ²: how many directions it writes along; NaN where it
  /// writes nothing.
  public var effectiveRank: Double
  /// Its share of the squared norms of its layer.
  public var share: Double
  /// How much longer what it writes comes out of the unembedding than directions at random would.
  ///
  /// 1 is no preference; nil where the model's logits are not linear in the last stream, or the
  /// head's stream has none.
  public var unembedding: Double?
  /// The same for the queries, keys, values and MLP inputs of all later layers, each of which counts
  /// the same; nil where nothing comes later.
  public var readers: Double?
}

/// What reads the streams of a model behind each attention layer, as Gram matrices.
///
/// A reader's Gram matrix M·Mᵀ has its trace set to one, so that all count alike.
struct StreamReaders {
  private let unembedding: Matrix?
  /// Behind the attention of each layer, for each side.
  private var later: [Stack: [Matrix?]] = [:]
  private let description: ModelDescription

  init(_ runtime: any Runtime) throws(Fault) {
    description = runtime.description
    if description.output != nil, description.output?.transform == nil {
      unembedding = try runtime.unembeddingGram()
    } else {
      unembedding = nil
    }
    let heads = description.allHeads
    for stack in description.stacks {
      let layers = description.blocks(of: stack).count
      var sum = ReaderSum()
      if stack == .encoder {
        // The decoder reads the encoder's last stream.
        for place in heads where place.isCross {
          let head = try HeadMatrices(place, of: runtime)
          for matrix in [head.key, head.value] { sum.add(matrix) }
        }
      }
      var behind = [Matrix?](repeating: nil, count: layers)
      for layer in (0..<layers).reversed() {
        let block = description.blocks(of: stack)[layer]
        if block.isParallel { behind[layer] = sum.gram }
        let mlp = try runtime.mlpReaders(stack: stack, layer: layer)
        for matrix in mlp.matrices {
          sum.add(Matrix(folding: matrix, through: mlp.norm))
        }
        // Attention to the encoder reads what the layer's own attention wrote; both count here as
        // one place, behind which the MLP comes.
        if !block.isParallel { behind[layer] = sum.gram }
        for place in heads where place.side == stack && place.layer == layer {
          let head = try HeadMatrices(place, of: runtime)
          let matrices =
            place.isCross ? [head.query] : [head.query, head.key, head.value]
          for matrix in matrices { sum.add(matrix) }
        }
      }
      later[stack] = behind
    }
  }

  /// How much a head's writing favours what reads it, against directions at random.
  func preference(of writing: FactoredMatrix, at place: HeadPlace) -> (
    unembedding: Double?, readers: Double?
  ) {
    func ratio(_ gram: Matrix?) -> Double? {
      guard let gram else { return nil }
      let trace = (0..<gram.rows).reduce(0) { $0 + gram[$1, $1] }
      let squared = writing.squaredNorm
      guard squared * trace > 1e-12 else { return .nan }
      return
        (writing.squaredNorm(behind: gram) * Double(gram.rows) / (squared * trace))
        .squareRoot()
    }
    return (
      ratio(place.side == .encoder ? nil : unembedding),
      ratio(later[place.side]?[place.layer] ?? nil)
    )
  }
}

/// A sum of Gram matrices M·Mᵀ, each with a trace of one, that is added up in one product when
/// somebody asks for it.
private struct ReaderSum {
  private var sum: Matrix?
  private var waiting: [Matrix] = []

  mutating func add(_ reader: Matrix) {
    let trace = reader.squaredNorm
    guard trace > 1e-12 else { return }
    waiting.append(
      reader.scaling(
        columns: [Double](repeating: 1 / trace.squareRoot(), count: reader.columns)))
  }

  /// The sum so far; nil of nothing.
  var gram: Matrix? {
    mutating get {
      guard let first = waiting.first else { return sum }
      var elements: [Double] = []
      elements.reserveCapacity(first.rows * waiting.reduce(0) { $0 + $1.columns })
      for row in 0..<first.rows {
        for reader in waiting { elements += reader.row(row) }
      }
      var gram = Matrix(
        rows: first.rows, columns: elements.count / first.rows, elements
      ).rowProducts
      if let sum {
        for place in gram.elements.indices { gram.elements[place] += sum.elements[place] }
      }
      sum = gram
      waiting = []
      return gram
    }
  }
}

extension HeadSize {
  /// The sizes of heads; shares are of whole layers, whichever heads are asked for.
  ///
  /// - Throws: `Fault` when a head is not there or its numbers are not finite.
  public static func measure(_ places: [HeadPlace], of runtime: any Runtime)
    throws(Fault) -> [HeadSize]
  {
    let readers = try StreamReaders(runtime)
    let wanted = Set(places)
    var totals: [HeadPlace: Double] = [:]
    var sizes: [HeadPlace: HeadSize] = [:]
    for layer in Set(places.map(\.layerKey)) {
      for head in 0..<runtime.description.attention(of: layer).heads {
        if Workers.cancellation() { throw .interrupted }
        var place = layer
        place.head = head
        let writing = try HeadMatrices(place, of: runtime).writing
        totals[layer, default: 0] += writing.squaredNorm
        if wanted.contains(place) { sizes[place] = try size(of: writing, at: place, readers) }
      }
    }
    return try places.map { place throws(Fault) in
      guard var size = sizes[place] else {
        throw Fault("unknown-address", "the model has no head \(place)")
      }
      let total = totals[place.layerKey] ?? 0
      size.share = total > 1e-12 ? size.norm * size.norm / total : .nan
      return size
    }
  }

  /// The size of a head, without its share.
  private static func size(
    of writing: FactoredMatrix, at place: HeadPlace, _ readers: StreamReaders
  ) throws(Fault) -> HeadSize {
    let preference = readers.preference(of: writing, at: place)
    let values: [Double]
    do {
      values = try writing.singularValues()
    } catch {
      throw Fault("not-finite", "the weights of \(place): \(error)")
    }
    let squared = values.reduce(0) { $0 + $1 * $1 }
    return HeadSize(
      place: place, norm: squared.squareRoot(), top: values.first ?? 0,
      effectiveRank: squared > 1e-12
        ? exp(Information.entropy(values.map { $0 * $0 / squared })) : .nan,
      share: .nan, unembedding: preference.unembedding, readers: preference.readers)
  }
}
