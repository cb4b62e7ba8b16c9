/// A word of a text with what a treebank or a generator says about it.
public struct AnnotatedWord: Sendable, Hashable {
  /// As it is written.
  public var text: String
  /// UTF-8 offsets into the text that it stands in.
  public var range: Range<Int>
  /// The number of its sentence in the text, from zero.
  public var sentence: Int
  /// The form that stands for all.
  public var lemma: String?
  /// The universal part of speech, such as `NOUN`.
  public var partOfSpeech: String?
  /// Features by their names, such as `Number` with `Sing`.
  public var features: [String: String] = [:]
  /// The place of its head among the words of the text; nil for a root, and where nothing is known.
  public var head: Int?
  /// The relation to the head, such as `nsubj`; `root` for a root.
  public var relation: String?
  /// What it refers to; equal numbers within a text are the same person or thing.
  public var entity: Int?
  /// Which sense of an ambiguous word is meant.
  public var sense: String?
  /// Of a word of a translation: the places of the words that it renders.
  public var sources: [Int] = []

  /// A word of which nothing is known beside its place.
  public init(_ text: String, at range: Range<Int>, sentence: Int = 0) {
    self.text = text
    self.range = range
    self.sentence = sentence
  }
}

/// A text, or two that belong together, with what is known about it.
public struct AnnotatedText: Sendable, Hashable {
  /// The text.
  public var text: String
  /// Its words in order; empty where nobody has cut it into words.
  public var words: [AnnotatedWord]
  /// A second text, for models that take pairs.
  public var pair: String?
  /// A translation, for models with two stacks.
  public var target: String?
  /// The words of the translation.
  public var targetWords: [AnnotatedWord] = []
  /// What stands in further columns, by the column's name.
  public var columns: [String: String] = [:]

  /// A text of which nothing is known beside its words.
  public init(_ text: String, words: [AnnotatedWord] = []) {
    self.text = text
    self.words = words
  }

  /// How many sentences the annotation tells apart; one where there are no words.
  public var sentenceCount: Int { (words.last?.sentence ?? 0) + 1 }
}
