/// A section of a JSON file with its place in it, for reading settings with good messages.
struct JSONSection {
  let file: String
  let place: String
  let value: JSONValue

  func malformed(_ problem: String) -> TokenizerError {
    .malformed(file: file, place: place, problem: problem)
  }

  func unsupported(_ what: String) -> TokenizerError {
    .unsupported(file: file, place: place, what: what)
  }

  /// The member `key`, or nil when it is missing or null.
  func optional(_ key: String) -> JSONSection? {
    guard let member = value[key] else { return nil }
    if case .null = member { return nil }
    return JSONSection(file: file, place: place.isEmpty ? key : "\(place).\(key)", value: member)
  }

  /// The member `key`.
  func required(_ key: String) throws(TokenizerError) -> JSONSection {
    guard let member = optional(key) else { throw malformed("`\(key)` is missing") }
    return member
  }

  /// The elements of a list.
  func elements() throws(TokenizerError) -> [JSONSection] {
    guard case .array(let elements) = value else {
      throw malformed("a list was expected and \(value.kind) found")
    }
    return elements.enumerated().map { index, element in
      JSONSection(file: file, place: "\(place)[\(index)]", value: element)
    }
  }

  /// The members of an object.
  func members() throws(TokenizerError) -> [(key: String, value: JSONSection)] {
    guard case .object(let members) = value else {
      throw malformed("an object was expected and \(value.kind) found")
    }
    return members.map {
      ($0.key, JSONSection(file: file, place: "\(place).\($0.key)", value: $0.value))
    }
  }

  func string() throws(TokenizerError) -> String {
    guard case .string(let text) = value else {
      throw malformed("a string was expected and \(value.kind) found")
    }
    return text
  }

  func bool() throws(TokenizerError) -> Bool {
    guard case .bool(let flag) = value else {
      throw malformed("true or false was expected and \(value.kind) found")
    }
    return flag
  }

  /// A number of things or an id: an integer from 0 to 2^31 - 1.
  func count() throws(TokenizerError) -> Int {
    guard case .integer(let number) = value, number >= 0, number < 1 << 31 else {
      throw malformed("a non-negative integer below 2^31 was expected")
    }
    return number
  }

  func string(_ key: String) throws(TokenizerError) -> String {
    try required(key).string()
  }

  func scalars(_ key: String) throws(TokenizerError) -> [Unicode.Scalar] {
    Array(try string(key).unicodeScalars)
  }

  /// A member that is a string of exactly one scalar.
  func scalar(_ key: String) throws(TokenizerError) -> Unicode.Scalar {
    let scalars = try scalars(key)
    guard scalars.count == 1 else {
      throw malformed("`\(key)` should be one character")
    }
    return scalars[0]
  }

  func bool(_ key: String, default fallback: Bool) throws(TokenizerError) -> Bool {
    try optional(key)?.bool() ?? fallback
  }

  /// The kind of stage that a section describes.
  func type() throws(TokenizerError) -> String { try string("type") }
}
