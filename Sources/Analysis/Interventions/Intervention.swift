import Tensors
import Transformers

/// A change of a model's inner workings, as data: it can be listed, applied, undone, swept over and
/// saved.
public struct Intervention: Sendable, Hashable {
  /// What happens.
  public var action: Action
  /// Where it happens; for `cut` and `hide` without an address, all heads of all layers.
  public var target: Address?
  /// Whether it holds for the prompt, for what generation adds, or for both.
  public var phase: Phase

  /// An intervention from its parts.
  public init(_ action: Action, at target: Address?, during phase: Phase = .always) {
    self.action = action
    self.target = target
    self.phase = phase
  }

  /// When an intervention holds.
  public enum Phase: String, Sendable, Hashable, CaseIterable {
    case always, prefill, decode
  }

  /// What an intervention does.
  public enum Action: Sendable, Hashable {
    /// The value becomes zero.
    case zero
    /// The value becomes its mean over the positions of these prompts, run untouched; without
    /// prompts, over the prompt itself.
    case meanAblate(over: [Prompt])
    /// The value at each position comes from one of these prompts, drawn by the seed, run untouched.
    case resample(from: [Prompt], seed: UInt64)
    /// The value comes from another prompt, run untouched, at the same positions or at `sourceAt`.
    case patch(from: Prompt, sourceAt: PositionSelector?)
    /// The value (of a norm: its statistics) is held at what it is in the untouched run.
    case freeze
    /// The value is multiplied.
    case scale(Double)
    /// `factor` times a vector is added at each position.
    case steer(NumberArray, by: Double)
    /// Queries `from` may not attend to keys `to`.
    case cut(from: PositionSelector, to: PositionSelector)
    /// No other token may attend to these.
    case hide(PositionSelector)
    /// The value becomes these numbers.
    case replace(NumberArray)
  }

  /// The name of the command that makes it.
  public var name: String {
    switch action {
    case .zero: "zero"
    case .meanAblate: "mean_ablate"
    case .resample: "resample"
    case .patch: "patch"
    case .freeze: "freeze"
    case .scale: "scale"
    case .steer: "steer"
    case .cut: "cut"
    case .hide: "hide"
    case .replace: "replace"
    }
  }
}

/// Numbers with a shape, given from outside a run.
public struct NumberArray: Sendable, Hashable {
  /// The sizes of the axes.
  public var shape: [Int]
  /// The numbers, row by row.
  public var elements: [Double]

  /// An array; nil when the numbers do not fill the shape.
  public init?(shape: [Int], elements: [Double]) {
    guard shape.allSatisfy({ $0 >= 0 }), shape.reduce(1, *) == elements.count else { return nil }
    self.shape = shape
    self.elements = elements
  }
}

/// An intervention that is in force, under the number by which it is restored.
public struct ActiveIntervention: Sendable, Hashable {
  /// The number; never used again in a session.
  public var id: Int
  /// What holds.
  public var intervention: Intervention

  /// An intervention under its number.
  public init(id: Int, _ intervention: Intervention) {
    self.id = id
    self.intervention = intervention
  }
}
