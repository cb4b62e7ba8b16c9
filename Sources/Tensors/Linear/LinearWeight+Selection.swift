extension LinearWeight {
  /// The same map without its bias.
  public var withoutBias: LinearWeight {
    LinearWeight(matrix: matrix, bias: nil, layout: layout, inputs: inputs, outputs: outputs)
  }

  /// The map to some of the outputs, in the given order; their weights are copied.
  ///
  /// - Throws: `TensorError` when an output is not there.
  public func selecting(outputs picked: [Int]) throws(TensorError) -> LinearWeight {
    if let bad = picked.first(where: { !(0..<outputs.count).contains($0) }) {
      throw .indexOutOfRange(axis: .width, index: bad, count: outputs.count)
    }
    let stored = picked.map { $0 + outputs.lowerBound }
    let region = Region(
      layout == .inputByOutput ? [Array(inputs), stored] : [stored, Array(inputs)])
    return try LinearWeight(
      try matrix.read(region), layout: layout,
      bias: try bias.map { bias throws(TensorError) in try bias.read(Region([stored])) })
  }
}
