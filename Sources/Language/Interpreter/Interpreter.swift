import Foundation

/// Runs Probe: sources go in, output goes to a sink, and what the sources bind stays for the next.
///
/// One source runs at a time, on a thread of its own with a stack that is deep enough; the calling
/// thread waits.
public final class Interpreter: @unchecked Sendable {
  /// Settings that do not change while an interpreter lives.
  public struct Options: Sendable {
    /// Whether commands that write files are refused.
    public var isReadOnly: Bool
    /// The folder that relative paths start from.
    public var workingDirectory: String
    /// The folder below which files are written instead of where they belong; nil for none.
    ///
    /// A replay writes there.
    public var scratchDirectory: String?
    /// The folders besides the working one in which files may be written without asking.
    public var writableFolders: [String] = []
    /// The folders to which reading is limited; nil for no limit.
    public var readableFolders: [String]?
    /// The script's arguments.
    public var arguments: [String]

    /// Makes settings.
    public init(
      isReadOnly: Bool = false,
      workingDirectory: String = FileManager.default.currentDirectoryPath,
      arguments: [String] = []
    ) {
      self.isReadOnly = isReadOnly
      self.workingDirectory = workingDirectory
      self.arguments = arguments
    }
  }

  /// Where a source comes from, which decides how it is read.
  public enum Mode: Sendable {
    /// Typed at the prompt: the first fault is reported.
    case entry
    /// A file: all faults of its text are reported.
    case script
    /// Several lines at once at the prompt.
    case paste
  }

  /// What came of a source.
  public struct Outcome: Sendable {
    /// The errors that stopped it, in the order of the text; empty when it ran to its end.
    public let errors: [Diagnostic]
    /// The last value that was displayed, if any.
    public let shown: Value?
    /// The status with which `exit` ends the session; nil where it goes on.
    public var leaving: Int32?

    /// Whether it ran to its end.
    public var isSuccess: Bool { errors.isEmpty }
    /// Whether it was stopped by the user.
    public var isInterrupted: Bool { errors.contains { $0.code == Diagnostic.interruptedCode } }
  }

  /// Whether a text can be run as it stands.
  public enum Completeness: Sendable, Hashable {
    /// It can.
    case complete
    /// Something is open, or the end comes where more is needed.
    case incomplete
    /// Something is open, but there is a fault, the first of them, that more text will not mend.
    case faulty(Diagnostic)
    /// It has a fault, and nothing is open.
    case invalid
  }

  /// The commands.
  public var registry: Registry { evaluator.registry }
  /// What the embedding adds.
  public var host: any Host { evaluator.host }
  /// The settings.
  public var options: Options { evaluator.options }
  /// The flag that stops what runs.
  public var interruption: Interruption { evaluator.interruption }
  let evaluator: Evaluator

  /// Makes an interpreter with nothing bound but the host's constants and `args`.
  public init(
    registry: Registry, host: any Host = PlainHost(), output: any OutputSink,
    interruption: Interruption = Interruption(), options: Options = Options()
  ) {
    evaluator = Evaluator(
      registry: registry, host: host, output: output, interruption: interruption,
      options: options)
  }

  /// The names that the session has bound, with their values, in the order of the names.
  public var bindings: [(String, Value)] { evaluator.session.bindings }

  /// The names that are bound from the start: the host's, `args`, `NaN` and `Infinity`.
  public var constants: [(String, Value)] { evaluator.constants.sorted { $0.key < $1.key } }

  /// The last value shown, which is `_`.
  public var lastShown: Value? { evaluator.session.lastShown }
}
