import Corpora
import Faults
import Tensors
import Transformers

/// What is known of tokens, wherever they come from.
public protocol TokenFacts: Sendable {
  /// The tokens.
  var tokens: [CorpusToken] { get }
  /// Whether tokens were hidden on purpose.
  var isCorrupted: Bool { get }
  /// The word that a token is a piece of.
  func word(of token: CorpusToken) -> AnnotatedWord?
  /// The word `offset` words further on in the same sentence, -1 or 1, where that is known.
  func word(beside token: CorpusToken, at offset: Int) -> AnnotatedWord?
  /// The id of the token `offset` places further on, -1 or 1, where that is a token of the text.
  func id(beside token: CorpusToken, at offset: Int) -> Int?
  /// The id that stood there before it was hidden; nil where nothing was.
  func hiddenID(of token: CorpusToken) -> Int?
}

/// Tokens whose vectors can be read layer by layer: from a corpus through a model, or from what was
/// gathered before.
public protocol LayeredTokens: Sendable {
  /// What is known of the tokens.
  var facts: any TokenFacts { get }
  /// How many numbers a vector has in each layer.
  var widths: [Int] { get }
  /// Calls `body` with each layer in order, and the vectors of `tokens` there, [token, width], in the
  /// order of the tokens.
  ///
  /// - Parameter progress: How far the reading has come, of how much; throwing stops it.
  func forEachLayer(
    _ tokens: [CorpusToken], progress: (Int, Int) throws(Fault) -> Void,
    _ body: (Int, Tensor<Float>) throws(Fault) -> Void
  ) throws(Fault)
}

/// Activations as tokens with layers: each site is one, in the order in which they were gathered.
public struct GatheredLayers: LayeredTokens, TokenFacts {
  private let activations: Activations
  private let places: [CorpusToken: Int]
  /// A gathered token of each word.
  private let words: [WordPlace: Int]
  /// The tokens.
  public let tokens: [CorpusToken]

  /// Takes activations for what they are.
  ///
  /// - Parameters:
  ///   - finite: The tokens that are looked at.
  ///   - distinct: Whether a text of which the same tokens were gathered as of one before is left
  ///     out.
  public init(_ activations: Activations, _ finite: FiniteTokens, distinct: Bool = false) {
    self.activations = activations
    var all = activations.tokens.map {
      CorpusToken(row: $0.text, position: $0.position, id: $0.id)
    }
    places = Dictionary(zip(all, all.indices)) { first, _ in first }
    var words: [WordPlace: Int] = [:]
    for (index, token) in activations.tokens.enumerated() {
      if let place = token.place { words[WordPlace(text: token.text, place: place)] = index }
    }
    self.words = words
    all = finite.places.map { all[$0] }
    guard distinct else {
      tokens = all
      return
    }
    var texts: [Int: [Int]] = [:]
    for token in all { texts[token.row, default: []] += [token.position, token.id] }
    var seen: Set<[Int]> = []
    let kept = Set(texts.keys.sorted().filter { seen.insert(texts[$0] ?? []).inserted })
    tokens = all.filter { kept.contains($0.row) }
  }

  /// The activations.
  public var facts: any TokenFacts { self }
  /// The widths of the sites.
  public var widths: [Int] { activations.sites.map(\.width) }
  /// Whether any token was hidden.
  public var isCorrupted: Bool { activations.tokens.contains { $0.maskedID != nil } }

  private func known(_ token: CorpusToken) -> GatheredToken? {
    places[token].map { activations.tokens[$0] }
  }

  /// The word that a token is a piece of.
  public func word(of token: CorpusToken) -> AnnotatedWord? { known(token)?.word }

  private struct WordPlace: Hashable {
    var text: Int
    var place: Int
  }

  /// The word beside in the same sentence, where a token of it was gathered as well.
  public func word(beside token: CorpusToken, at offset: Int) -> AnnotatedWord? {
    guard let own = known(token), let place = own.place,
      let other = words[WordPlace(text: own.text, place: place + offset)],
      let word = activations.tokens[other].word, word.sentence == own.word?.sentence
    else { return nil }
    return word
  }

  /// The id of the token beside, where that is a token of the text.
  public func id(beside token: CorpusToken, at offset: Int) -> Int? {
    switch offset {
    case -1: known(token)?.previousID
    case 1: known(token)?.nextID
    default: nil
    }
  }

  /// The id that stood there before it was hidden.
  public func hiddenID(of token: CorpusToken) -> Int? { known(token)?.maskedID }

  /// Calls `body` with each site; no more than one is read at once.
  public func forEachLayer(
    _ tokens: [CorpusToken], progress: (Int, Int) throws(Fault) -> Void,
    _ body: (Int, Tensor<Float>) throws(Fault) -> Void
  ) throws(Fault) {
    let rows = tokens.compactMap { places[$0] }
    for (layer, site) in activations.sites.enumerated() {
      try progress(layer, activations.sites.count)
      let picked: AnyTensor
      do throws(TensorError) {
        picked = try site.values.read(Region([rows, nil]))
      } catch {
        throw Fault("wrong-numbers", "\(error)")
      }
      let vectors = picked.reshaped([.position, .width], [rows.count, site.width])
      try body(layer, vectors.cast(to: Float.self))
    }
  }
}
