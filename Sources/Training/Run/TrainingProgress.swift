/// How far a training run has come.
public struct TrainingProgress: Sendable, Equatable {
  /// How many steps are done, and how many there are.
  public var step: Int, steps: Int
  /// The mean loss of the last steps, in nats.
  public var loss: Double
  /// The rate of the last step.
  public var rate: Double
  /// The seconds since this process began with it, and how many are left at this pace.
  public var seconds: Double, secondsLeft: Double
}
