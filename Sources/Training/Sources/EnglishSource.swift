import Corpora

/// Documents of the project's own language, the part that models train on.
struct EnglishSource: TextSource {
  let mixture: Mixture
  /// Whether the translation is wanted.
  var hasTarget = false
  /// Whether the places of agreeing verbs are wanted.
  var hasVerbs = false

  func texts(draw: UInt64, count: Int) -> [TextExample] {
    var generator = TextGenerator(seed: draw, mixture: mixture, split: .train)
    return (0..<count).map { _ in
      let document = generator.next()
      var example = TextExample(document.text)
      if hasTarget { example.target = document.translation }
      if hasVerbs, let verb = document.attributes.verb {
        let words = document.sentences.flatMap(\.words)
        example.verbs = [words[verb].start..<words[verb].end]
      }
      return example
    }
  }
}
