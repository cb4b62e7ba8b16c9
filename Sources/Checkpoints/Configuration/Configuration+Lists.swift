extension Configuration {
  /// The texts in a list, or others where the key is missing.
  ///
  /// - Throws: `CheckpointError` when something else is there.
  public func strings(
    _ key: String, default standard: [String]
  ) throws(CheckpointError) -> [String] {
    try list(key, of: "texts") { value in
      if case .string(let text) = value { text } else { nil }
    } ?? standard
  }

  /// The integers in a list, or others where the key is missing.
  ///
  /// - Throws: `CheckpointError` when something else is there, or one is outside of `range`.
  public func integers(
    _ key: String, default standard: [Int], in range: ClosedRange<Int> = counts
  ) throws(CheckpointError) -> [Int] {
    try list(key, of: "integers from \(range.lowerBound) to \(range.upperBound)") { value in
      if case .integer(let number) = value, range.contains(number) { number } else { nil }
    } ?? standard
  }

  /// The numbers in a list, or others where the key is missing.
  ///
  /// - Throws: `CheckpointError` when something else is there, or one is not finite.
  public func doubles(
    _ key: String, default standard: [Double]
  ) throws(CheckpointError) -> [Double] {
    try list(key, of: "numbers") { value in
      switch value {
      case .integer(let number): Double(number)
      case .number(let number) where number.isFinite: number
      default: nil
      }
    } ?? standard
  }

  /// The lists of integers in a list; none where the key is missing.
  ///
  /// - Throws: `CheckpointError` when something else is there.
  public func integerLists(_ key: String) throws(CheckpointError) -> [[Int]] {
    try list(key, of: "lists of integers", Self.integers) ?? []
  }

  /// The pairs of a list of integers and a number in a list; none where the key is missing.
  ///
  /// - Throws: `CheckpointError` when something else is there.
  public func pairs(_ key: String) throws(CheckpointError) -> [(ids: [Int], number: Double)] {
    try list(key, of: "pairs of a list of integers and a number") { value in
      guard case .list(let pair) = value, pair.count == 2, let ids = Self.integers(pair[0])
      else { return nil }
      switch pair[1] {
      case .integer(let number): return (ids, Double(number))
      case .number(let number): return (ids, number)
      default: return nil
      }
    } ?? []
  }

  private static func integers(_ value: ConfigurationValue) -> [Int]? {
    guard case .list(let values) = value else { return nil }
    let numbers = values.compactMap { item in
      if case .integer(let number) = item, counts.contains(number) { number } else { nil }
    }
    return numbers.count == values.count ? numbers : nil
  }

  private func list<Element>(
    _ key: String, of what: String, _ read: (ConfigurationValue) -> Element?
  ) throws(CheckpointError) -> [Element]? {
    guard let value = value(key) else { return nil }
    guard case .list(let values) = value else { throw invalid(key, "a list of \(what)", value) }
    var elements: [Element] = []
    for (index, value) in values.enumerated() {
      guard let element = read(value) else {
        throw invalid("\(key)[\(index)]", "one of a list of \(what)", value)
      }
      elements.append(element)
    }
    return elements
  }
}
