import Foundation
import Tensors

/// A document in the making: the words so far, and the probability of the choices that led to them.
///
/// Each rule of the grammar is a method that adds words. No text has two derivations, so the sum of
/// the logarithms is that of the text's probability.
struct Derivation {
  let words: Vocabulary
  let split: Split
  var random: SeededGenerator
  var logProbability = 0.0
  var nodes: [Node] = []
  /// Where each sentence ends among the words.
  var ends: [Int16] = []
  var attributes = Attributes()
  /// What probes demand of the subjects of agreement.
  var demand: AttractorDemand?
  /// The choices so far, where somebody wants to make them again.
  var record: ChoiceRecord?

  init(seed: UInt64, split: Split) {
    words = .standard
    self.split = split
    random = SeededGenerator(seed: seed)
  }

  /// Starts a new document.
  mutating func clear() {
    logProbability = 0
    nodes = []
    nodes.reserveCapacity(24)
    ends = []
    attributes = Attributes()
  }

  // MARK: Choices

  /// Draws an element.
  mutating func pick<Element>(_ choice: Choice<Element>) -> Element {
    let index = settle(choice.elements.count) { choice.index(at: $0.uniform()) }
    logProbability += choice.logarithms[index]
    return choice.elements[index]
  }

  /// Draws an element that is none of some, from what then remains.
  mutating func pick<Element: Equatable>(
    _ choice: Choice<Element>, except excluded: [Element]
  ) -> Element {
    var left = 1.0
    for (index, element) in choice.elements.enumerated() where excluded.contains(element) {
      left -= choice.probabilities[index]
    }
    let index = settle(choice.elements.count) { random in
      while true {
        let index = choice.index(at: random.uniform())
        if !excluded.contains(choice.elements[index]) { return index }
      }
    }
    if excluded.contains(choice.elements[index]) { record?.isImpossible = true }
    logProbability += choice.logarithms[index] - Foundation.log(left)
    return choice.elements[index]
  }

  /// Tosses a coin.
  mutating func chance(_ probability: Double) -> Bool {
    let holds = settle(2) { $0.uniform() < probability ? 1 : 0 } == 1
    logProbability += Foundation.log(holds ? probability : 1 - probability)
    return holds
  }

  /// Draws a number from 0 to `count` - 1, each as likely.
  mutating func uniform(_ count: Int) -> Int {
    logProbability -= Foundation.log(Double(count))
    return settle(count) { min(Int($0.uniform() * Double(count)), count - 1) }
  }

  /// Makes a choice among `count`: the one that the record prescribes, or else one that is drawn.
  private mutating func settle(_ count: Int, _ draw: (inout SeededGenerator) -> Int) -> Int {
    guard record != nil else { return draw(&random) }
    if let prescribed = record?.prescribed(count) { return prescribed }
    let index = draw(&random)
    record?.note(index, of: count, words: nodes.count)
    return index
  }

  // MARK: Words

  /// Adds a word whose head is known already or set later.
  @discardableResult
  mutating func add(
    _ lexeme: LexemeID, _ form: Form = .base, _ relation: Dependency, head: Int = -1
  ) -> Int {
    nodes.append(Node(lexeme: lexeme, form: form, relation: relation, head: Int16(head)))
    return nodes.count - 1
  }

  /// Sets what a word depends on.
  mutating func attach(_ node: Int, to head: Int) {
    nodes[node].head = Int16(head)
  }

  /// Ends the sentence with a full stop that depends on its root.
  mutating func stop(_ root: Int) {
    add(words.function.stop, .base, .punctuation, head: root)
    ends.append(Int16(nodes.count))
  }
}
