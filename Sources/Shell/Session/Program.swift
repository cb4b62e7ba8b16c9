import Language

/// What the shell is given to work with: a name, and a way to make what a fresh session needs.
public struct Program: Sendable {
  /// The version, such as `1.0`.
  public let version: String
  /// Makes the commands and their state for a session that shares nothing with another one.
  public let makeEngine: @Sendable (EngineSettings) -> Engine

  /// A line under the greeting that says what to begin with; empty for none.
  public let firstWords: String

  /// What `--describe` writes of all commands.
  public let describe: @Sendable (Registry) -> JSON

  /// Makes a program.
  public init(
    version: String, firstWords: String = "",
    makeEngine: @escaping @Sendable (EngineSettings) -> Engine,
    describe: @escaping @Sendable (Registry) -> JSON
  ) {
    self.version = version
    self.firstWords = firstWords
    self.makeEngine = makeEngine
    self.describe = describe
  }
}

/// What the command line says about how to compute.
public struct EngineSettings: Sendable {
  /// How many threads; nil for as many as there are processors.
  public let threads: Int?
  /// The number type of the forward pass.
  public let precision: Invocation.Precision
  /// The seed of everything random.
  public let seed: UInt64
  /// Whether nothing may be written, hashes that are kept for later included.
  public let isReadOnly: Bool
  /// The flag that stops what runs.
  public let interruption: Interruption

  /// The settings of an invocation.
  init(_ invocation: Invocation) {
    threads = invocation.threads
    precision = invocation.precision
    seed = invocation.seed
    isReadOnly = invocation.isReadOnly
    interruption = Signals.interruption
  }
}

/// The commands of one session with the state that they share.
public struct Engine: Sendable {
  /// The commands, without those of the shell.
  public let commands: [Builtin]
  /// What the language takes from its host.
  public let host: any Host
  /// What Tab offers besides names.
  public let completions: any CompletionSource
  /// What stands before the prompt's sign, such as `stories260K [2]`; empty for nothing.
  public let status: @Sendable () -> String

  /// Makes an engine.
  public init(
    commands: [Builtin], host: any Host = PlainHost(),
    completions: any CompletionSource = NoCompletions(),
    status: @escaping @Sendable () -> String = { "" }
  ) {
    self.commands = commands
    self.host = host
    self.completions = completions
    self.status = status
  }
}
