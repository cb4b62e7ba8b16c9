import Foundation

/// Other programs on the same work.
struct PeerProgram {
  /// The Python that has them, and the script that times them.
  let python: String
  let script: String

  /// Times them once; the script prints one `name seconds` pair a line.
  func times(_ arguments: [String]) throws -> Peers {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [script] + arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw BenchError.programFailed([script]) }
    return try Peers(text)
  }
}

/// Times of other programs by name, in seconds.
struct Peers {
  private var times: [String: Double] = [:]

  /// None.
  init() {}

  init(_ text: String) throws {
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 2, let seconds = Double(words[1]) else {
        throw BenchError.unreadablePeers(String(line))
      }
      times[String(words[0])] = seconds
    }
  }

  subscript(_ name: String) -> Double? { times[name] }
}

enum BenchError: Error {
  case programFailed([String])
  case unreadablePeers(String)
}
