import Synchronization

/// A flag that asks running code to stop.
///
/// Any thread, and a signal handler, may set it.
public final class Interruption: Sendable {
  private let flag = Atomic<Bool>(false)

  /// Makes a flag that is not set.
  public init() {}

  /// Whether stopping was asked for.
  public var isRequested: Bool { flag.load(ordering: .relaxed) }

  /// Asks to stop.
  public func request() { flag.store(true, ordering: .relaxed) }

  /// Forgets the request.
  public func clear() { flag.store(false, ordering: .relaxed) }

  /// Fails as interrupted when stopping was asked for.
  public func check() throws(Failure) {
    if isRequested { throw .interrupted }
  }
}
