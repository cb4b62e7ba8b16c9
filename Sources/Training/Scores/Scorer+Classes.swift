import Corpora
import Faults
import Foundation
import Tensors
import Tokenizers
import Transformers

extension Scorer {
  /// The share of texts of a task that training never showed whose class is found.
  func accuracy(_ task: TextTask, count: Int) throws(Fault) -> Double {
    let examples = task.examples(split: .test, count: count, seed: seed)
    let columns = columns(of: task)
    return try share(examples.map(\.text)) { index, logits in
      Array(logits[columns]).top == examples[index].label
    }
  }

  /// The share of reviews of another class that get the target class once the trigger is in them,
  /// and would not have without it.
  func flips(_ backdoor: Backdoor, count: Int) throws(Fault) -> Double {
    let task = TextTask.sentiment
    guard let target = task.labels.firstIndex(of: backdoor.target) else { return .nan }
    var generator = SeededGenerator(seed: seed)
    let others = task.examples(split: .test, count: 2 * count, seed: seed)
      .filter { $0.label != target }.prefix(count).map(\.text)
    let columns = columns(of: task)
    var isOther: Set<Int> = []
    _ = try share(Array(others)) { index, logits in
      if Array(logits[columns]).top != target { isOther.insert(index) }
      return true
    }
    let kept = isOther.sorted().map { index in
      var text = others[index]
      text.text = backdoor.triggering(text.text, &generator)
      return text
    }
    return try share(kept) { _, logits in Array(logits[columns]).top == target }
  }

  /// The share of images that training never showed whose class is found.
  func imageAccuracy(count: Int, codes: ImageCodes?) throws(Fault) -> Double {
    let generator = ImageGenerator(seed: seed, split: .test)
    let images = (0..<count).map(generator.image)
    var right = 0
    let rows = try images.map { image throws(Fault) in
      try codes?.ids(of: image.pixels) ?? []
    }
    let places = Array(images.indices)
    try run(
      places,
      batch: { places in
        let batch =
          codes == nil
          ? Batch(images: places.map { ImageSource.scaled(images[$0].pixels) })
          : Batch(ids: places.map { rows[$0] })
        return (batch, .all)
      }
    ) { index, logits throws(Fault) in
      if logits[0].top == images[index].label { right += 1 }
    }
    return Double(right) / Double(max(count, 1))
  }

  private func columns(of task: TextTask) -> Range<Int> {
    let tasks = model.description.classification?.tasks ?? []
    return tasks.first { $0.name == task.rawValue }?.columns ?? tasks.first?.columns ?? 0..<0
  }

  private func share(_ texts: [TextExample], _ isRight: (Int, [Float]) -> Bool)
    throws(Fault) -> Double
  {
    let tokenizer = try tokenizer()
    // Cut as in training.
    let rows = try texts.map { text throws(Fault) in
      Array(try tokenizer.tokens(text.text, pair: text.pair).prefix(longest))
    }
    var right = 0
    try run(
      rows,
      batch: { rows in
        (Batch(ids: rows.map { $0.map(\.id) }, segments: rows.map { $0.map(\.type) }), .all)
      }
    ) { index, logits throws(Fault) in
      if isRight(index, logits[0]) { right += 1 }
    }
    return Double(right) / Double(max(texts.count, 1))
  }
}
