/// A line that shows what a command does, and what must come of it.
public struct Example: Sendable {
  /// What running an example must give.
  public enum Outcome: Sendable {
    /// This value; numbers within a small tolerance.
    case value(Value)
    /// This text, as the value is displayed in plain text at 100 columns.
    case text(String)
    /// A failure of this code.
    case fails(String)
    /// Something, without a failure.
    case runs
    /// It is not run, for a reason.
    case notRun(String)
  }

  /// The code, one or more lines.
  public let code: String
  /// What it shows, one sentence.
  public let shows: String
  /// What must come of it.
  public let outcome: Outcome

  /// Makes an example.
  public init(_ code: String, shows: String, gives outcome: Outcome = .runs) {
    self.code = code
    self.shows = shows
    self.outcome = outcome
  }
}
