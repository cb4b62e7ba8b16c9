/// An option of the command line: parsing and the help text both read the same list.
struct Option: Sendable {
  /// What an option does to the invocation.
  enum Effect: Sendable {
    case flag(@Sendable (inout Invocation) -> Void)
    /// The name of its value in help, and what it does with one.
    case value(String, @Sendable (inout Invocation, String) throws(UsageError) -> Void)
  }

  let names: [String]
  let summary: String
  let effect: Effect

  /// All options, in the order of help.
  static let all: [Option] = [
    Option(
      names: ["-e"], summary: "run CODE and leave",
      effect: .value("CODE") { invocation, text throws(UsageError) in
        invocation.action = .code(text)
      }),
    Option(
      names: ["--json"], summary: "write each shown value as one JSON object on a line",
      effect: .flag { $0.isJSON = true }),
    Option(
      names: ["--seed"], summary: "the seed of everything random",
      effect: .value("N") { invocation, text throws(UsageError) in
        guard let seed = UInt64(text) else {
          throw UsageError("`--seed` takes a whole number from 0, not `\(text)`")
        }
        invocation.seed = seed
      }),
    Option(
      names: ["--threads"], summary: "how many threads compute",
      effect: .value("N") { invocation, text throws(UsageError) in
        guard let threads = Int(text), (1...1024).contains(threads) else {
          throw UsageError("`--threads` takes a number from 1 to 1024, not `\(text)`")
        }
        invocation.threads = threads
      }),
    Option(
      names: ["--precision"], summary: "the number type of the forward pass",
      effect: .value("f32|f64") { invocation, text throws(UsageError) in
        guard let precision = Invocation.Precision(rawValue: text) else {
          throw UsageError("`--precision` takes `f32` or `f64`, not `\(text)`")
        }
        invocation.precision = precision
      }),
    Option(
      names: ["--read-only"], summary: "refuse every command that writes a file, and keep nothing",
      effect: .flag { $0.isReadOnly = true }),
    Option(
      names: ["--write"],
      summary: "write in FOLDER too, without asking; may stand several times",
      effect: .value("FOLDER") { invocation, text throws(UsageError) in
        invocation.writableFolders.append(try folder(text, "--write"))
      }),
    Option(
      names: ["--read"],
      summary: "read in FOLDER alone, and built-in models; may stand several times",
      effect: .value("FOLDER") { invocation, text throws(UsageError) in
        invocation.readableFolders.append(try folder(text, "--read"))
      }),
    Option(
      names: ["--quiet"], summary: "no greeting, progress or remarks",
      effect: .flag { $0.isQuiet = true }),
    Option(
      names: ["--no-color"], summary: "no colours, as with NO_COLOR",
      effect: .flag { $0.hasNoColour = true }),
    Option(
      names: ["--describe"], summary: "write the commands as JSON and leave",
      effect: .flag { $0.action = .describe }),
    Option(
      names: ["--version"], summary: "write the version and leave",
      effect: .flag { $0.action = .version }),
    Option(
      names: ["--help", "-h"], summary: "write this and leave", effect: .flag { $0.action = .help }),
  ]

  /// A value that names a folder.
  private static func folder(_ text: String, _ option: String) throws(UsageError) -> String {
    if text.isEmpty { throw UsageError("`\(option)` takes a folder") }
    return text
  }

  /// The text of `--help`.
  static var usage: String {
    let rows = all.map { option -> (String, String) in
      var names = option.names.joined(separator: ", ")
      if case .value(let name, _) = option.effect { names += " \(name)" }
      return (names, option.summary)
    }
    let width = rows.map(\.0.count).max() ?? 0
    let lines = rows.map { names, summary in
      "  " + names + String(repeating: " ", count: width - names.count + 2) + summary
    }
    return """
      sonde [OPTIONS] [FILE [ARGS]]    run FILE, or a prompt without one
      sonde [OPTIONS] -e CODE [ARGS]   run CODE
      sonde replay TRANSCRIPT          run a transcript again and show what differs
      sonde check PATH…                replay every document in files and folders
      sonde recover [SESSION]          turn a session that broke off into a transcript

      Options:
      \(lines.joined(separator: "\n"))

      What stands behind FILE is the script's. A script on standard input works too.
      At the prompt `help` lists the commands.
      """
  }
}
