import Synchronization
import Tensors

extension Workers {
  /// What `body` answers for each index below `count`, in order; on all threads.
  static func map<Answer: Sendable>(
    _ count: Int, _ body: @Sendable (Int) -> Answer
  ) -> [Answer] {
    let answers = Mutex([Answer?](repeating: nil, count: count))
    parallel(count) { index in
      let answer = body(index)
      answers.withLock { $0[index] = answer }
    }
    return answers.withLock { $0.compactMap { $0 } }
  }
}
