import Faults
import Tensors

extension Forward {
  /// Images as tokens, [row, position, width]: the leading tokens, then every patch's projection.
  func patchRows(
    _ images: [Tensor<Float>], _ patches: PatchDescription, _ weights: PatchWeights<O.Element>
  ) throws(Fault) -> O.Value {
    let leading = patches.leading.count
    let width = self.weights.description.width
    var elements: [O.Element] = []
    for image in images { elements += patches.patches(of: image.elements).map { O.Element($0) } }
    let flat = operations.constant(
      Tensor(
        [.row, .position, .width],
        [images.count, patches.tokenCount - leading, patches.patchSize], elements))
    var stream = operations.constant(
      Tensor(zeros: [.row, .position, .width], [images.count, patches.tokenCount, width]))
    try operations.write(
      &stream, Region([nil, Array(leading..<patches.tokenCount), nil]),
      operations.linear(flat, weights.projection))
    for (position, token) in weights.leading.enumerated() {
      let rows = try operations.gather(token, images.map { _ in 0 })
      try operations.write(
        &stream, Region([nil, [position], nil]),
        operations.reshape(rows, [.row, .position, .width], [images.count, 1, width]))
    }
    return stream
  }
}
