import Foundation

/// Runs work on a thread whose stack is deep enough for the deepest code and calls.
enum DeepStack {
  /// Room for a thousand calls of functions of the deepest code, also in a debug build.
  ///
  /// It is address space: only what is used takes memory.
  private static let size = 1 << 30

  private final class Job<T>: @unchecked Sendable {
    private var work: (() -> T)?
    private(set) var value: T?
    let done = DispatchSemaphore(value: 0)

    init(_ work: @escaping () -> T) { self.work = work }

    /// Does the work and lets go of it, before the one who waits goes on.
    func run() {
      value = work?()
      work = nil
      done.signal()
    }
  }

  /// Runs work on a thread of its own and waits for it.
  static func run<T>(_ work: () -> T) -> T {
    withoutActuallyEscaping(work) { work in
      let job = Job(work)
      let thread = Thread { job.run() }
      thread.stackSize = size
      thread.start()
      job.done.wait()
      return job.value ?? work()
    }
  }
}
