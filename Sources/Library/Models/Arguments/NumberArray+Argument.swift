import Analysis
import Language

extension NumberArray: Argument {
  /// What messages call it.
  public static var kind: String { "tensor" }

  /// A tensor's numbers, or those of a list.
  public static func from(_ value: Value) throws(Failure) -> NumberArray? {
    switch value {
    case .tensor(let tensor): return NumberArray(shape: tensor.shape, elements: tensor.doubles)
    case .number(let number): return NumberArray(shape: [1], elements: [number])
    default:
      return try [Double].from(value).flatMap { NumberArray(shape: [$0.count], elements: $0) }
    }
  }
}
