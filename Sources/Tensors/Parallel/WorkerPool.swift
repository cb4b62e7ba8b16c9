import Foundation
import Synchronization

/// A pool of threads that take the pieces of one job at a time.
///
/// Between jobs a worker watches for the next one for a short while (products follow each other
/// within microseconds during a forward pass), then sleeps until it is woken. The caller works too.
///
/// A job is announced by `gate`: a generation in the upper half, an open bit, and the number of
/// workers that entered. A worker enters by counting itself in while the bit is set; the caller
/// clears the bit when no piece is left, and then waits only for those that entered. So a worker
/// that wakes late neither delays the job nor ever sees a job that is over.
final class WorkerPool: Sendable {
  /// What the workers run: a closure that lives on the caller's stack until the job is over.
  private struct Job: @unchecked Sendable {
    var body: ((Int) -> Void)?
    var count = 0
    var threads = 0
  }

  private final class JobSlot: @unchecked Sendable {
    var job = Job()
  }

  private static let openBit: UInt64 = 1 << 31
  private static let enteredMask: UInt64 = openBit - 1
  private static let generationStep: UInt64 = 1 << 32

  private let slot = JobSlot()
  private let gate = Atomic<UInt64>(0)
  private let left = Atomic<UInt64>(0)
  private let next = Atomic<Int>(0)
  private let busy = Atomic<Bool>(false)
  private let started = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let bed = NSCondition()

  /// Calls `body` for each index below `count` on up to `threads` threads.
  func run(_ count: Int, threads: Int, _ body: (Int) -> Void) {
    let (free, _) = busy.compareExchange(
      expected: false, desired: true, ordering: .acquiring)
    guard free else {
      for index in 0..<count { body(index) }
      return
    }
    withoutActuallyEscaping(body) { body in
      start(min(threads, count) - 1)
      announce(Job(body: body, count: count, threads: min(threads, count)))
      takePieces(count, body)
      finish()
    }
    busy.store(false, ordering: .releasing)
  }

  private func announce(_ job: Job) {
    slot.job = job
    next.store(0, ordering: .relaxed)
    left.store(0, ordering: .relaxed)
    let generation = gate.load(ordering: .relaxed) & ~(Self.generationStep - 1)
    gate.store(
      (generation &+ Self.generationStep) | Self.openBit, ordering: .sequentiallyConsistent)
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 {
      bed.lock()
      bed.broadcast()
      bed.unlock()
    }
  }

  private func takePieces(_ count: Int, _ body: (Int) -> Void) {
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      if index >= count { return }
      body(index)
    }
  }

  private func finish() {
    let closed = gate.bitwiseAnd(~Self.openBit, ordering: .acquiringAndReleasing).oldValue
    let entered = closed & Self.enteredMask
    var turns = 0
    while left.load(ordering: .acquiring) != entered {
      turns += 1
      if turns & 0xFF == 0 { sched_yield() }
    }
    slot.job.body = nil
  }

  // MARK: Workers

  private func start(_ wanted: Int) {
    while started.load(ordering: .relaxed) < wanted {
      let number = started.wrappingAdd(1, ordering: .relaxed).newValue
      let thread = Thread { [self] in work(number) }
      thread.name = "sonde-worker"
      thread.stackSize = 1 << 20
      thread.start()
    }
  }

  private func work(_ number: Int) {
    var seen: UInt64 = 0
    while true {
      let state = awaitJob(after: seen)
      seen = state & ~(Self.generationStep - 1)
      enter(number, state)
    }
  }

  /// Counts this worker in and takes pieces, unless the job is over or wants fewer threads.
  private func enter(_ number: Int, _ announced: UInt64) {
    var state = announced
    while state & Self.openBit != 0, state >> 32 == announced >> 32 {
      let (exchanged, original) = gate.compareExchange(
        expected: state, desired: state + 1, ordering: .acquiringAndReleasing)
      if exchanged {
        help(number)
        left.wrappingAdd(1, ordering: .releasing)
        return
      }
      state = original
    }
  }

  /// Works on the open job.
  ///
  /// Never inlined, so that no reference to the caller's closure is left when it returns.
  @inline(never)
  private func help(_ number: Int) {
    let job = slot.job
    if number < job.threads, let body = job.body { takePieces(job.count, body) }
  }

  /// Returns the gate once it shows another generation than `seen`.
  private func awaitJob(after seen: UInt64) -> UInt64 {
    let patience = 20_000
    for turn in 1...patience {
      let state = gate.load(ordering: .acquiring)
      if state & ~(Self.generationStep - 1) != seen { return state }
      if turn & 0xFF == 0 { sched_yield() }
    }
    bed.lock()
    defer { bed.unlock() }
    while true {
      sleepers.wrappingAdd(1, ordering: .sequentiallyConsistent)
      let state = gate.load(ordering: .sequentiallyConsistent)
      if state & ~(Self.generationStep - 1) != seen {
        sleepers.wrappingSubtract(1, ordering: .sequentiallyConsistent)
        return state
      }
      bed.wait()
      sleepers.wrappingSubtract(1, ordering: .sequentiallyConsistent)
    }
  }
}
