/// A value of a configuration file.
enum ConfigurationValue: Decodable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  /// A number with a fraction, or one that is too large for an integer.
  case number(Double)
  case string(String)
  case list([ConfigurationValue])
  case object([String: ConfigurationValue])

  /// Deeper nesting than any configuration has is refused, for the stack's sake.
  private static let deepest = 64

  init(from decoder: any Decoder) throws {
    guard decoder.codingPath.count <= Self.deepest else {
      throw DecodingError.typeMismatch(
        Self.self, .init(codingPath: [], debugDescription: "it is nested too deeply"))
    }
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if var list = try? decoder.unkeyedContainer() {
      var values: [ConfigurationValue] = []
      while !list.isAtEnd { values.append(try list.decode(ConfigurationValue.self)) }
      self = .list(values)
    } else {
      self = .object(try container.decode([String: ConfigurationValue].self))
    }
  }

  /// The value, or what kind of value it is where that would be long, for messages.
  var summary: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .string(let value): "\"\(value.count > 60 ? value.prefix(60) + "…" : value[...])\""
    case .list(let values): "a list of \(values.count)"
    case .object: "an object"
    }
  }
}
