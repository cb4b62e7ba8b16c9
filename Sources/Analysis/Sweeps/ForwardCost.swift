import Tensors
import Transformers

extension ModelDescription {
  /// Floating-point operations of one block over rows of these lengths.
  ///
  /// A multiplication and an addition count as two. Norms and activations are left out: products are
  /// what takes time.
  func operations(ofBlock block: BlockDescription, lengths: [Int], sources: [Int] = []) -> Double {
    let attention = block.attention
    let queries = Double(attention.heads * attention.headWidth)
    let keys = Double(attention.groups * attention.headWidth)
    let width = Double(width)
    let projections = 2 * width * (2 * queries + 2 * keys)
    let mlp = 2 * width * Double(block.mlp.width) * (block.mlp.isGated ? 3 : 2)
    let own = lengths.reduce(0) { sum, length in
      let seen = Double(length) * Double(attention.isCausal ? length + 1 : 2 * length) / 2
      return sum + Double(length) * (projections + mlp) + 4 * queries * seen
    }
    guard block.cross != nil else { return own }
    return zip(lengths, sources).reduce(own) { sum, pair in
      let (length, source) = (Double(pair.0), Double(pair.1))
      return sum + 4 * width * (queries * length + keys * source) + 4 * queries * length * source
    }
  }

  /// Floating-point operations of the whole encoder over sources of these lengths.
  func operations(ofEncoder sources: [Int]) -> Double {
    (encoder?.blocks ?? []).reduce(0) { $0 + operations(ofBlock: $1, lengths: sources) }
  }

  /// Floating-point operations of the vocabulary product for so many positions.
  func operations(ofOutput positions: Int, columns: Int?) -> Double {
    guard let output else { return 0 }
    let width = Double(width)
    let transform = output.transform == nil ? 0 : 2 * width * width
    return Double(positions) * (transform + 2 * width * Double(columns ?? outputWidth))
  }

  /// How many numbers a block keeps for one token while it runs.
  var numbersPerToken: Int {
    blocks.reduce(0) { most, block in
      let attention = block.attention
      let heads = 2 * (attention.heads + attention.groups) * attention.headWidth
      return max(most, 4 * width + heads + block.mlp.width * (block.mlp.isGated ? 2 : 1))
    }
  }
}
