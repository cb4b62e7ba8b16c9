import Language

/// The commands that explain the others.
enum HelpCommands {
  static let builtins = [help, apropos]

  static let help = Builtin(
    "help", "Lists the commands, or explains one, a word of the language, or an idea.",
    Parameter<Value?>(
      "topic", "A command, a family such as \"tables\", a word, or a function of yours.",
      takesWord: true),
    returns: "null", family: .session, alsoFoundAs: ["manual", "documentation", "commands", "?"],
    examples: [
      Example(
        "help reverse", shows: "One command.",
        gives: .text(
          """
          reverse(items)
            Turns a list or the rows of a table round.

            items: list, range or table, also what is piped in
                What to turn round.

            gives a list or table

            examples
              1..3 | reverse
                  The last comes first. Gives `[3, 2, 1]`.
          """)),
      Example(#"help "sessions""#, shows: "An idea."),
      Example(
        #"help "revers""#, shows: "A name that is nearly right.", gives: .fails("unknown-topic")),
    ]
  ) { context, topic throws(Failure) in
    let topics = HelpTopic(registry: context.registry, bindings: context.bindings)
    if let topic { _ = try topics.page(on: topic, width: HelpPage.width) }
    context.output.write { width in
      // What has a page at one width has one at every width.
      guard let topic else {
        return HelpPage.overview(of: context.registry, width: width).text + "\n"
      }
      return (try? topics.page(on: topic, width: width)).map { $0 + "\n" } ?? ""
    }
    return .null
  }

  static let apropos = Builtin(
    "apropos", "Searches names, summaries, other words for them, and examples.",
    Parameter<String>("words", "What to look for; every word must occur."),
    returns: "table", family: .session, alsoFoundAs: ["search", "find command"],
    examples: [
      Example(
        #"apropos "standard deviation" | { it.name[0] }"#, shows: "By other words for it.",
        gives: .string("std"))
    ]
  ) { context, words throws(Failure) in
    let found = Apropos.matches(words, in: context.registry)
    let notes =
      found.isEmpty ? ["nothing speaks of \(Value.quoted(words)); `help` lists everything"] : []
    return .table(
      Table(
        [
          Table.Column("name", found.map { .string($0.name) }),
          Table.Column("summary", found.map { .string($0.summary) }),
        ], notes: notes))
  }
}
