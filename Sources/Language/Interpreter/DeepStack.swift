import Foundation

/// Runs work on a thread whose stack is deep enough for the deepest code and calls, or on the
/// largest that the system gives.
enum DeepStack {
  /// Room for a thousand calls of functions of the deepest code, also in a debug build.
  ///
  /// It is address space: only what is used takes memory.
  static let wanted = 1 << 30
  private static let sizes = [wanted, wanted / 4, wanted / 16, wanted / 64]

  /// What the deepest code takes, which a call must find free.
  private static let reserve = 3 << 19

  /// The stack that work runs on.
  struct Room: Sendable {
    /// Its size in bytes.
    let size: Int
    /// The address below which no call may begin.
    fileprivate let floor: UInt

    /// Whether it is smaller than was wanted.
    var isShort: Bool { size < DeepStack.wanted }
    /// Whether another call fits.
    var hasRoom: Bool { DeepStack.here > floor }

    /// The stack of this thread, of which so much is left.
    fileprivate init(size: Int) {
      self.size = size
      let (floor, isBelow) = DeepStack.here.subtractingReportingOverflow(UInt(size))
      self.floor = (isBelow ? 0 : floor) + UInt(DeepStack.reserve)
    }
  }

  private final class Job<T>: @unchecked Sendable {
    private var work: ((Room) -> T)?
    private let size: Int
    private(set) var value: T?
    let done = DispatchSemaphore(value: 0)

    init(size: Int, _ work: @escaping (Room) -> T) {
      self.size = size
      self.work = work
    }

    /// Does the work and lets go of it, before the one who waits goes on.
    func run() {
      value = work?(Room(size: size))
      work = nil
      done.signal()
    }
  }

  /// Runs work on a thread of its own and waits for it; on the caller's where there can be none.
  static func run<T>(_ work: (Room) -> T) -> T {
    withoutActuallyEscaping(work) { work in
      for size in sizes {
        let job = Job(size: size, work)
        guard start(size: size, { job.run() }) else { continue }
        job.done.wait()
        return job.value ?? work(Room(size: size))
      }
      return work(Room(size: leftHere))
    }
  }

  /// Starts a thread; false when the system gives none of that size.
  ///
  /// Foundation's threads do not say when they could not be started.
  private static func start(size: Int, _ body: @escaping @Sendable () -> Void) -> Bool {
    final class Box: Sendable {
      let body: @Sendable () -> Void
      init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return false }
    defer { pthread_attr_destroy(&attributes) }
    guard pthread_attr_setstacksize(&attributes, size) == 0,
      pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED)) == 0
    else { return false }
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Box(body))
    let result = pthread_create(
      &thread, &attributes,
      { box in
        if let box { Unmanaged<Box>.fromOpaque(box).takeRetainedValue().body() }
        return nil
      }, box.toOpaque())
    if result != 0 { box.release() }
    return result == 0
  }

  /// What the main thread's stack has left at least, and that of another.
  private static var leftHere: Int {
    guard Thread.isMainThread else { return 1 << 20 }
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_STACK.rawValue), &limit) == 0 else {
      return 1 << 20
    }
    // The program's own frames, its arguments and its environment lie above.
    return max(1 << 20, Int(min(limit.rlim_cur, 64 << 20)) - 1 << 20)
  }

  /// The address of this frame.
  @inline(never) fileprivate static var here: UInt {
    var mark: UInt8 = 0
    return withUnsafeMutablePointer(to: &mark) { UInt(bitPattern: $0) }
  }
}
