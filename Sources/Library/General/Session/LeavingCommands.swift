import Language

/// The commands that end the session or script.
enum LeavingCommands {
  static let builtins = [leave("exit", "quit"), leave("quit", "exit")]

  private static func leave(_ name: String, _ twin: String) -> Builtin {
    Builtin(
      name, "Ends the session, or the script with a status.",
      Parameter<Int>(
        "status", "What the program ends with: 0 for success.", default: 0, in: .from(0, to: 255)),
      returns: "null", family: .session,
      alsoFoundAs: ["leave", "end", "stop", "bye", "Ctrl-D", twin],
      details: """
        What the entry or script bound and wrote stays, as after its last line. `exit` and `quit` \
        are the same; at the prompt Ctrl-D on an empty line does it too.
        """,
      examples: [
        Example(
          "\(name)", shows: "Leaves the prompt.", gives: .notRun("it ends the session")),
        Example(
          "\(name) 300", shows: "The system knows no such status.", gives: .fails("out-of-range")),
      ]
    ) { _, status throws(Failure) in
      throw .leaving(status: Int32(status))
    }
  }
}
