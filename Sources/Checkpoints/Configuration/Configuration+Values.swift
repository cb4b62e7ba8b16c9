extension Configuration {
  /// What an integer may be where a caller does not say otherwise: a count or an id, of which two
  /// can be multiplied without overflow.
  public static let counts = 0...Int(Int32.max)

  /// The text under a key.
  ///
  /// - Throws: `CheckpointError` when it is missing or is not text.
  public func string(_ key: String) throws(CheckpointError) -> String {
    guard let value = try optionalString(key) else { throw invalid(key, "text", nil) }
    return value
  }

  /// The text under a key, or another where it is missing.
  ///
  /// - Throws: `CheckpointError` when something else is there.
  public func string(_ key: String, default standard: String) throws(CheckpointError) -> String {
    try optionalString(key) ?? standard
  }

  /// The text under a key, or nil where it is missing.
  ///
  /// - Throws: `CheckpointError` when something else is there.
  public func optionalString(_ key: String) throws(CheckpointError) -> String? {
    guard let value = value(key) else { return nil }
    guard case .string(let text) = value else { throw invalid(key, "text", value) }
    return text
  }

  /// The truth value under a key.
  ///
  /// - Throws: `CheckpointError` when it is missing or is not a truth value.
  public func bool(_ key: String) throws(CheckpointError) -> Bool {
    guard let value = try optionalBool(key) else { throw invalid(key, "true or false", nil) }
    return value
  }

  /// The truth value under a key, or another where it is missing.
  ///
  /// - Throws: `CheckpointError` when something else is there.
  public func bool(_ key: String, default standard: Bool) throws(CheckpointError) -> Bool {
    try optionalBool(key) ?? standard
  }

  /// The truth value under a key, or nil where it is missing.
  ///
  /// - Throws: `CheckpointError` when something else is there.
  public func optionalBool(_ key: String) throws(CheckpointError) -> Bool? {
    guard let value = value(key) else { return nil }
    guard case .bool(let flag) = value else { throw invalid(key, "true or false", value) }
    return flag
  }

  /// The integer under a key.
  ///
  /// - Throws: `CheckpointError` when it is missing, is not an integer, or is outside of `range`.
  public func int(
    _ key: String, in range: ClosedRange<Int> = counts
  ) throws(CheckpointError) -> Int {
    guard let value = try optionalInt(key, in: range) else {
      throw invalid(key, Self.integer(range), nil)
    }
    return value
  }

  /// The integer under a key, or another where it is missing.
  ///
  /// - Throws: `CheckpointError` when something else is there, or it is outside of `range`.
  public func int(
    _ key: String, default standard: Int, in range: ClosedRange<Int> = counts
  ) throws(CheckpointError) -> Int {
    try optionalInt(key, in: range) ?? standard
  }

  /// The integer under a key, or nil where it is missing.
  ///
  /// - Throws: `CheckpointError` when something else is there, or it is outside of `range`.
  public func optionalInt(
    _ key: String, in range: ClosedRange<Int> = counts
  ) throws(CheckpointError) -> Int? {
    guard let value = value(key) else { return nil }
    guard case .integer(let number) = value, range.contains(number) else {
      throw invalid(key, Self.integer(range), value)
    }
    return number
  }

  /// The number under a key, which is finite.
  ///
  /// - Throws: `CheckpointError` when it is missing or is not a finite number.
  public func double(_ key: String) throws(CheckpointError) -> Double {
    guard let value = try optionalDouble(key) else { throw invalid(key, "a number", nil) }
    return value
  }

  /// The number under a key, or another where it is missing.
  ///
  /// - Throws: `CheckpointError` when something else is there.
  public func double(_ key: String, default standard: Double) throws(CheckpointError) -> Double {
    try optionalDouble(key) ?? standard
  }

  /// The number under a key, or nil where it is missing.
  ///
  /// - Throws: `CheckpointError` when something else is there.
  public func optionalDouble(_ key: String) throws(CheckpointError) -> Double? {
    switch value(key) {
    case nil: return nil
    case .integer(let number): return Double(number)
    case .number(let number) where number.isFinite: return number
    case let value: throw invalid(key, "a number", value)
    }
  }

  private static func integer(_ range: ClosedRange<Int>) -> String {
    "an integer from \(range.lowerBound) to \(range.upperBound)"
  }
}
