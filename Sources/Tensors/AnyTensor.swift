/// A tensor of either precision, for code that does not compute with its numbers at length.
public enum AnyTensor: Sendable {
  /// Single precision.
  case single(Tensor<Float>)
  /// Double precision.
  case double(Tensor<Double>)

  /// A tensor of whichever precision `tensor` has.
  public init<Element: Scalar>(_ tensor: Tensor<Element>) {
    if let single = tensor as? Tensor<Float> {
      self = .single(single)
    } else {
      self = .double(tensor.converted(to: Double.self))
    }
  }

  /// The axes.
  public var axes: [Axis] {
    switch self {
    case .single(let tensor): tensor.axes
    case .double(let tensor): tensor.axes
    }
  }

  /// The sizes of the axes.
  public var shape: [Int] {
    switch self {
    case .single(let tensor): tensor.shape
    case .double(let tensor): tensor.shape
    }
  }

  /// How many numbers there are.
  public var count: Int { shape.reduce(1, *) }

  /// The numbers in row-major order; a copy.
  public var doubles: [Double] {
    switch self {
    case .single(let tensor): tensor.converted(to: Double.self).elements
    case .double(let tensor): tensor.elements
    }
  }

  /// The same numbers in the given precision; no copy where it is the own one.
  public func cast<Element: Scalar>(to type: Element.Type) -> Tensor<Element> {
    switch self {
    case .single(let tensor): tensor as? Tensor<Element> ?? tensor.converted(to: type)
    case .double(let tensor): tensor as? Tensor<Element> ?? tensor.converted(to: type)
    }
  }

  /// The numbers of a region.
  ///
  /// - Throws: `TensorError` when the region does not fit.
  public func read(_ region: Region) throws(TensorError) -> AnyTensor {
    switch self {
    case .single(let tensor): .single(try tensor.read(region))
    case .double(let tensor): .double(try tensor.read(region))
    }
  }

  /// The same numbers under other axes, without a copy.
  public func reshaped(_ axes: [Axis], _ shape: [Int]) -> AnyTensor {
    switch self {
    case .single(let tensor): .single(tensor.reshaped(axes, shape))
    case .double(let tensor): .double(tensor.reshaped(axes, shape))
    }
  }
}
