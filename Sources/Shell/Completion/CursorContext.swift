/// Where in an entry the cursor stands, found without the parser: the entry is still being typed.
struct CursorContext: Equatable {
  /// What the cursor stands in.
  enum Place: Equatable {
    /// At the start of a pipeline stage, where a command's name stands.
    case callee
    /// Behind a command's name.
    case argument
    /// Inside a string.
    case string
    /// Inside a comment.
    case comment
  }

  /// What the cursor stands in.
  var place = Place.callee
  /// The text from the start of the word, or of the string, to the cursor.
  var word = ""
  /// The command of the stage that the cursor is in; empty for none.
  var callee = ""
  /// The named argument whose value the cursor stands in; empty for none.
  var parameter = ""
  /// The names of the arguments that have been given by name.
  var given: Set<String> = []
  /// The finished operands before the cursor, as they are written.
  var operands: [String] = []
  /// Whether the stage follows a `|`.
  var isPiped = false
  /// The word that the pipeline begins with, where it is one word; empty for more.
  var input = ""
  /// The same of the pipeline or call that the cursor's bracket stands in, or else its first operand:
  /// what `it` goes through there.
  var outer = ""
  /// Whether the string stands behind an `@`.
  var isPosition = false

  /// A stage of a pipeline while it is read.
  private struct Stage {
    var words: [String] = []
    var isPiped = false
    var input = ""

    /// The word that a block in this stage is about.
    var subject: String { isPiped ? input : words.dropFirst().first ?? "" }
  }

  /// Reads an entry up to the cursor.
  init(_ before: String) {
    var stages = [Stage()]
    var current = ""
    var characters = Array(before)[...]
    func close() {
      if !current.isEmpty { stages[stages.count - 1].words.append(current) }
      current = ""
    }
    func restart(isPiped: Bool = false) {
      close()
      let last = stages[stages.count - 1]
      let input = last.isPiped ? last.input : last.words.count == 1 ? last.words[0] : ""
      stages[stages.count - 1] = Stage(isPiped: isPiped, input: isPiped ? input : "")
    }
    while let character = characters.popFirst() {
      switch character {
      case "\"", "'":
        guard let body = Self.takeString(character, &characters) else {
          self.init(stages[stages.count - 1].words, .string, Self.open(before, character))
          isPosition = current.hasSuffix("@")
          look(at: stages.map { ($0.isPiped, $0.input, $0.subject) })
          return
        }
        current += String(character) + body + String(character)
      case "#":
        let rest = characters.drop { $0 != "\n" }
        if rest.isEmpty {
          self.init([], .comment, "")
          return
        }
        characters = rest
      case "(", "[", "{":
        // `f(` is a call of f; elsewhere a bracket begins a stage of its own. In a list there are no
        // commands, but names complete in the same way.
        let isCall = character == "(" && !current.isEmpty
        let name = current
        close()
        stages.append(Stage(words: isCall ? [name] : []))
      case ")", "]", "}":
        close()
        if stages.count > 1 { stages.removeLast() }
        current = "…"
      case "|": restart(isPiped: true)
      case "\n", ";": restart()
      case "=":
        if characters.first == ">" { characters = characters.dropFirst() }
        if characters.first != "=" { restart() } else { characters = characters.dropFirst() }
      case " ", "\t", ",": close()
      default: current.append(character)
      }
    }
    let stage = stages[stages.count - 1]
    self.init(stage.words, stage.words.isEmpty ? .callee : .argument, current)
    look(at: stages.map { ($0.isPiped, $0.input, $0.subject) })
  }

  /// Takes over what the stages say, the cursor's last.
  private mutating func look(at stages: [(isPiped: Bool, input: String, subject: String)]) {
    if let last = stages.last { (isPiped, input) = (last.isPiped, last.input) }
    outer = stages.dropLast().last?.subject ?? ""
  }

  private init(_ words: [String], _ place: Place, _ word: String) {
    self.place = place
    self.word = word
    var words = words[...]
    if let first = words.first, ["return", "not", "let", "in"].contains(first) {
      words = words.dropFirst()
      if words.isEmpty, place == .argument { self.place = .callee }
    }
    callee = words.first ?? ""
    for argument in words.dropFirst() {
      if argument.hasSuffix(":") {
        parameter = String(argument.dropLast())
        given.insert(parameter)
      } else {
        if parameter.isEmpty { operands.append(argument) }
        parameter = ""
      }
    }
  }

  /// Takes a string up to its closing quote; nil when it is still open.
  private static func takeString(
    _ quote: Character, _ rest: inout ArraySlice<Character>
  ) -> String? {
    var body = ""
    while let character = rest.popFirst() {
      if character == quote { return body }
      body.append(character)
      if character == "\\", quote == "\"", let next = rest.popFirst() { body.append(next) }
    }
    return nil
  }

  /// The text of the string that is open at the end.
  private static func open(_ text: String, _ quote: Character) -> String {
    var body = ""
    var opened: Character?
    var isEscaped = false
    for character in text {
      if let quote = opened {
        if isEscaped {
          isEscaped = false
        } else if character == "\\", quote == "\"" {
          isEscaped = true
        } else if character == quote {
          opened = nil
          continue
        }
        body.append(character)
      } else if character == "\"" || character == "'" {
        opened = character
        body = ""
      }
    }
    return body
  }
}
