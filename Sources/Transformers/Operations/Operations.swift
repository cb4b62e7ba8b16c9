import Faults
import Tensors

/// The coarse operations that the one forward pass is written with.
///
/// `Eager` computes them; `Tape` computes them through it and remembers how to go back. The forward pass and the interventions are the same for both. Mutating forms
/// let the eager one work in place.
///
/// Operations check nothing that the description of a model already guarantees; those that take
/// regions from outside throw.
protocol Operations: Sendable {
  /// The precision.
  associatedtype Element: Scalar
  /// What flows through the forward pass.
  associatedtype Value: Sendable

  /// A value that depends on nothing.
  func constant(_ tensor: Tensor<Element>) -> Value
  /// The numbers of a value.
  func tensor(_ value: Value) -> Tensor<Element>
  /// The shape of a value.
  func shape(_ value: Value) -> [Int]
  /// Marks a value as one whose gradient somebody wants.
  func watch(_ site: Site, _ value: inout Value)
  /// The same numbers under other axes.
  func reshape(_ value: Value, _ axes: [Axis], _ shape: [Int]) -> Value

  /// Rows of a table, [ids.count, width].
  func gather(_ table: Parameter<Element>, _ ids: [Int]) throws(Fault) -> Value
  /// x·W + b over the last axis.
  func linear(_ x: Value, _ weight: Projection<Element>) -> Value
  /// A norm over the last axis.
  func norm(_ x: Value, _ norm: NormWeights<Element>) -> Value
  /// Mean and inverse deviation of the last axis, [leading axes…, 2]; the mean of an RMSNorm is 0.
  func normStatistics(_ x: Value, _ norm: NormWeights<Element>) -> Value
  /// The norm with given statistics; with the value's own, the same bits as `norm`.
  func normalize(_ x: Value, statistics: Value, _ norm: NormWeights<Element>) -> Value
  /// x += y, element by element.
  func add(_ x: inout Value, _ y: Value)
  /// x *= factor.
  func scale(_ x: inout Value, by factor: Double)
  /// The activation, in place.
  func activate(_ x: inout Value, _ activation: Activation)
  /// gate = activation(gate) × up, in place.
  func activateGated(_ gate: inout Value, _ up: Value, _ activation: Activation)
  /// cap × tanh(x / cap), in place.
  func softCap(_ x: inout Value, _ cap: Double)
  /// Rotates [row, position, head, headWidth] by each row's positions.
  func rotate(_ x: inout Value, positions: [[Int]], _ table: RotaryTable<Element>)

  /// Scores, softmax and weighted sum in one go: [row, position, head, headWidth].
  func attention(_ q: Value, _ keys: Value, _ values: Value, _ plan: AttentionPlan<Element>)
    -> Value
  /// What enters the softmax, [row, head, query, key].
  func attentionScores(_ q: Value, _ keys: Value, _ plan: AttentionPlan<Element>) -> Value
  /// The softmax of scores, in place.
  func attentionSoftmax(_ scores: inout Value, _ plan: AttentionPlan<Element>)
  /// pattern · values; with the two above, the same bits as `attention`.
  func attentionWeighted(_ pattern: Value, _ values: Value, _ plan: AttentionPlan<Element>) -> Value
  /// What each head writes, [row, position, head, width], without the bias of the projection.
  func headOutputs(_ z: Value, _ weight: Projection<Element>) -> Value
  /// x[row, position] += the sum over heads of (edited − original), where they differ.
  func addHeadChanges(_ x: inout Value, edited: Value, original: Value)

  /// The numbers of a region.
  func read(_ x: Value, _ region: Region) throws(Fault) -> Value
  /// Puts numbers in a region's place.
  func write(_ x: inout Value, _ region: Region, _ values: Value) throws(Fault)
  /// Puts one number in a region's place.
  func fill(_ x: inout Value, _ region: Region, with element: Double) throws(Fault)
  /// Multiplies a region.
  func scale(_ x: inout Value, _ region: Region, by factor: Double) throws(Fault)
  /// Adds `factor` × values to a region.
  func add(_ x: inout Value, _ region: Region, _ values: Value, by factor: Double)
    throws(Fault)
}
