extension Value: Hashable {
  /// Deep equality; numbers exactly, NaN equal to itself.
  public static func == (a: Value, b: Value) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.number(let a), .number(let b)): same(a, b)
    case (.string(let a), .string(let b)): a == b
    case (.list(let a), .list(let b)): a.elements == b.elements
    case (.record(let a), .record(let b)): same(a, b)
    case (.range(let a), .range(let b)): a == b
    case (.table(let a), .table(let b)):
      a.names == b.names && zip(a.columns, b.columns).allSatisfy { $0.values == $1.values }
    case (.tensor(let a), .tensor(let b)): same(a, b)
    case (.function(let a), .function(let b)): same(a, b)
    case (.error(let a), .error(let b)): a.diagnostic == b.diagnostic
    case (.figure(let a), .figure(let b)): a == b
    case (.host(let a), .host(let b)): a.kind == b.kind && a.isEqual(to: b)
    default: false
    }
  }

  /// Records are equal when they have the same fields, whatever their order.
  private static func same(_ a: Record, _ b: Record) -> Bool {
    a.count == b.count && a.fields.allSatisfy { b[$0.0] == $0.1 }
  }

  private static func same(_ a: Double, _ b: Double) -> Bool { a == b || (a.isNaN && b.isNaN) }

  private static func same(_ a: TensorValue, _ b: TensorValue) -> Bool {
    a.axes == b.axes && (0..<a.count).allSatisfy { same(a.storage[$0], b.storage[$0]) }
  }

  private static func same(_ a: FunctionValue, _ b: FunctionValue) -> Bool {
    if a === b { return true }
    guard let first = a.builtin, let second = b.builtin else { return false }
    return first.name == second.name
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .bool(let value): hasher.combine(value)
    case .number(let value): Self.hash(value, into: &hasher)
    case .string(let value): hasher.combine(value)
    case .list(let list): hasher.combine(list.elements)
    case .record(let record): hasher.combine(Set(record.names))
    case .range(let range): hasher.combine(range)
    case .table(let table):
      hasher.combine(table.names)
      for column in table.columns { hasher.combine(column.values) }
    case .tensor(let tensor):
      hasher.combine(tensor.axes)
      for index in 0..<min(tensor.count, 64) { Self.hash(tensor.storage[index], into: &hasher) }
    case .function(let function):
      if let builtin = function.builtin {
        hasher.combine(builtin.name)
      } else {
        hasher.combine(ObjectIdentifier(function))
      }
    case .error(let error): hasher.combine(error.diagnostic)
    case .figure(let figure): hasher.combine(figure)
    case .host(let value):
      hasher.combine(value.kind)
      value.hash(into: &hasher)
    }
  }

  private static func hash(_ number: Double, into hasher: inout Hasher) {
    hasher.combine(number.isNaN ? .nan : number)
  }
}
