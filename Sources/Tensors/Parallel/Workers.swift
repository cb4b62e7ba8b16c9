import Synchronization

/// The one thread pool that every kernel runs on.
///
/// Work is cut into pieces whose boundaries depend on sizes and on `threads` alone, never on which
/// thread takes which piece. Results are therefore the same bits, run after run.
public enum Workers {
  /// Tells a long kernel to stop early.
  public typealias Cancellation = @Sendable () -> Bool

  private struct Hook { var ask: Cancellation? }

  private static let chosenThreads = Atomic<Int>(startingThreads())
  private static let hook = Mutex(Hook(ask: nil))
  private static let pool = WorkerPool()

  /// How many threads share the work, the calling one included.
  ///
  /// The default is one per core.
  public static var threads: Int {
    get { chosenThreads.load(ordering: .relaxed) }
    set { chosenThreads.store(min(max(newValue, 1), 256), ordering: .relaxed) }
  }

  /// Polled between the blocks of long products; when it answers true, the rest of the product is
  /// left out and its result is meaningless.
  ///
  /// Whoever started the computation asks again afterwards and throws the result away.
  public static var cancellation: Cancellation {
    get { currentHook ?? { false } }
    set { hook.withLock { $0 = Hook(ask: newValue) } }
  }

  private static func startingThreads() -> Int {
    ForeignThreads.end
    return ProcessorCount.online
  }

  static var currentHook: Cancellation? { hook.withLock { $0.ask } }

  /// Calls `body` once for each index below `count`, on all threads, and returns when all calls
  /// have.
  ///
  /// A call from inside `body`, or while another thread uses the pool, runs serially.
  public static func parallel(_ count: Int, _ body: @Sendable (Int) -> Void) {
    run(count, body)
  }

  /// As `parallel`, for kernels whose pieces write to disjoint parts of the same memory.
  static func run(_ count: Int, _ body: (Int) -> Void) {
    let threads = threads
    if count <= 1 || threads <= 1 {
      for index in 0..<count { body(index) }
    } else {
      pool.run(count, threads: threads, body)
    }
  }

  /// As `run`, but `cancelled` is polled before each piece.
  static func runCancellable(
    _ count: Int, asking cancelled: Cancellation? = currentHook, _ body: (Int) -> Void
  ) {
    guard let cancelled else { return run(count, body) }
    run(count) { index in
      if !cancelled() { body(index) }
    }
  }

  /// Cuts `0..<total` into as many nearly equal ranges as there are threads, each a multiple of
  /// `step` long but for the last, and calls `body` with each.
  ///
  /// Runs as one piece where the work, in elements touched, is too little to be worth waking
  /// anybody.
  static func split(
    _ total: Int, work: Int, step: Int = 1, _ body: (Range<Int>) -> Void
  ) {
    let pieces = work < 1 << 14 ? 1 : min(threads, (total + step - 1) / step)
    if pieces <= 1 {
      if total > 0 { body(0..<total) }
      return
    }
    let blocks = (total + step - 1) / step
    run(pieces) { piece in
      let start = blocks * piece / pieces * step
      let end = min(blocks * (piece + 1) / pieces * step, total)
      if start < end { body(start..<end) }
    }
  }
}
