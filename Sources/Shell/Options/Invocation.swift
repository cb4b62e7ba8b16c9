import Language

/// What a command line asks for.
public struct Invocation: Sendable, Equatable {
  /// What is to be done.
  public enum Action: Sendable, Equatable {
    /// Reads entries at a prompt, or a script from standard input where that is not a terminal.
    case session
    /// Runs a file.
    case file(String)
    /// Runs a text.
    case code(String)
    /// Runs standard input as a script.
    case standardInput
    /// Runs a transcript again and compares.
    case replay(String)
    /// Replays every document at some paths.
    case check([String])
    /// Turns a broken-off session into a transcript: the newest, or the one of a name.
    case recover(String?)
    /// Writes the registry as JSON.
    case describe
    /// Writes the version.
    case version
    /// Writes the options.
    case help

    /// Whether it runs documents again.
    var replays: Bool {
      switch self {
      case .replay, .check: true
      default: false
      }
    }

    /// Whether it runs what somebody wrote.
    var runsCode: Bool {
      switch self {
      case .session, .file, .code, .standardInput, .replay, .check: true
      case .recover, .describe, .version, .help: false
      }
    }
  }

  /// The number type of the forward pass.
  public enum Precision: String, Sendable, CaseIterable {
    /// 32 bits.
    case f32
    /// 64 bits.
    case f64
  }

  /// What is to be done.
  public var action: Action = .session
  /// What the script finds in `args`.
  public var arguments: [String] = []
  /// Whether values are written as JSON.
  public var isJSON = false
  /// Whether greeting, progress and remarks are left out.
  public var isQuiet = false
  /// Whether colours are turned off.
  public var hasNoColour = false
  /// Whether commands that write files are refused.
  public var isReadOnly = false
  /// The folders besides the working one in which files may be written without asking.
  public var writableFolders: [String] = []
  /// The folders to which reading is limited; none for no limit.
  public var readableFolders: [String] = []
  /// The seed of everything random.
  public var seed: UInt64 = 0
  /// How many threads compute; nil for as many as there are processors.
  public var threads: Int?
  /// The number type.
  public var precision: Precision = .f32

  /// An invocation without arguments.
  public init() {}

  /// What holds for the sources that are run.
  var interpreterOptions: Interpreter.Options {
    var options = Interpreter.Options(isReadOnly: isReadOnly, arguments: arguments)
    options.writableFolders = writableFolders.map(options.located)
    options.readableFolders = readableFolders.isEmpty ? nil : readableFolders.map(options.located)
    return options
  }
}

/// Why a command line cannot be followed.
public struct UsageError: Error, Sendable, Equatable {
  /// What is wrong, in one line.
  public let message: String
  /// What to do about it.
  public let help: String

  /// Makes an error.
  public init(_ message: String, help: String = "`sonde --help` lists the options") {
    self.message = message
    self.help = help
  }
}
