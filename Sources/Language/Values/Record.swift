/// Named values in the order in which they were given; a name occurs once.
public struct Record: Sendable {
  private final class Storage: Sendable {
    let names: [String]
    let values: [Value]
    let depth: Int
    let index: [String: Int]?

    init(_ names: [String], _ values: [Value]) {
      self.names = names
      self.values = values
      depth = 1 + (values.lazy.map(\.depth).max() ?? 0)
      index =
        names.count > 8 ? Dictionary(uniqueKeysWithValues: zip(names, names.indices)) : nil
    }

    func place(of name: String) -> Int? {
      if let index { return index[name] }
      return names.firstIndex(of: name)
    }
  }

  private let storage: Storage

  /// Makes a record; of fields with one name the last counts, at the first one's place.
  public init(_ fields: some Sequence<(String, Value)>) {
    var names: [String] = []
    var values: [Value] = []
    var places: [String: Int] = [:]
    for (name, value) in fields {
      if let place = places[name] {
        values[place] = value
      } else {
        places[name] = names.count
        names.append(name)
        values.append(value)
      }
    }
    storage = Storage(names, values)
  }

  /// The names in order.
  public var names: [String] { storage.names }
  /// The values in the names' order.
  public var values: [Value] { storage.values }
  /// The number of fields.
  public var count: Int { storage.names.count }
  /// The nesting, 1 for a record of plain values.
  public var depth: Int { storage.depth }
  /// The fields in order.
  public var fields: [(String, Value)] { Array(zip(names, values)) }
  /// The value under a name.
  public subscript(name: String) -> Value? { storage.place(of: name).map { storage.values[$0] } }
}
