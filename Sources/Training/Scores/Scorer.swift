import Faults
import Foundation
import Tensors
import Tokenizers
import Transformers

/// What scores are measured with: a trained model, as it lies in its folder.
struct Scorer {
  let model: Model
  let runtime: any Runtime
  /// What random tokens and fresh texts are drawn from.
  let seed: UInt64 = 0x5C02E
  /// Rows that run at once.
  private static let rows = 64

  /// - Throws: `Fault` when the folder holds no model that can be read.
  init(_ folder: URL) throws(Fault) {
    model = try Model(contentsOf: folder)
    runtime = try model.runtime(.single)
  }

  /// The most tokens that a row may have.
  var longest: Int { model.description.contextLength ?? .max }

  /// The tokenizer.
  ///
  /// - Throws: `Fault` when there is none.
  func tokenizer() throws(Fault) -> Tokenizer {
    guard let tokenizer = try model.tokenizer() else {
      throw Fault("no-tokenizer", "\(model.name) has no tokenizer")
    }
    return tokenizer
  }

  /// Runs rows some at a time and calls `body` with each row's place and its logits, [position]
  /// by [column], at the positions asked for.
  ///
  /// What is longer than the model's context is left out: what it asks counts as not answered.
  func run<Row>(
    _ rows: [Row], batch: ([Row]) -> (Batch, OutputRequest),
    _ body: (Int, [[Float]]) throws(Fault) -> Void
  ) throws(Fault) {
    let fitting = rows.indices.filter { index in
      batch([rows[index]]).0.ids.allSatisfy { $0.count <= longest }
    }
    var start = 0
    while start < fitting.count {
      if Workers.cancellation() { throw .interrupted }
      let part = fitting[start..<min(start + Self.rows, fitting.count)]
      let (batch, output) = batch(part.map { rows[$0] })
      let result = try runtime.run(RunRequest(batch, output: output))
      guard let logits = result.logits?.cast(to: Float.self), let width = logits.shape.last else {
        return
      }
      let elements = logits.elements
      for (index, range) in zip(part, result.rows) {
        try body(index, range.map { Array(elements[$0 * width..<($0 + 1) * width]) })
      }
      start += part.count
    }
  }
}

extension [Float] {
  /// The place of the largest number; the first of several.
  var top: Int {
    var best = 0
    for index in indices where self[index] > self[best] { best = index }
    return best
  }

  /// The logarithm of the probability of a column.
  func logProbability(_ column: Int) -> Double {
    let largest = Double(self[top])
    let sum = reduce(0) { $0 + exp(Double($1) - largest) }
    return Double(self[column]) - largest - log(sum)
  }
}
