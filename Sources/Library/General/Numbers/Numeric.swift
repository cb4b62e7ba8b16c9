import Language

/// Something that arithmetic works on entry by entry: a number, a list of them, or a tensor.
enum Numeric: Argument {
  case number(Double)
  case numbers([Double])
  case tensor(TensorValue)

  static var kind: String { "number, list of numbers or tensor" }

  static func from(_ value: Value) throws(Failure) -> Numeric? {
    switch value.presented {
    case .number(let number): return .number(number)
    case .tensor(let tensor): return .tensor(tensor)
    case .range(let range): return .numbers(try Rows.numbers(of: range))
    case .list(let list): return .numbers(try NumberSource.numbers(list.elements, in: "the list"))
    default: return nil
    }
  }

  /// The same with an operation applied to each number.
  func mapping(_ operation: (Double) -> Double) -> Value {
    switch self {
    case .number(let number): .number(operation(number))
    case .numbers(let numbers): .list(List(numbers.map(operation)))
    case .tensor(let tensor): .tensor(tensor.mapping(operation))
    }
  }
}
