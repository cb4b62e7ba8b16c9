import Faults
import Statistics
import Tensors
import Transformers

/// How much the loss depends on what heads give to kinds of tokens, beside how much that is.
///
/// The number is the mean of |∂L/∂A| over the entries of the pattern that go to the kind (Clark et al.
/// 2019, What Does BERT Look At?, section 3.2).
///
/// The derivative is by one entry of the pattern with all others held: it points off the rows that sum
/// to one. Where a kind of token gets much attention and the derivative there is small, looking at it
/// changes nothing: a place to look when there is nothing to do.
public struct AttentionGradient: Sendable {
  /// A kind of tokens.
  public struct TokenSet: Sendable, Hashable {
    /// What people call it.
    public let name: String
    /// The tokens of a row that belong to it.
    let contains: @Sendable (AttentionTokens, Int) -> Bool

    /// All tokens.
    public static let all = TokenSet("all") { _, _ in true }

    init(_ name: String, _ contains: @escaping @Sendable (AttentionTokens, Int) -> Bool) {
      self.name = name
      self.contains = contains
    }

    /// Whether both have one name.
    public static func == (one: TokenSet, other: TokenSet) -> Bool { one.name == other.name }
    /// Takes the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
  }

  /// The heads.
  public let heads: HeadSelection
  /// The kinds of tokens; the last one is all of them.
  public let sets: [TokenSet]
  /// What a query gives to a kind of token, [text, head × set]; `column` finds one.
  public private(set) var mass: RowSums
  /// |∂L/∂A| of the pairs whose key is of the kind.
  public private(set) var gradient: RowSums
  /// |A · ∂L/∂A| of these pairs.
  public private(set) var weighted: RowSums
  /// How many texts were measured.
  public let texts: Int
  /// How many texts have no loss and were left out.
  public let skipped: Int

  /// The column of a head, by its place among the selected, and a set.
  public func column(_ head: Int, _ set: Int) -> Int { head * sets.count + set }

  /// Measures texts.
  ///
  /// - Parameters:
  ///   - seed: What masked tokens are drawn from.
  ///   - factor: What the loss is multiplied by.
  ///   - progress: Called with how many texts are done.
  /// - Throws: `Fault` when the model has no such loss or a text does not fit, and what
  ///   `progress` throws.
  public init(
    _ rows: [AnnotatedRow], heads: HeadSelection, loss: TextLoss = .own, seed: UInt64 = 0,
    factor: Double = 1, with experiment: Experiment,
    progress: (Int) throws(Fault) -> Void = { _ in }
  ) throws(Fault) {
    let texts = try LossTexts(rows, loss, seed: seed, experiment)
    self.heads = heads
    sets = TokenSet.sets(of: texts.texts.map { $0.row.keys(of: heads) })
    self.texts = texts.texts.count
    skipped = texts.skipped
    mass = RowSums(rows: rows.count, columns: heads.count * sets.count)
    gradient = mass
    weighted = mass
    var done = 0
    for batch in texts.batches() {
      try progress(done)
      let plans = batch.map { texts.texts[$0].plan }
      let captures = batch.indices.map { place in
        heads.layers.map { layer in
          Capture(site: layer.site, row: place, components: layer.components)
        }
      }
      let values = try experiment.run(plans.map(\.row), captures: captures.flatMap { $0 })
      let slopes = try experiment.gradients(plans, at: Set(heads.layers.map(\.site)))
      for (place, text) in batch.enumerated() {
        let (index, row, _) = texts.texts[text]
        let keys = row.keys(of: heads)
        let members = sets.map { set in (0..<keys.count).map { set.contains(keys, $0) } }
        for (layer, capture) in zip(heads.layers, captures[place]) {
          guard let pattern = values.captured[capture] else {
            throw Fault("not-captured", "the run did not reach the heads")
          }
          var own = capture
          own.positions = Array(0..<pattern.shape[2])
          let slope = try slopes.gradient(at: own, keyCount: keys.count)
          add(
            pattern, slope, layer, members, keys: keys.count, index, factor: factor * texts.factor)
        }
      }
      done += batch.count
    }
    try progress(done)
  }

  /// Adds the patterns and slopes of a layer's heads in one text, [1, head, query, key].
  private mutating func add(
    _ pattern: AnyTensor, _ slope: AnyTensor, _ layer: HeadSelection.Layer, _ members: [[Bool]],
    keys: Int, _ text: Int, factor: Double
  ) {
    // A row of a batch may be padded with keys that it does not have.
    let padded = pattern.shape[3]
    let queries = slope.shape[2]
    let (weights, slopes) = (pattern.doubles, slope.doubles)
    for (place, head) in layer.range.enumerated() {
      for query in 0..<queries {
        let seen = support(of: query, keys: keys, layer)
        let own = (place * queries + query) * padded
        let from = (place * queries + query) * keys
        for (set, isMember) in members.enumerated() {
          let column = column(head, set)
          var sum = 0.0
          var count = 0
          for key in seen where isMember[key] {
            let change = abs(factor * slopes[from + key])
            sum += weights[own + key]
            count += 1
            gradient.add(change, row: text, column: column)
            weighted.add(change * weights[own + key], row: text, column: column)
          }
          if count > 0 { mass.add(sum, row: text, column: column) }
        }
      }
    }
  }

  private func support(of query: Int, keys: Int, _ layer: HeadSelection.Layer) -> Range<Int> {
    guard heads.isCausal else { return 0..<keys }
    let window = heads.windows[heads.layerIndex(of: layer.range.lowerBound)] ?? keys
    return max(0, query + 1 - window)..<query + 1
  }
}

extension AttentionGradient.TokenSet {
  /// The kinds that texts have: each special token by its text, punctuation, words, and all; images have
  /// patches.
  static func sets(of texts: [AttentionTokens]) -> [Self] {
    var names: [String] = []
    for text in texts {
      for token in text.special where !names.contains(text.tokens[token].text) {
        names.append(text.tokens[token].text)
      }
    }
    let special = names.sorted().map { name in
      Self(name) { tokens, place in
        tokens.isSpecial(place) && tokens.tokens[place].text == name
      }
    }
    if texts.contains(where: { $0.tokens.contains { $0.origin == .patch } }) {
      return special + [Self("patches") { $0.tokens[$1].origin == .patch }, .all]
    }
    return special + [
      Self("punctuation") { $0.isPunctuation($1) },
      Self("words") { !$0.isSpecial($1) && !$0.isPunctuation($1) }, .all,
    ]
  }
}

extension AnnotatedRow {
  /// The tokens that heads attend to.
  func keys(of heads: HeadSelection) -> AttentionTokens {
    tokens(of: heads.isCross ? .encoder : heads.stack)
  }
}
