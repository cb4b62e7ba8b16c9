import Synchronization

/// What holds for a whole session and can change while it runs.
///
/// Any thread may read and write.
public final class SessionSettings: Sendable {
  /// The number type that models compute in.
  public enum Precision: String, Sendable, CaseIterable {
    /// 32 bits.
    case float32 = "f32"
    /// 64 bits: slower, and tells rounding from a fault.
    case float64 = "f64"
  }

  private struct State {
    var seed: UInt64
    var precision: Precision
    var threads: Int?
  }

  private let state: Mutex<State>

  /// Makes settings.
  public init(seed: UInt64 = 0, precision: Precision = .float32, threads: Int? = nil) {
    state = Mutex(State(seed: seed, precision: precision, threads: threads))
  }

  /// The seed of everything random.
  public var seed: UInt64 {
    get { state.withLock { $0.seed } }
    set { state.withLock { $0.seed = newValue } }
  }

  /// The number type that models compute in.
  public var precision: Precision {
    get { state.withLock { $0.precision } }
    set { state.withLock { $0.precision = newValue } }
  }

  /// How many threads compute; nil for one on each processor.
  public var threads: Int? {
    get { state.withLock { $0.threads } }
    set { state.withLock { $0.threads = newValue } }
  }
}
