import Tensors
import Transformers

/// One head's arithmetic at one position, step by step, with the numbers that the model computed and
/// a check that each step follows from the ones before.
public struct Walk: Sendable {
  /// The layer of the head.
  public var layer: Int
  /// The head.
  public var head: Int
  /// The position that attends.
  public var position: Int
  /// The row that was run.
  public var row: PromptRow
  /// The steps, in the order in which they happen.
  public var steps: [Step]

  /// One step.
  public struct Step: Sendable {
    /// Its name, such as `query`.
    public var name: String
    /// What happens, such as `q · k for each key`.
    public var formula: String
    /// The numbers, with their axes.
    public var values: AnyTensor
    /// How far what was computed here again lies from what the model computed, relative to the
    /// largest number; nil for a step that is where the walk starts from.
    public var deviation: Double?

    /// Whether the step follows from the ones before, to rounding; true where the walk starts from.
    public var holds: Bool { deviation.map { $0 <= values.walkLimit } ?? true }
  }

  /// Whether every step follows from the ones before, to rounding.
  ///
  /// Only an intervention inside the head makes it false.
  public var addsUp: Bool { steps.allSatisfy(\.holds) }
}

extension AnyTensor {
  /// How far the arithmetic of a walk, done again, may lie from the model's.
  var walkLimit: Double { roundingLimit * 10 }
}
