extension EmbeddingDescription {
  /// The rows of the position table for the tokens of a chunk, row by row.
  ///
  /// - Parameter counted: How many tokens of each row were counted before; those of the chunk are
  ///   added.
  func places(of ids: [[Int]], _ chunk: Chunk, _ counted: inout [Int]) -> [[Int]] {
    let offset = learnedPositions?.offset ?? 0
    guard let uncountedID else {
      counted = chunk.ends
      return chunk.starts.indices.map { row in chunk.range(row).map { $0 + offset } }
    }
    return ids.enumerated().map { row, ids in
      ids.map { id in
        guard id != uncountedID else { return offset - 1 }
        counted[row] += 1
        return counted[row] - 1 + offset
      }
    }
  }
}
