/// How a built-in takes an argument.
public enum ParameterRole: String, Sendable {
  /// By position or by name.
  case plain
  /// As the pipeline's input too: `x | f` passes `x` here. At most one in a built-in.
  case piped
  /// All further positional arguments as a list. At most one, the last that takes positions.
  case rest
  /// By name only.
  case named
}

/// A parameter of a built-in: its name, what it is for, and its Swift type.
public struct Parameter<T: Argument>: Sendable {
  /// The name, by which it can be given.
  public let name: String
  /// What it is for, one sentence.
  public let summary: String
  /// How it is taken.
  public let role: ParameterRole
  /// What is passed when it is not given; nil when it must be.
  public let fallback: T?
  /// The numbers that it takes, where they are limited; of a list or range, each.
  public let limits: Limits?
  /// The values that completion offers, where there are few.
  public let choices: [String]
  /// Whether a word that stands for it is passed as a text, whatever the word names.
  public let takesWord: Bool

  /// Declares a parameter.
  ///
  /// One of an optional type may be left out, and then is nil. Numbers outside of the limits are
  /// refused with the code `out-of-range`. The first parameter of a command may take a word as it
  /// stands: `help let` passes "let" where the call has no parentheses.
  public init(
    _ name: String, _ summary: String, _ role: ParameterRole = .plain, default fallback: T? = nil,
    in limits: Limits? = nil, choices: [String] = [], takesWord: Bool = false
  ) {
    self.name = name
    self.summary = summary
    self.role = role
    self.fallback = fallback ?? T.missing
    self.limits = limits
    self.choices = choices
    self.takesWord = takesWord
  }

  /// The parameter without its type.
  public var info: ParameterInfo {
    ParameterInfo(
      name: name, summary: summary, kind: T.kind, role: role, defaultText: defaultText,
      limits: limits, choices: choices, takesWord: takesWord)
  }

  private var defaultText: String? { fallback?.defaultText ?? (role == .rest ? "" : nil) }

  /// What was given instead: numbers and lists by their text, all else by its kind.
  private static func found(_ value: Value) -> String {
    switch value {
    case .number, .list: value.text(limit: 40)
    default: value.kindWithArticle
    }
  }

  /// The argument's value, from what the call gave for it.
  func value(_ given: Value?) throws(Failure) -> T {
    guard let given else {
      if let fallback { return fallback }
      if role == .rest, let empty = try T.from(.list([])) { return empty }
      throw Failure("missing-argument", "`\(name)` is missing", argument: name)
    }
    let broken = [limits, T.limits].lazy.compactMap { $0 }.compactMap { limits in
      limits.offender(in: given).map { (limits: limits, number: $0) }
    }.first
    do throws(Failure) {
      // A range with an end outside is refused before its numbers are made.
      if case .range = given, let broken { throw outOfRange(broken.number, broken.limits) }
      if let value = try T.from(given) {
        if let broken { throw outOfRange(broken.number, broken.limits) }
        return value
      }
    } catch {
      var failure = error
      failure.argument = failure.argument ?? name
      throw failure
    }
    // Whole numbers that no integer holds are of the right kind.
    if let broken, broken.number == broken.number.rounded() {
      throw outOfRange(broken.number, broken.limits)
    }
    throw Failure(
      "wrong-type", "`\(name)` takes \(Value.withArticle(T.kind)), not \(Self.found(given))",
      argument: name)
  }
}

extension Parameter {
  private func outOfRange(_ number: Double, _ limits: Limits) -> Failure {
    Failure(
      "out-of-range", "`\(name)` must be \(limits.words), not \(NumberText.shortest(number))",
      argument: name)
  }
}

/// What help, completion and checks need to know of a parameter.
public struct ParameterInfo: Sendable, Hashable {
  /// The name, by which it can be given.
  public let name: String
  /// What it is for, one sentence.
  public let summary: String
  /// The kind of value that it takes.
  public let kind: String
  /// How it is taken.
  public let role: ParameterRole
  /// The text of its default; nil when it must be given.
  public let defaultText: String?
  /// The numbers that it takes, where they are limited.
  public let limits: Limits?
  /// The values that completion offers, where there are few.
  public let choices: [String]
  /// Whether a word that stands for it is passed as a text, whatever the word names.
  public let takesWord: Bool

  /// Whether it must be given.
  public var isRequired: Bool { defaultText == nil }
  /// Whether a value can be given by position.
  public var isPositional: Bool { role != .named }

  /// The parameter as it stands in a signature.
  var signature: String {
    switch role {
    case .rest: "\(name)…"
    case .named: isRequired ? "\(name):" : "\(name): \(defaultText ?? "")"
    case .plain, .piped: isRequired ? name : "\(name): \(defaultText ?? "")"
    }
  }
}
