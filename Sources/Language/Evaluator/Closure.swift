import Foundation

/// A function or a block together with what it found outside when it was made.
final class Closure: @unchecked Sendable {
  let code: FunctionNode
  /// The call inside which a block was made, for its `return`.
  let home: Frame?
  private(set) var captures: [Cell]
  private let reaper: Reaper

  init(_ code: FunctionNode, captures: [Cell], home: Frame?, reaper: Reaper) {
    self.code = code
    self.captures = captures
    self.home = home
    self.reaper = reaper
  }

  deinit { if !captures.isEmpty { reaper.release(&captures) } }
}

/// Lets go of what closures hold one after another.
///
/// A chain of closures that each hold the next would otherwise be freed by as many nested calls
/// as it is long, and overflow the stack.
final class Reaper: @unchecked Sendable {
  private let lock = NSLock()
  private var waiting: [[Cell]] = []
  private var isReleasing = false

  /// Frees cells, now or, when a release is under way, after it.
  func release(_ cells: inout [Cell]) {
    lock.lock()
    waiting.append(cells)
    cells = []
    let isOutermost = !isReleasing
    isReleasing = true
    lock.unlock()
    if isOutermost { drain() }
  }

  private func drain() {
    while true {
      lock.lock()
      var next = waiting.popLast()
      if next == nil { isReleasing = false }
      lock.unlock()
      if next == nil { return }
      next = nil
    }
  }
}
