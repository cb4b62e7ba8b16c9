extension Value: Hashable {
  /// Deep equality; numbers exactly, NaN equal to itself.
  ///
  /// Values that share parts may be compared for as long as the number of ways to their leaves, so
  /// that it ends, as unequal, when the run is asked to stop.
  public static func == (a: Value, b: Value) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.number(let a), .number(let b)): same(a, b)
    case (.string(let a), .string(let b)): a == b
    case (.list(let a), .list(let b)): same(a.elements, b.elements)
    case (.record(let a), .record(let b)): same(a, b)
    case (.range(let a), .range(let b)): a == b
    case (.table(let a), .table(let b)):
      a.names == b.names && zip(a.columns, b.columns).allSatisfy { same($0.values, $1.values) }
    case (.tensor(let a), .tensor(let b)): same(a, b)
    case (.function(let a), .function(let b)): same(a, b)
    case (.error(let a), .error(let b)): a.diagnostic == b.diagnostic
    case (.figure(let a), .figure(let b)): a == b
    case (.host(let a), .host(let b)): a.kind == b.kind && a.isEqual(to: b)
    default: false
    }
  }

  /// Lists are compared piece by piece; pieces of one memory are equal without a look at them.
  private static func same(_ a: [Value], _ b: [Value]) -> Bool {
    let piece = 1 << 16
    guard a.count == b.count, !Interruption.isCurrentRequested else { return false }
    if a.count <= piece { return a == b }
    return stride(from: 0, to: a.count, by: piece).allSatisfy { start in
      let places = start..<min(start + piece, a.count)
      return !Interruption.isCurrentRequested && a[places] == b[places]
    }
  }

  /// Records are equal when they have the same fields, whatever their order.
  private static func same(_ a: Record, _ b: Record) -> Bool {
    a.count == b.count && !Interruption.isCurrentRequested
      && zip(a.names, a.values).allSatisfy { b[$0] == $1 }
  }

  private static func same(_ a: Double, _ b: Double) -> Bool { a == b || (a.isNaN && b.isNaN) }

  private static func same(_ a: TensorValue, _ b: TensorValue) -> Bool {
    a.axes == b.axes
      && (0..<a.count).allSatisfy {
        same(a.storage[$0], b.storage[$0])
          && ($0 & 0xFFFF != 0 || !Interruption.isCurrentRequested)
      }
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
    case .list(let list): hash(list.elements, into: &hasher)
    case .record(let record):
      hasher.combine(record.count)
      // The order of the fields does not count.
      if record.depth <= 3 { hasher.combine(zip(record.names, record.values).reduce(0, Self.sum)) }
    case .range(let range): hasher.combine(range)
    case .table(let table):
      hasher.combine(table.names)
      for column in table.columns { hash(column.values, into: &hasher) }
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

  /// A few elements tell most lists apart, and shared parts are not gone through again and again.
  private func hash(_ values: [Value], into hasher: inout Hasher) {
    hasher.combine(values.count)
    for value in values.prefix(depth > 3 ? 1 : 64) { hasher.combine(value) }
  }

  private static func sum(_ sum: Int, _ field: (String, Value)) -> Int {
    var hasher = Hasher()
    hasher.combine(field.0)
    hasher.combine(field.1)
    return sum &+ hasher.finalize()
  }

  private static func hash(_ number: Double, into hasher: inout Hasher) {
    hasher.combine(number.isNaN ? .nan : number)
  }
}
