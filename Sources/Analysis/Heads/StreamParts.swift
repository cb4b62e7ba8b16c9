import Tensors
import Transformers

/// What a summand of a residual stream comes from.
public enum StreamPart: Hashable, Sendable, CustomStringConvertible {
  /// The token rows, the position rows, the segment rows.
  case token, position, segment
  /// All that is added whatever the input: the biases of norms and of output projections.
  case bias
  /// What a head writes.
  case head(HeadPlace)
  /// What an attention layer adds as a whole, where a norm behind it ties its heads together.
  case attention(HeadPlace)
  /// What an MLP adds.
  case mlp(Stack?, layer: Int)
  /// All attention, or all MLPs, of earlier layers.
  case anyAttention, anyMLP
  /// What interventions put into the stream.
  case change

  /// The text for people.
  public var description: String {
    switch self {
    case .token: "token"
    case .position: "position"
    case .segment: "segment"
    case .bias: "bias"
    case .head(let place): place.description
    case .attention(let place):
      Address(stack: place.stack, layers: .one(place.layer), part: .attn(cross: place.isCross))
        .description
    case .mlp(let stack, let layer):
      Address(stack: stack, layers: .one(layer), part: .mlp).description
    case .anyAttention: "attention"
    case .anyMLP: "mlp"
    case .change: "interventions"
    }
  }
}

/// A residual stream as the sum of what was written into it.
///
/// Norms on the way are taken as what they did in the run: each summand loses its own mean where the
/// norm subtracts it, and is divided by the deviation of the whole, so that the sum stays exact.
public struct StreamParts: Sendable {
  /// Where each summand comes from.
  public private(set) var parts: [StreamPart] = []
  /// How many positions the stream has.
  public let positionCount: Int
  /// How many numbers stand at each.
  public let width: Int
  private var elements: [Double] = []

  /// An empty sum.
  public init(positions: Int, width: Int) {
    positionCount = positions
    self.width = width
  }

  /// The summands, [part, position, width].
  public var values: Tensor<Double> {
    Tensor(["part", .position, .width], [parts.count, positionCount, width], elements)
  }

  /// Adds to a summand, or a new one.
  ///
  /// `values` has as many numbers as the stream.
  mutating func add(_ part: StreamPart, _ values: [Double]) {
    let size = positionCount * width
    precondition(values.count == size, "a summand has as many numbers as the stream")
    guard let known = parts.firstIndex(of: part) else {
      parts.append(part)
      elements += values
      return
    }
    for index in 0..<size { elements[known * size + index] += values[index] }
  }

  /// The same row at every position.
  mutating func add(_ part: StreamPart, everywhere row: [Double]) {
    add(part, (0..<positionCount).flatMap { _ in row })
  }

  /// The sum, [position, width].
  public var sum: Tensor<Double> {
    let size = positionCount * width
    var sum = Tensor<Double>(zeros: [.position, .width], [positionCount, width])
    for part in parts.indices {
      Kernels.add(
        &sum,
        Tensor(
          [.position, .width], [positionCount, width],
          Array(elements[part * size..<(part + 1) * size])))
    }
    return sum
  }

  /// Puts the stream through a norm, with the deviation that the sum has.
  mutating func normalise(_ norm: NormValues) {
    let whole = Kernels.normStatistics(
      sum, epsilon: norm.epsilon, centred: norm.kind == .layer)
    let values = values
    let means =
      norm.kind == .layer
      ? Kernels.normStatistics(values, epsilon: norm.epsilon, centred: true).mean
      : Array(repeating: 0, count: parts.count * positionCount)
    let statistics = Kernels.NormStatistics(
      mean: means, inverse: parts.flatMap { _ in whole.inverse })
    elements =
      Kernels.normalize(
        values, statistics: statistics,
        gain: Tensor([.width], [width], norm.gain), bias: nil
      ).elements
    if let bias = norm.bias { add(.bias, everywhere: bias) }
  }

  /// Takes what the model had in the stream's place; what the sum lacks of it becomes a summand when
  /// it is more than rounding.
  mutating func match(_ actual: AnyTensor) {
    let actualValues = actual.doubles
    let own = sum.elements
    guard actualValues.count == own.count,
      relativeDistance(own, actualValues) > actual.roundingLimit * 100
    else { return }
    add(.change, zip(actualValues, own).map { $0 - $1 })
  }
}
