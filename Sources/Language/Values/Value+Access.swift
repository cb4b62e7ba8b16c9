extension Value {
  /// The field of a name, for values that are not the host's.
  func field(_ name: String) -> Value? {
    switch self {
    case .record(let record): return record[name]
    case .table(let table): return table[name].map { .list(List($0.values)) }
    case .range(let range):
      switch name {
      case "start": return .int(range.start)
      case "end": return .int(range.end)
      default: return nil
      }
    case .tensor(let tensor):
      switch name {
      case "axes": return .list(List(tensor.axes.map { .string($0.name) }))
      case "shape": return .list(List(tensor.shape.map { .int($0) }))
      case "labels":
        return .record(
          Record(
            tensor.axes.map { axis in
              (axis.name, .list(List((0..<axis.count).map { .string(axis.label($0)) })))
            }))
      default: return nil
      }
    case .error(let error):
      switch name {
      case "code": return .string(error.code)
      case "message": return .string(error.message)
      case "line": return .int(error.line)
      case "help": return error.diagnostic.help.map { .string($0) } ?? .null
      default: return nil
      }
    default: return nil
    }
  }

  /// The names of the value's fields, for completion and messages.
  public var fieldNames: [String] {
    switch self {
    case .record(let record): record.names
    case .table(let table): table.names
    case .range: ["start", "end"]
    case .tensor: ["axes", "shape", "labels"]
    case .error: ["code", "message", "line", "help"]
    case .host(let host): host.fieldNames
    default: []
    }
  }

  /// The element at an index.
  func element(at key: Value) throws(Failure) -> Value {
    switch self {
    case .list(let list):
      switch key {
      case .range(let range):
        return .list(List(Array(list.elements[try Self.places(range, list.count)])))
      default: return list[try Self.place(key, list.count)]
      }
    case .string(let text):
      let count = text.stoppableCount
      switch key {
      case .range(let range):
        let places = try Self.places(range, count)
        let start = text.index(stoppablyAt: places.lowerBound)
        let end = text[start...].index(stoppablyAt: places.count)
        return .string(String(text[start..<end]))
      default:
        let start = text.index(stoppablyAt: try Self.place(key, count))
        return .string(String(text[start...].prefix(1)))
      }
    case .range(let range):
      let place = try Self.place(key, range.count)
      return .int(range.start + place)
    case .table(let table):
      switch key {
      case .range(let range):
        return .table(table.selecting(Array(try Self.places(range, table.rowCount))))
      case .string(let name): return try named(name)
      default: return .record(table.row(try Self.place(key, table.rowCount)))
      }
    case .record:
      guard case .string(let name) = key else {
        throw Failure(
          "wrong-type", "a record is indexed by a field's name, not by \(key.kindWithArticle)")
      }
      return try named(name)
    case .host(let host):
      if let element = try host.element(at: key) { return element }
      fallthrough
    default: throw Failure("wrong-type", "\(kindWithArticle) has no elements")
    }
  }

  private func named(_ name: String) throws(Failure) -> Value {
    if let value = field(name) { return value }
    throw Failure(
      "unknown-field", "\(kindWithArticle) has no field `\(name)`",
      help: Suggestion.help(for: name, among: fieldNames))
  }

  private static func place(_ key: Value, _ count: Int) throws(Failure) -> Int {
    guard case .number(let number) = key else {
      throw Failure(
        "wrong-type", "an index is a whole number or a range, not \(key.kindWithArticle)")
    }
    guard let index = number.exactInteger else {
      throw Failure(
        "wrong-type", "an index is a whole number, not \(NumberText.shortest(number))")
    }
    let place = index < 0 ? index + count : index
    guard place >= 0, place < count else {
      throw Failure(
        "index-out-of-range", "there is no element \(index)", help: validRange(count))
    }
    return place
  }

  private static func places(_ range: NumberRange, _ count: Int) throws(Failure) -> Range<Int> {
    if let places = range.places(in: count) { return places }
    throw Failure(
      "index-out-of-range", "there are no elements \(range.start)..\(range.end)",
      help: validRange(count))
  }

  private static func validRange(_ count: Int) -> String {
    count == 0 ? "there are no elements" : "elements are 0 to \(count - 1), or -1 for the last"
  }
}

extension TensorValue {
  /// What an index value picks of an axis.
  static func pick(_ key: Value) throws(Failure) -> Pick {
    switch key {
    case .number(let number):
      guard let index = number.exactInteger else {
        throw Failure(
          "wrong-type", "an index is a whole number, not \(NumberText.shortest(number))")
      }
      return .one(index)
    case .range(let range): return .range(range)
    case .string(let label): return .label(label)
    default:
      throw Failure(
        "wrong-type",
        "an index is a whole number, a range or a label, not \(key.kindWithArticle)")
    }
  }
}
