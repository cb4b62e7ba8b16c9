import Faults
import Tensors

/// The operations, computed at once.
struct Eager<Element: Scalar>: Operations {
  /// The operations in this precision.
  init() {}

  func constant(_ tensor: Tensor<Element>) -> Tensor<Element> { tensor }
  func tensor(_ value: Tensor<Element>) -> Tensor<Element> { value }
  func shape(_ value: Tensor<Element>) -> [Int] { value.shape }
  func watch(_ site: Site, _ value: inout Tensor<Element>) {}

  func reshape(_ value: Tensor<Element>, _ axes: [Axis], _ shape: [Int]) -> Tensor<Element> {
    value.reshaped(axes, shape)
  }

  func gather(_ table: Parameter<Element>, _ ids: [Int]) throws(Fault) -> Tensor<Element> {
    try modelError { () throws(TensorError) in try Kernels.gather(table.tensor, rows: ids) }
  }

  func linear(_ x: Tensor<Element>, _ weight: Projection<Element>) -> Tensor<Element> {
    Kernels.linear(x, weight.map)
  }

  func norm(_ x: Tensor<Element>, _ norm: NormWeights<Element>) -> Tensor<Element> {
    switch norm.description.kind {
    case .layer:
      Kernels.layerNorm(
        x, gain: norm.gain.tensor, bias: norm.bias?.tensor, epsilon: norm.description.epsilon)
    case .rms:
      Kernels.rmsNorm(
        x, gain: norm.gain.tensor, epsilon: norm.description.epsilon,
        gainOffset: norm.description.gainOffset)
    }
  }

  func normStatistics(_ x: Tensor<Element>, _ norm: NormWeights<Element>) -> Tensor<Element> {
    let statistics = Kernels.normStatistics(
      x, epsilon: norm.description.epsilon, centred: norm.description.kind == .layer)
    var pairs: [Element] = []
    pairs.reserveCapacity(statistics.mean.count * 2)
    for (mean, inverse) in zip(statistics.mean, statistics.inverse) {
      pairs.append(mean)
      pairs.append(inverse)
    }
    return Tensor(x.axes.dropLast() + ["statistic"], x.shape.dropLast() + [2], pairs)
  }

  func normalize(
    _ x: Tensor<Element>, statistics: Tensor<Element>, _ norm: NormWeights<Element>
  ) -> Tensor<Element> {
    Kernels.normalize(
      x, statistics: Kernels.NormStatistics(pairs: statistics),
      gain: norm.gain.tensor, bias: norm.bias?.tensor, gainOffset: norm.description.gainOffset)
  }

  func add(_ x: inout Tensor<Element>, _ y: Tensor<Element>) { Kernels.add(&x, y) }

  func scale(_ x: inout Tensor<Element>, by factor: Double) {
    Kernels.scale(&x, by: Element(factor))
  }

  func activate(_ x: inout Tensor<Element>, _ activation: Activation) {
    Kernels.activate(&x, activation)
  }

  func activateGated(
    _ gate: inout Tensor<Element>, _ up: Tensor<Element>, _ activation: Activation
  ) {
    Kernels.activateGated(&gate, up, activation)
  }

  func softCap(_ x: inout Tensor<Element>, _ cap: Double) {
    Kernels.scale(&x, by: Element(1 / cap))
    Kernels.activate(&x, .tanh)
    Kernels.scale(&x, by: Element(cap))
  }

  func rotate(
    _ x: inout Tensor<Element>, positions: [[Int]], _ table: RotaryTable<Element>
  ) {
    Kernels.rotary(&x, positions: positions, table)
  }
}

extension Eager {
  func attention(
    _ q: Tensor<Element>, _ keys: Tensor<Element>, _ values: Tensor<Element>,
    _ plan: AttentionPlan<Element>
  ) -> Tensor<Element> {
    Kernels.attention(q, keys: keys, values: values, plan)
  }

  func attentionScores(
    _ q: Tensor<Element>, _ keys: Tensor<Element>, _ plan: AttentionPlan<Element>
  ) -> Tensor<Element> {
    Kernels.attentionScores(q, keys: keys, plan)
  }

  func attentionSoftmax(_ scores: inout Tensor<Element>, _ plan: AttentionPlan<Element>) {
    Kernels.attentionSoftmax(&scores, plan)
  }

  func attentionWeighted(
    _ pattern: Tensor<Element>, _ values: Tensor<Element>, _ plan: AttentionPlan<Element>
  ) -> Tensor<Element> {
    Kernels.attentionWeighted(pattern, values: values, plan)
  }

  func headOutputs(_ z: Tensor<Element>, _ weight: Projection<Element>) -> Tensor<Element> {
    let flat = z.reshaped(
      [.row, .position, .width], [z.shape[0], z.shape[1], z.shape[2] * z.shape[3]])
    return Kernels.headOutputs(flat, weight.map.withoutBias, heads: z.shape[2])
  }

  func addHeadChanges(
    _ x: inout Tensor<Element>, edited: Tensor<Element>, original: Tensor<Element>
  ) {
    var change = edited
    Kernels.subtract(&change, original)
    Kernels.addHeads(change, to: &x)
  }
}

extension Eager {
  func read(_ x: Tensor<Element>, _ region: Region) throws(Fault) -> Tensor<Element> {
    try modelError { () throws(TensorError) in try x.read(region) }
  }

  func write(_ x: inout Tensor<Element>, _ region: Region, _ values: Tensor<Element>)
    throws(Fault)
  {
    try modelError { () throws(TensorError) in try x.write(region, values) }
  }

  func fill(_ x: inout Tensor<Element>, _ region: Region, with element: Double)
    throws(Fault)
  {
    try modelError { () throws(TensorError) in try x.fill(region, with: Element(element)) }
  }

  func scale(_ x: inout Tensor<Element>, _ region: Region, by factor: Double)
    throws(Fault)
  {
    try modelError { () throws(TensorError) in try x.scale(region, by: Element(factor)) }
  }

  func add(
    _ x: inout Tensor<Element>, _ region: Region, _ values: Tensor<Element>, by factor: Double
  ) throws(Fault) {
    try modelError { () throws(TensorError) in try x.add(region, values, by: Element(factor)) }
  }
}

/// Runs `body` and tells a failure of the tensor layer as a failure of the model.
func modelError<Result>(_ body: () throws(TensorError) -> Result) throws(Fault) -> Result {
  do {
    return try body()
  } catch {
    throw Fault("tensor", "\(error)")
  }
}
