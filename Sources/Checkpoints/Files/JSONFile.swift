import Foundation

/// Reads JSON from files that nobody vouches for.
enum JSONFile {
  /// Larger files of settings than this are not what they claim to be.
  static let longest = 64 << 20

  /// Reads a whole file of settings as one JSON value.
  ///
  /// Python writes NaN and Infinity where JSON has no such numbers; JSON5 has them.
  static func read<Value: Decodable>(
    _ type: Value.Type, from url: URL
  ) throws(CheckpointError) -> Value {
    let file = try MappedFile(url)
    guard file.bytes.count <= longest else {
      throw .damaged(
        file: url, tensor: nil, offset: nil, problem: "it is larger than \(longest >> 20) MB")
    }
    let data = Data(file.bytes)
    try file.verify()
    return try decode(type, from: data, of: url, at: 0, allowsJSON5: true)
  }

  /// Reads the JSON value that fills `data`, which begins at `offset` of the file.
  static func decode<Value: Decodable>(
    _ type: Value.Type, from data: Data, of file: URL, at offset: Int, allowsJSON5: Bool
  ) throws(CheckpointError) -> Value {
    // Foundation would take bytes with zeros among them for UTF-16.
    guard String(validating: data, as: UTF8.self) != nil, !data.contains(0) else {
      throw .damaged(file: file, tensor: nil, offset: offset, problem: "it is not UTF-8 text")
    }
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = allowsJSON5
    do {
      return try decoder.decode(type, from: data)
    } catch {
      throw .damaged(file: file, tensor: nil, offset: offset, problem: problem(error, in: data))
    }
  }

  private static func problem(_ error: any Error, in data: Data) -> String {
    switch error as? DecodingError {
    case .dataCorrupted(let context):
      return place(context) + syntaxProblem(in: data)
    case .keyNotFound(let key, let context):
      return place(context) + "the key \"\(key.stringValue)\" is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return place(context) + context.debugDescription
    default:
      return "it is not JSON as it should be"
    }
  }

  /// What is wrong with a text that is not JSON; the decoder does not say, but this does.
  private static func syntaxProblem(in data: Data) -> String {
    do {
      _ = try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
      return "a number in it is no whole number of 64 bits, or its JSON is of another dialect"
    } catch {
      let reason = (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String
      return "it is not JSON (\(reason ?? error.localizedDescription))"
    }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    guard !context.codingPath.isEmpty else { return "" }
    return "at "
      + context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
      .joined(separator: ".") + ", "
  }
}
