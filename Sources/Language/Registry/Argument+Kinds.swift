extension List: Argument {
  /// A list.
  public static var kind: String { "list" }
  /// A list's elements, or a range's numbers.
  public static func from(_ value: Value) throws(Failure) -> List? {
    switch value {
    case .list(let list): list
    case .range(let range): List(try range.numbers())
    default: nil
    }
  }
  /// The list as a literal.
  public var defaultText: String { Value.list(self).text }
}

extension Record: Argument {
  /// A record.
  public static var kind: String { "record" }
  /// A record.
  public static func from(_ value: Value) -> Record? {
    if case .record(let record) = value { record } else { nil }
  }
  /// The record as a literal.
  public var defaultText: String { Value.record(self).text }
}

extension Table: Argument {
  /// A table.
  public static var kind: String { "table" }
  /// A table, or a list of records as its rows.
  public static func from(_ value: Value) -> Table? {
    switch value {
    case .table(let table): return table
    case .list(let list):
      var rows: [Record] = []
      for case .record(let row) in list { rows.append(row) }
      return rows.count == list.count && !rows.isEmpty ? Table(rows: rows) : nil
    default: return nil
    }
  }
}

extension TensorValue: Argument {
  /// A tensor.
  public static var kind: String { "tensor" }
  /// A tensor.
  public static func from(_ value: Value) -> TensorValue? {
    if case .tensor(let tensor) = value { tensor } else { nil }
  }
}

extension Figure: Argument {
  /// A figure.
  public static var kind: String { "figure" }
  /// A figure.
  public static func from(_ value: Value) -> Figure? {
    if case .figure(let figure) = value { figure } else { nil }
  }
}

extension NumberRange: Argument {
  /// A range.
  public static var kind: String { "range" }
  /// A range.
  public static func from(_ value: Value) -> NumberRange? {
    if case .range(let range) = value { range } else { nil }
  }
  /// The range as a literal.
  public var defaultText: String { Value.range(self).text }
}

extension FunctionValue: Argument {
  /// A function or a block.
  public static var kind: String { "function" }
  /// A function, or what a host value that can be called calls.
  public static func from(_ value: Value) -> Self? { value.function as? Self }
}

extension Optional: Argument where Wrapped: Argument {
  /// The wrapped kind.
  public static var kind: String { Wrapped.kind }
  /// The wrapped type's.
  public static var limits: Limits? { Wrapped.limits }
  /// The wrapped conversion; null is none.
  public static func from(_ value: Value) throws(Failure) -> Wrapped?? {
    if case .null = value { return .some(nil) }
    return try Wrapped.from(value).map { .some($0) }
  }
  /// None.
  public static var missing: Wrapped?? { .some(nil) }
  /// `null`, or the wrapped text.
  public var defaultText: String { map(\.defaultText) ?? "null" }
}

extension Array: Argument where Element: Argument {
  /// A list of the element's kind.
  public static var kind: String {
    "list of \(Element.kind)\(Element.kind.hasSuffix("s") ? "es" : "s")"
  }
  /// The elements'.
  public static var limits: Limits? { Element.limits }
  /// A list or range whose every element converts.
  public static func from(_ value: Value) throws(Failure) -> [Element]? {
    switch value {
    case .list(let list):
      var result: [Element] = []
      result.reserveCapacity(list.count)
      for item in list {
        guard let element = try Element.from(item) else { return nil }
        result.append(element)
      }
      return result
    case .range(let range):
      var result: [Element] = []
      for number in try range.numbers() {
        guard let element = try Element.from(number) else { return nil }
        result.append(element)
      }
      return result
    default: return nil
    }
  }
  /// The elements in brackets.
  public var defaultText: String { "[" + map(\.defaultText).joined(separator: ", ") + "]" }
}
