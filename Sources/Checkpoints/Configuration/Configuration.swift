import Foundation

/// A `config.json`, read by key with checks.
///
/// A key whose value is null counts as missing, as it does for those who write these files.
public struct Configuration: Sendable {
  let values: [String: ConfigurationValue]
  /// The file, for messages.
  let file: String
  /// Where in the file this object lies: empty, or a path that ends in a dot.
  let place: String
  /// Where it is recorded what was asked for, if anywhere.
  var consulted: ConsultedKeys?

  /// A configuration without any keys.
  public static let empty = Configuration(values: [:], file: "config.json", place: "")

  /// Reads a file.
  ///
  /// - Throws: `CheckpointError` when it cannot be read or is not a JSON object.
  public init(contentsOf url: URL) throws(CheckpointError) {
    let value = try JSONFile.read(ConfigurationValue.self, from: url)
    try self.init(value, file: url)
  }

  /// Reads a JSON text.
  ///
  /// - Throws: `CheckpointError` when it is not a JSON object.
  public init(parsing text: String) throws(CheckpointError) {
    let file = URL(fileURLWithPath: "config.json")
    let value = try JSONFile.decode(
      ConfigurationValue.self, from: Data(text.utf8), of: file, at: 0, allowsJSON5: true)
    try self.init(value, file: file)
  }

  private init(_ value: ConfigurationValue, file: URL) throws(CheckpointError) {
    guard case .object(let values) = value else {
      throw .damaged(
        file: file, tensor: nil, offset: nil,
        problem: "it should be a JSON object, but is \(value.summary)")
    }
    self.init(values: values, file: file.path, place: "")
  }

  private init(values: [String: ConfigurationValue], file: String, place: String) {
    self.values = values
    self.file = file
    self.place = place
  }

  /// The keys that are there, in alphabetical order.
  public var keys: [String] { values.keys.sorted() }

  /// Whether a key is there with a value other than null.
  public func has(_ key: String) -> Bool { value(key) != nil }

  /// The first of several keys that is there; the first of all where none is.
  ///
  /// Families call the same thing by different names: `try int(firstPresent("n_embd", "n_model"))`.
  public func firstPresent(_ keys: String...) -> String {
    keys.first(where: has) ?? keys.first ?? ""
  }

  /// The object under a key, or nil where there is none.
  ///
  /// - Throws: `CheckpointError` when something else is there.
  public func nested(_ key: String) throws(CheckpointError) -> Configuration? {
    guard let value = value(key) else { return nil }
    guard case .object(let values) = value else { throw invalid(key, "an object", value) }
    var nested = Configuration(values: values, file: file, place: "\(place)\(key).")
    nested.consulted = consulted
    return nested
  }

  /// The error of a key that holds something that it should not.
  public func invalid(_ key: String, expected: String, found: String) -> CheckpointError {
    .badConfiguration(file: file, key: place + key, expected: expected, found: found)
  }

  /// The error of a key that asks for something that other programs compute and this one does not.
  public func unsupported(_ key: String, known: String, found: String) -> CheckpointError {
    .unsupported(file: file, key: place + key, known: known, found: found)
  }

  func value(_ key: String) -> ConfigurationValue? {
    consulted?.add(place + key)
    guard let value = values[key] else { return nil }
    if case .null = value { return nil }
    return value
  }

  func invalid(_ key: String, _ expected: String, _ found: ConfigurationValue?) -> CheckpointError {
    invalid(key, expected: expected, found: found?.summary ?? "missing")
  }
}
