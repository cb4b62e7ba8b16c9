import Foundation
import Synchronization
import Testing

@testable import Tensors

@Suite struct WorkersTests {
  final class Counter: Sendable {
    private let value = Atomic<Int>(0)

    var count: Int { value.load(ordering: .relaxed) }

    func next() -> Int { value.wrappingAdd(1, ordering: .relaxed).newValue }
  }

  @Test(arguments: [0, 1, 2, 3, 100, 1000])
  func everyPieceRunsOnce(count: Int) {
    let calls = Mutex([Int](repeating: 0, count: count))
    for _ in 0..<50 { Workers.parallel(count) { index in calls.withLock { $0[index] += 1 } } }
    #expect(calls.withLock { $0 } == [Int](repeating: 50, count: count))
  }

  @Test func callsMayNestAndOverlap() {
    let total = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      Workers.parallel(10) { _ in
        Workers.parallel(10) { _ in total.add(1, ordering: .relaxed) }
      }
    }
    #expect(total.load(ordering: .relaxed) == 800)
  }

  @Test func workersSleepAndWakeAgain() {
    let total = Atomic<Int>(0)
    for _ in 0..<5 {
      Workers.parallel(4) { _ in total.add(1, ordering: .relaxed) }
      Thread.sleep(forTimeInterval: 0.02)
    }
    #expect(total.load(ordering: .relaxed) == 20)
  }

  @Test func piecesCoverTheWholeRange() {
    for total in [0, 1, 15, 16, 17, 1000] {
      let covered = Mutex([Int](repeating: 0, count: total))
      Workers.split(total, work: 1 << 20, step: 16) { part in
        #expect(part.lowerBound % 16 == 0)
        covered.withLock { for index in part { $0[index] += 1 } }
      }
      #expect(covered.withLock { $0 } == [Int](repeating: 1, count: total))
    }
  }

  /// The hook itself belongs to the whole process, other tests included, so it is handed in here.
  @Test func cancelledPiecesAreLeftOut() {
    let (asked, ran) = (Counter(), Counter())
    let stopAfterThree: Workers.Cancellation = {
      asked.next() > 3
    }
    Workers.runCancellable(20, asking: stopAfterThree) { _ in _ = ran.next() }
    #expect(asked.count == 20)
    #expect(ran.count == 3)
    Workers.runCancellable(20, asking: nil) { _ in _ = ran.next() }
    #expect(ran.count == 23)
  }
}
