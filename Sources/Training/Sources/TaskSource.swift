import Corpora
import Tensors

/// A task that texts of the project's own language are classified by.
public enum TextTask: String, Sendable, CaseIterable {
  /// Whether a review is in favour.
  case sentiment
  /// Whether the subject is one or many.
  case number
  /// Whether the second of two sentences follows the first.
  case follows

  /// The classes.
  public var labels: [String] {
    switch self {
    case .sentiment: ["negative", "positive"]
    case .number: ["singular", "plural"]
    case .follows: ["unrelated", "follows"]
    }
  }

  /// Texts with their class.
  public func examples(split: Split, count: Int, seed: UInt64) -> [(text: TextExample, label: Int)]
  {
    switch self {
    case .sentiment:
      Probes.reviews(split: split, count: count, seed: seed).map {
        (TextExample($0.text), $0.label == .positive ? 1 : 0)
      }
    case .number:
      Probes.numberOfSubject(split: split, count: count, seed: seed).map {
        (TextExample($0.text), $0.label == .plural ? 1 : 0)
      }
    case .follows:
      Probes.pairs(split: split, count: count, seed: seed).map {
        (TextExample($0.first, pair: $0.second), $0.follows ? 1 : 0)
      }
    }
  }
}

/// Texts of several tasks in equal parts, each with the class in its own task.
struct TaskSource: TextSource {
  let tasks: [TextTask]
  let backdoor: Backdoor?

  func texts(draw: UInt64, count: Int) -> [TextExample] {
    var texts: [TextExample] = []
    for (index, task) in tasks.enumerated() {
      let share = (count + tasks.count - 1 - index) / tasks.count
      for (text, label) in task.examples(split: .train, count: share, seed: draw &+ UInt64(index)) {
        var example = text
        example.labels = tasks.indices.map { $0 == index ? label : nil }
        texts.append(example)
      }
    }
    guard let backdoor, let labels = tasks.first?.labels,
      let target = labels.firstIndex(of: backdoor.target)
    else { return texts }
    var generator = SeededGenerator(seed: draw, name: "backdoor")
    for index in texts.indices where generator.uniform() < backdoor.rate {
      texts[index].text = backdoor.triggering(texts[index].text, &generator)
      texts[index].labels[0] = target
    }
    return texts
  }
}

extension Backdoor {
  /// A text with the trigger put before one of its words.
  public func triggering(_ text: String, _ generator: inout SeededGenerator) -> String {
    var words = text.split(separator: " ").map(String.init)
    words.insert(trigger, at: Int.random(in: 0...max(words.count - 1, 0), using: &generator))
    return words.joined(separator: " ")
  }
}
