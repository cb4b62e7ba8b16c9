import Foundation
import Language

/// Runs a document's inputs again in a fresh session and compares what comes of them.
struct DocumentReplay {
  /// An input that gave something else.
  struct Difference {
    let block: ProbeBlock
    let comparison: OutputComparison
  }

  let program: Program
  let invocation: Invocation
  let document: String
  private(set) var blocks: [ProbeBlock]

  init(program: Program, invocation: Invocation, document: String) {
    self.program = program
    self.document = document
    self.invocation = Self.applying(DocumentHeader.options(in: document), to: invocation)
    blocks = ProbeBlock.all(in: document)
  }

  /// Takes seed and precision from a document's head, where the command line leaves them open.
  private static func applying(_ words: [String], to invocation: Invocation) -> Invocation {
    guard let own = try? Invocation(words) else { return invocation }
    var merged = invocation
    if merged.seed == 0 { merged.seed = own.seed }
    if merged.precision == .f32 { merged.precision = own.precision }
    return merged
  }

  /// Runs all inputs; calls `found` with each difference as it is found.
  ///
  /// Gives false when it was interrupted.
  func run(scratch: String, found: (Difference) -> Void) -> Bool {
    var options = invocation.interpreterOptions
    options.scratchDirectory = scratch
    let session = Session(
      program.makeEngine(EngineSettings(invocation)),
      header: DocumentHeader(version: program.version), options: options,
      interruption: Signals.interruption, screen: nil)
    for block in blocks where !block.wasInterrupted {
      let outcome = session.run(
        entry: block.input, mode: block.input.contains("\n") ? .paste : .entry)
      if outcome.isInterrupted, Signals.interruption.isRequested { return false }
      let comparison = OutputComparison(
        expected: block.expected ?? "", actual: session.record.all.last?.output ?? "")
      if !comparison.isSame { found(Difference(block: block, comparison: comparison)) }
      if outcome.leaving != nil { break }
    }
    return true
  }
}
