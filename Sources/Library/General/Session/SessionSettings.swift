import Synchronization
import Transformers

/// What holds for a whole session and can change while it runs.
///
/// Any thread may read and write.
public final class SessionSettings: Sendable {
  private struct State {
    var seed: UInt64
    var precision: Precision
    var threads: Int?
  }

  private let state: Mutex<State>
  /// Whether hashes of checkpoints are kept for later sessions.
  public let keepsHashes: Bool

  /// Makes settings.
  public init(
    seed: UInt64 = 0, precision: Precision = .single, threads: Int? = nil, keepsHashes: Bool = true
  ) {
    self.keepsHashes = keepsHashes
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
