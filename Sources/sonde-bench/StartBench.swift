import Foundation

/// Times of the whole program, from the start of its process to its end.
struct StartBench {
  let program: URL
  let folder: URL

  /// Start, open a checkpoint and predict behind a prompt of 16 tokens.
  func firstLogits() throws -> Double {
    let ids = (0..<16).map { "\(($0 * 7919) % 50257)" }.joined(separator: ", ")
    let code = "load \"\(folder.path)\"\npredict (prompt ids: [\(ids)]) top: 1"
    return try Measurement.median(count: 3) { try run(["--quiet", "-e", code]) }
  }

  /// Start and add two numbers: what stands before a bare prompt.
  func bareStart() throws -> Double {
    try Measurement.median(count: 9) { try run(["-e", "1 + 1"]) }
  }

  private func run(_ arguments: [String]) throws {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    // Waiting by semaphore: `waitUntilExit` looks only every few hundredths of a second.
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    ended.wait()
    guard process.terminationStatus == 0 else { throw BenchError.programFailed(arguments) }
  }
}
