import Analysis
import Corpora
import Statistics
import Tensors
import Testing
import Transformers

/// A tiny model and random sentences that it reads word by word.
struct Reader {
  static let words = (0..<12).map { "w\($0)" }

  let experiment: Experiment
  let corpus: CorpusTokens

  /// - Parameters:
  ///   - count: How many sentences.
  ///   - length: How many words each has.
  ///   - edit: Changes of the model's stored tensors.
  init(
    sentences count: Int, length: Int = 8, seed: UInt64 = 3,
    edit: @escaping @Sendable (String, inout [Double]) -> Void = { _, _ in }
  ) throws {
    let model = try TinyModels.reader(of: Self.words, edit: edit)
    experiment = Experiment(model: model, runtime: try model.runtime(.single))
    var random = SeededGenerator(seed: seed)
    let rows = try (0..<count).map { _ in
      let words = (0..<length).map { _ in Self.words[random.index(below: Self.words.count)] }
      return try AnnotatedRow(Self.text(words), for: model)
    }
    corpus = CorpusTokens(rows, of: model.description)
  }

  /// A text of words; a word's number is its part of speech, even or odd.
  static func text(_ words: [String]) -> AnnotatedText {
    var text = AnnotatedText(words.joined(separator: " "))
    var start = 0
    for word in words {
      var annotated = AnnotatedWord(word, at: start..<start + word.utf8.count)
      annotated.partOfSpeech = (Int(word.dropFirst()) ?? 0) % 2 == 0 ? "EVEN" : "ODD"
      text.words.append(annotated)
      start += word.utf8.count + 1
    }
    return text
  }

  /// Sets all numbers of the tensors whose names contain one of `parts` to zero.
  static func zeroing(_ parts: String...) -> @Sendable (String, inout [Double]) -> Void {
    { name, elements in
      if parts.contains(where: name.contains) {
        for place in elements.indices { elements[place] = 0 }
      }
    }
  }
}
