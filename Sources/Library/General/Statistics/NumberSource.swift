import Language

/// Numbers to take a statistic of.
enum NumberSource: Argument {
  case numbers([Double])
  /// A tensor, and the axis that a list of tensors was put along.
  case tensor(TensorValue, along: String?)

  static var kind: String { "list of numbers, range or tensor" }

  static func from(_ value: Value) throws(Failure) -> NumberSource? {
    switch value.presented {
    case .number(let number): return .numbers([number])
    case .tensor(let tensor): return .tensor(tensor, along: nil)
    case .range(let range): return .numbers(try Rows.numbers(of: range))
    case .table(let table):
      let columns = table.columns.filter { $0.values.contains { $0.isNumber } }.map(\.name)
      throw Failure(
        "wrong-type", "a table has several columns; name one",
        help: columns.first.map { "t.\($0) | mean" })
    case .list(let list):
      let tensors = list.compactMap { if case .tensor(let tensor) = $0 { tensor } else { nil } }
      if !tensors.isEmpty, tensors.count == list.count {
        let stacked = try TensorMaking.stacked(tensors)
        return .tensor(stacked, along: stacked.axes[0].name)
      }
      return .numbers(try numbers(list.elements, in: "the list"))
    default: return nil
    }
  }

  /// The numbers of `values`, all of which must be numbers.
  static func numbers(_ values: [Value], in place: String) throws(Failure) -> [Double] {
    var numbers: [Double] = []
    numbers.reserveCapacity(values.count)
    for (index, value) in values.enumerated() {
      guard case .number(let number) = value else {
        throw Failure(
          "not-a-number", "element \(index) of \(place) is \(value.kindWithArticle), not a number",
          help: value == .null ? "leave the nulls out: where { it != null }" : nil)
      }
      numbers.append(number)
    }
    return numbers
  }
}

extension Value {
  var isNumber: Bool { if case .number = self { true } else { false } }
}
