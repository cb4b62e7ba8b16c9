import Analysis
import Corpora
import Faults
import Language
import Tensors
import Transformers

/// What an analysis of many texts takes: a corpus, a list of texts or prompts, a batch, or one text.
struct CorpusInput: Argument {
  private enum Part: Sendable {
    case corpus(Corpus)
    case text(TextValue)
    case prompt(Prompt)
  }

  private let parts: [Part]

  static let kind = "corpus"

  static func from(_ value: Value) throws(Failure) -> CorpusInput? {
    switch value {
    case .string(let text): return CorpusInput(parts: [.prompt(Prompt(text))])
    case .host(let host as CorpusValue): return CorpusInput(parts: [.corpus(host.corpus)])
    case .host(let host as TextValue): return CorpusInput(parts: [.text(host)])
    case .host(let host as PromptValue): return CorpusInput(parts: [.prompt(host.prompt)])
    case .host(let host as BatchValue):
      return CorpusInput(parts: host.prompts.map { .prompt($0) })
    case .list(let list):
      var parts: [Part] = []
      for item in list {
        guard let input = try from(item) else { return nil }
        parts += input.parts
      }
      if parts.isEmpty { throw empty }
      return CorpusInput(parts: parts)
    default: return nil
    }
  }

  /// The texts, all of them read; those of prompts are cut into words by `AnnotatedText(cutting:)`.
  ///
  /// - Throws: A failure that names the file and the line of what cannot be read, and for prompts
  ///   that have no text.
  func texts() throws(Failure) -> [AnnotatedText] {
    var texts: [AnnotatedText] = []
    for part in parts {
      switch part {
      case .corpus(let corpus):
        for place in 0..<corpus.count {
          texts.append(try Self.text(at: place, of: corpus, after: texts.count))
        }
      case .text(let text): texts.append(try text.read())
      case .prompt(let prompt):
        guard prompt.text != nil else {
          throw Failure(
            "wrong-type", "\(prompt.sourceText) has no text",
            help: "this works on texts: prompt \"…\", or a corpus")
        }
        texts.append(AnnotatedText(prompt))
      }
    }
    if texts.isEmpty { throw Self.empty }
    return texts
  }

  /// A text of a corpus, where its like fit into memory beside so many others.
  private static func text(
    at place: Int, of corpus: Corpus, after count: Int
  ) throws(Failure) -> AnnotatedText {
    if Interruption.isCurrentRequested { throw .interrupted }
    return try faultsAsFailures { () throws(Fault) in
      if count & 0xFFF == 0 {
        // A sentence with its words, its tokens and what is known of them.
        try MemoryBudget.check(
          8_000 * Double(count), for: "a corpus of more than \(count) texts",
          help: "take a part of it:   sample c 10000")
      }
      return try corpus.text(at: place)
    }
  }

  /// The texts as a model reads them, each with the words that its tokens are pieces of.
  ///
  /// Prompts keep their changes. A text that is longer than the model's context is cut at its end
  /// (see `AnnotatedRow.cutCount` and `[AnnotatedRow].notes`); one without any token is left out.
  ///
  /// - Throws: As `texts`, as `Prompt.row`, and when no text has a token.
  func rows(for model: Model) throws(Failure) -> [AnnotatedRow] {
    var rows: [AnnotatedRow] = []
    for part in parts {
      switch part {
      case .corpus(let corpus):
        for place in 0..<corpus.count {
          let text = try Self.text(at: place, of: corpus, after: rows.count)
          try Self.add(text, nil, to: &rows, model)
        }
      case .text(let text): try Self.add(try text.read(), nil, to: &rows, model)
      case .prompt(let prompt): try Self.add(AnnotatedText(prompt), prompt, to: &rows, model)
      }
    }
    if rows.isEmpty { throw Self.empty }
    return rows
  }

  /// The texts as one corpus: as it is where it is one, with all texts read otherwise.
  func corpus() throws(Failure) -> Corpus {
    if parts.count == 1, case .corpus(let corpus) = parts[0] { return corpus }
    return Corpus(try texts())
  }

  private static func add(
    _ text: AnnotatedText, _ prompt: Prompt?, to rows: inout [AnnotatedRow], _ model: Model
  ) throws(Failure) {
    if Workers.cancellation() { throw .interrupted }
    let row = try faultsAsFailures { () throws(Fault) in
      if let prompt { return try AnnotatedRow(text, prompt: prompt, for: model) }
      return try AnnotatedRow(text, for: model)
    }
    if row.row.count > 0, row.tokens.count > 0 { rows.append(row) }
  }

  private static let empty = Failure(
    "empty-corpus", "there are no texts to work on", help: "give at least one text")
}

extension AnnotatedText {
  /// The text of a prompt, cut into words by rule; without text or words for a prompt of ids.
  init(_ prompt: Prompt) {
    guard case .text(let text, let pair) = prompt.content else {
      self.init("")
      return
    }
    self.init(cutting: text)
    self.pair = pair
    if case .text(let target)? = prompt.target {
      self.target = target
      targetWords = AnnotatedText(cutting: target).words
    }
  }
}

extension Prompt {
  /// The prompt that a text is: without its translation, which a model is to write itself.
  init(_ text: AnnotatedText) {
    self.init(text.text, pair: text.pair)
  }
}
