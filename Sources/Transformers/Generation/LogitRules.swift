import Foundation
import Tensors

/// What a model's settings say of which tokens may come next, beyond the model's own logits.
///
/// The rules act on the logits of one position in the order in which Hugging Face transformers
/// applies its processors, so that the likeliest token is the same.
public struct LogitRules: Sendable, Equatable {
  /// Sequences whose last id gets a summand where the others stand at the end of the row.
  public var biases: [SequenceBias] = []
  /// What logits of ids in the source are multiplied with where they are positive, and divided by
  /// where they are negative.
  public var sourceReward = 1.0
  /// What logits of ids in the row are divided by where they are positive, and multiplied with where
  /// they are negative.
  public var repetitionPenalty = 1.0
  /// No run of so many ids comes twice; nil for no such rule.
  public var unrepeatedRun: Int?
  /// No run of so many ids of the source is written; nil for no such rule.
  public var unrepeatedSourceRun: Int?
  /// Sequences that never come.
  public var banned: [[Int]] = []
  /// The ids after which generation ends, which the rules on lengths hold back.
  public var endTokens: Set<Int> = []
  /// The least length of the whole row.
  public var leastLength = 0
  /// The least number of new tokens.
  public var leastNewTokens = 0
  /// The id right after a row of one id, such as the decoder's start token.
  public var first: Int?
  /// The ids of which one ends a row that is as long as it may be; empty for none.
  public var last: Set<Int> = []
  /// From which new token on, and by which factor, end tokens become likelier.
  public var endReward: EndReward?
  /// Ids that never come.
  public var suppressed: Set<Int> = []
  /// Ids that do not come first.
  public var suppressedFirst: Set<Int> = []

  /// A summand of the logit that completes a sequence.
  public struct SequenceBias: Sendable, Equatable {
    var ids: [Int]
    var bias: Double
  }

  /// By how much end tokens become likelier with the length: |logit| · (factor^n - 1), where n counts
  /// the tokens beyond `start`.
  public struct EndReward: Sendable, Equatable {
    var start: Int
    var factor: Double
  }

  /// No rules.
  public init() {}

  /// The place of a token that is to be chosen.
  struct Place {
    /// The row so far: the prompt and what was made.
    var row: [Int]
    /// How many of the row's ids are the prompt's.
    var promptCount: Int
    /// How many tokens are to be made in all.
    var count: Int
    /// The source's ids, of a model with two stacks.
    var source: [Int]?
  }

  /// Changes the logits of the next token; infinities keep a token from being chosen.
  func apply<Element: Scalar>(to logits: inout [Element], at place: Place) {
    if self == LogitRules() { return }
    for bias in biases { add(bias, to: &logits, place.row) }
    if sourceReward != 1, let source = place.source {
      Self.scale(&logits, of: Set(source), by: sourceReward)
    }
    if repetitionPenalty != 1 {
      Self.scale(&logits, of: Set(place.row), by: 1 / repetitionPenalty)
    }
    if let unrepeatedRun {
      let next = Self.successors(of: place.row, in: place.row, run: unrepeatedRun)
      Self.forbid(next, &logits)
    }
    if let unrepeatedSourceRun, let source = place.source {
      let next = Self.successors(of: place.row, in: source, run: unrepeatedSourceRun)
      Self.forbid(next, &logits)
    }
    for sequence in banned where !(sequence.count == 1 && endTokens.contains(sequence[0])) {
      if let last = sequence.last, place.row.ends(with: sequence.dropLast()) {
        Self.forbid([last], &logits)
      }
    }
    applyLengths(&logits, place)
    Self.forbid(suppressed, &logits)
    let firstFree = place.promptCount > 1 || first == nil ? 0 : 1
    if place.row.count - place.promptCount == firstFree {
      Self.forbid(suppressedFirst, &logits)
    }
  }

  /// The rules on lengths, and the tokens at fixed places.
  private func applyLengths<Element: Scalar>(_ logits: inout [Element], _ place: Place) {
    let made = place.row.count - place.promptCount
    if place.row.count < leastLength || made < leastNewTokens {
      Self.forbid(endTokens, &logits)
    }
    if let first, place.row.count == 1 { Self.leave([first], &logits) }
    if !last.isEmpty, made == place.count - 1 { Self.leave(last, &logits) }
    if let endReward, made > endReward.start {
      let growth = Foundation.pow(endReward.factor, Double(made - endReward.start)) - 1
      for id in endTokens where logits.indices.contains(id) && logits[id].isFinite {
        logits[id] += abs(logits[id]) * Element(growth)
      }
    }
  }

  private func add<Element: Scalar>(
    _ bias: SequenceBias, to logits: inout [Element], _ row: [Int]
  ) {
    guard let last = bias.ids.last, logits.indices.contains(last) else { return }
    if row.ends(with: bias.ids.dropLast()) { logits[last] += Element(bias.bias) }
  }

  private static func scale<Element: Scalar>(
    _ logits: inout [Element], of ids: Set<Int>, by factor: Double
  ) {
    for id in ids where logits.indices.contains(id) {
      logits[id] *= Element(logits[id] < 0 ? 1 / factor : factor)
    }
  }

  private static func forbid<Element: Scalar>(_ ids: Set<Int>, _ logits: inout [Element]) {
    for id in ids where logits.indices.contains(id) { logits[id] = -.infinity }
  }

  private static func leave<Element: Scalar>(_ ids: Set<Int>, _ logits: inout [Element]) {
    for id in logits.indices { logits[id] = ids.contains(id) ? 0 : -.infinity }
  }

  /// The ids that would make a run of `ids` out of the end of `row`.
  private static func successors(of row: [Int], in ids: [Int], run: Int) -> Set<Int> {
    guard row.count + 1 >= run, ids.count >= run else { return [] }
    let ending = row.suffix(run - 1)
    var found: Set<Int> = []
    for start in 0...ids.count - run where ids[start..<start + run - 1].elementsEqual(ending) {
      found.insert(ids[start + run - 1])
    }
    return found
  }
}

extension [Int] {
  fileprivate func ends(with ids: ArraySlice<Int>) -> Bool {
    count >= ids.count && suffix(ids.count).elementsEqual(ids)
  }
}
