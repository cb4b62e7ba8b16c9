import Corpora
import Faults
import Statistics
import Tensors
import Transformers

/// Sentences of a treebank as groups of words that choose their heads, linked by what a model's heads
/// give from word to word.
struct DependencySentences: Sendable {
  /// One sentence.
  struct Sentence: Sendable {
    /// The place of its text in the corpus.
    let text: Int
    /// Its words and the links between them; punctuation chooses nobody, and is not scored.
    let group: ChoiceGroup
  }

  /// The sentences, text by text.
  let sentences: [Sentence]
  /// How many special tokens stand for the root.
  let anchorCount: Int

  /// Reads sentences off runs.
  ///
  /// Attention to a word is the sum over its tokens, attention from a word the mean. For each head there
  /// are two gates: what the word gives to the candidate, and what it gets from it. The root has what
  /// words give to the row's first and last special token, and get from them. The vector of a word is
  /// the mean of what enters the first layer at its tokens.
  ///
  /// - Throws: `Fault` when no sentence has a tree, and as `Experiment.attention`.
  init(
    _ rows: [AnnotatedRow], heads: HeadSelection, with experiment: Experiment,
    progress: (Int) throws(Fault) -> Void
  ) throws(Fault) {
    let anchors = rows.map { $0.tokens(of: heads.stack).anchors }
    let anchorCount = anchors.map(\.count).max() ?? 0
    var found: [[Sentence]] = rows.map { _ in [] }
    try experiment.attention(over: rows, heads: heads, progress: progress) {
      row throws(Fault) in
      let trees = row.row.trees(of: heads.stack)
      guard !trees.isEmpty else { return }
      let vectors = try experiment.firstStream(row.row, heads.stack)
      found[row.index] = trees.map { tree in
        tree.sentence(row, anchors: anchors[row.index], anchorCount: anchorCount, vectors)
      }
    }
    sentences = found.flatMap { $0 }
    self.anchorCount = anchorCount
    guard !sentences.isEmpty else {
      throw Fault(
        "missing-column", "no sentence of the corpus has a tree: words with heads",
        help: #"generate some:   corpus "english"   or read a treebank in CoNLL-U"#)
    }
  }
}

/// The words of one sentence that have tokens, and the head that each has.
private struct Tree {
  /// The tokens of each word.
  let pieces: [[Int]]
  let choices: [ChoiceGroup.Choice?]

  func sentence(
    _ row: AttentionRow, anchors: [Int], anchorCount: Int, _ vectors: [[Float]]
  ) -> DependencySentences.Sentence {
    let count = pieces.count
    let groups = pieces + anchors.map { [$0] }
    var gates: [Float] = []
    var links = [Float](
      repeating: 0, count: anchorCount * 2 * row.heads.count * count)
    gates.reserveCapacity(2 * row.heads.count * count * count)
    for head in 0..<row.heads.count {
      let between = row.pattern(head).merging(rows: groups, columns: groups)
      for isTurned in [false, true] {
        let gate = 2 * head + (isTurned ? 1 : 0)
        func link(_ word: Int, _ other: Int) -> Float {
          Float(isTurned ? between[other, word] : between[word, other])
        }
        for word in 0..<count {
          for candidate in 0..<count { gates.append(link(word, candidate)) }
          for anchor in anchors.indices {
            links[(anchor * 2 * row.heads.count + gate) * count + word] = link(
              word, count + anchor)
          }
        }
      }
    }
    let width = vectors.first?.count ?? 0
    let words = pieces.flatMap { tokens in
      (0..<width).map { column in
        tokens.reduce(0) { $0 + vectors[$1][column] } / Float(tokens.count)
      }
    }
    return .init(
      text: row.index,
      group: ChoiceGroup(
        count: count, gates: gates, anchors: links, vectors: words, choices: choices))
  }
}

extension AttentionTokens {
  /// The special tokens that stand for the root: the first and the last of the row.
  fileprivate var anchors: [Int] {
    let special = special
    guard let first = special.first, let last = special.last else { return [] }
    return first == last ? [first] : [first, last]
  }
}

extension AnnotatedRow {
  /// The sentences with a tree, for the words of a side.
  fileprivate func trees(of stack: Stack) -> [Tree] {
    let isTarget = row.source != nil && stack == .decoder
    let words = isTarget ? text.targetWords : text.words
    let pieces = isTarget ? targetPieces : self.pieces
    let sentences = Dictionary(grouping: words.indices, by: { words[$0].sentence })
    return sentences.sorted { $0.key < $1.key }.compactMap { _, members in
      let present = members.filter { !pieces[$0].isEmpty }
      let choices = present.map { word in words[word].choice(among: present) }
      guard present.count > 1, choices.contains(where: { $0 != nil }) else { return nil }
      return Tree(pieces: present.map { pieces[$0] }, choices: choices)
    }
  }
}

extension AnnotatedWord {
  /// The head among the words of a sentence; nil for punctuation, and where nothing is known.
  fileprivate func choice(among members: [Int]) -> ChoiceGroup.Choice? {
    guard partOfSpeech != "PUNCT", relation?.hasPrefix("punct") != true else { return nil }
    if let head { return members.firstIndex(of: head).map { .member($0) } }
    return relation == "root" ? ChoiceGroup.Choice.nobody : nil
  }
}

extension Experiment {
  /// What enters the first layer of a side, token by token.
  fileprivate func firstStream(_ row: AnnotatedRow, _ stack: Stack) throws(Fault)
    -> [[Float]]
  {
    let capture = Capture(site: Site(.residPre, layer: 0, stack: stack))
    guard let stream = try run([row.row], captures: [capture]).captured[capture] else {
      throw Fault("not-captured", "the run did not reach the first layer")
    }
    let width = max(stream.shape.last ?? 1, 1)
    return stream.cast(to: Float.self).elements.chunked(width)
  }
}
