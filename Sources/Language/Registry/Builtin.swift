/// A command, declared once: help, completion, the reference, the checks of its arguments and the
/// tests of its examples all come from this value.
public struct Builtin: Sendable {
  /// What an entry stands for.
  public enum Form: Sendable, Hashable {
    /// Something that can be called.
    case command
    /// A word of the language, with how it is written.
    case keyword(syntax: String)
  }

  /// The name.
  public let name: String
  /// What it does, in one sentence.
  public let summary: String
  /// What it takes, in order.
  public let parameters: [ParameterInfo]
  /// The kind of value that it gives.
  public let returns: String
  /// Where help lists it.
  public let family: Family
  /// Further words under which `apropos` finds it.
  public let searchWords: [String]
  /// Whether it writes files, and so is refused when writing is not allowed.
  public let writesFiles: Bool
  /// What the summary leaves out, in paragraphs.
  public let details: String
  /// Runnable examples.
  public let examples: [Example]
  /// Whether it is a command or a word of the language.
  public let form: Form
  /// Runs it with one entry for each parameter, nil where nothing was given.
  let body: @Sendable (Context, [Value?]) throws(Failure) -> Value

  /// Declares a command.
  ///
  /// The types of `run` come from the parameters, so that a body cannot disagree with its
  /// declaration.
  public init<each T: Argument>(
    _ name: String, _ summary: String, _ parameter: repeat Parameter<each T>, returns: String,
    family: Family, alsoFoundAs searchWords: [String] = [], writesFiles: Bool = false,
    details: String = "", examples: [Example] = [],
    run: @escaping @Sendable (Context, repeat each T) throws(Failure) -> Value
  ) {
    self.name = name
    self.summary = summary
    self.returns = returns
    self.family = family
    self.searchWords = searchWords
    self.writesFiles = writesFiles
    self.details = details
    self.examples = examples
    form = .command
    var infos: [ParameterInfo] = []
    repeat infos.append((each parameter).info)
    parameters = infos
    body = { context, given throws(Failure) in
      var index = 0
      func next<A>(_ parameter: Parameter<A>) throws(Failure) -> A {
        defer { index += 1 }
        return try parameter.value(given[index])
      }
      return try run(context, repeat try next(each parameter))
    }
  }

  /// Declares a word of the language, so that help and search know it.
  public init(
    keyword name: String, _ summary: String, syntax: String, family: Family = .language,
    alsoFoundAs searchWords: [String] = [], details: String = "", examples: [Example] = []
  ) {
    self.name = name
    self.summary = summary
    self.family = family
    self.searchWords = searchWords
    self.details = details
    self.examples = examples
    parameters = []
    returns = "syntax"
    writesFiles = false
    form = .keyword(syntax: syntax)
    body = { _, _ throws(Failure) in
      throw Failure("not-callable", "`\(name)` is a word of the language")
    }
  }

  /// Whether it can be called.
  public var isCommand: Bool { form == .command }

  /// The parameter that takes the pipeline's input.
  public var piped: ParameterInfo? { parameters.first { $0.role == .piped } }

  /// Whether its first argument may be a word that is passed as it stands.
  public var takesWord: Bool { parameters.first?.takesWord ?? false }

  /// How it is called: `prompt | predict top: 5`, or how the keyword is written.
  public var signature: String {
    if case .keyword(let syntax) = form { return syntax }
    return name + "(" + parameters.map(\.signature).joined(separator: ", ") + ")"
  }
}
