import Foundation
import Language

/// An output that remembers.
final class Recorder: OutputSink, @unchecked Sendable {
  private let lock = NSLock()
  private(set) var lines: [String] = []
  private(set) var warnings: [Diagnostic] = []
  private var partial = ""

  func show(_ value: Value, whole: Bool) {
    lock.withLock { lines.append(value.text) }
  }

  func write(_ text: String) {
    lock.withLock {
      partial += text
      while let end = partial.firstIndex(of: "\n") {
        lines.append(String(partial[..<end]))
        partial = String(partial[partial.index(after: end)...])
      }
    }
  }

  func warn(_ diagnostic: Diagnostic) { lock.withLock { warnings.append(diagnostic) } }
}

/// A toy interpreter with its recorder.
struct Toy {
  let recorder = Recorder()
  let interruption = Interruption()
  let interpreter: Interpreter

  init(options: Interpreter.Options = .init(workingDirectory: Script.folder.path)) {
    interpreter = Interpreter(
      registry: ToyRegistry.registry, host: ToyHost(), output: recorder,
      interruption: interruption, options: options)
  }

  @discardableResult
  func run(_ text: String, mode: Interpreter.Mode = .entry) -> Interpreter.Outcome {
    interpreter.run(Source(name: "entry", text: text), mode: mode)
  }
}
