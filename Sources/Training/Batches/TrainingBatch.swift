import Faults
import Transformers

/// What one step sees: rows, the logits that its loss reads, and what they should say.
struct TrainingBatch: Sendable {
  /// The rows.
  var batch: Batch
  /// Which logits the loss reads.
  var output: OutputRequest
  /// What they should say; the losses of several parts add up.
  var targets: [Targets]

  /// The right answers in some of the columns, which are a distribution of their own.
  struct Targets: Sendable {
    /// The columns, or nil for all.
    var columns: Range<Int>?
    /// The right one for each position whose logits are read, rows of the batch one behind the
    /// other, counted from the first of the columns; nil where there is nothing to say.
    var right: [Int?]
  }

  /// A batch whose every logit has one right answer.
  init(_ batch: Batch, _ output: OutputRequest, right: [Int]) {
    self.init(batch, output, targets: [Targets(columns: nil, right: right)])
  }

  /// A batch from its parts.
  init(_ batch: Batch, _ output: OutputRequest, targets: [Targets]) {
    self.batch = batch
    self.output = output
    self.targets = targets
  }
}

/// Makes the batch of any step, from nothing but the recipe and the step's number.
///
/// That is why a run that was stopped goes on exactly where it was.
protocol BatchMaker {
  /// The batch of a step, from 0.
  mutating func batch(step: Int) throws(Fault) -> TrainingBatch
}
