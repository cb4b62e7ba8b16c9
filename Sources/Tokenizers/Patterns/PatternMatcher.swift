/// Searches text with a `PatternProgram`: backtracking, leftmost, first alternative first.
struct PatternMatcher {
  /// Where to go on when the present attempt fails.
  private enum Choice {
    case resume(address: Int, position: Int)
    /// A run that may still give back scalars down to `low`.
    case shorten(address: Int, low: Int, high: Int)
    /// Puts a slot back to what it was.
    case restore(slot: Int, value: Int)
  }

  private let program: PatternProgram
  private let scalars: [Unicode.Scalar]
  private let range: Range<Int>
  private var choices: [Choice] = []
  private var slots: [Int]
  /// Steps that are left; real patterns take a few for each scalar.
  private var budget: Int

  init(_ program: PatternProgram, _ scalars: [Unicode.Scalar], _ range: Range<Int>) {
    self.program = program
    self.scalars = scalars
    self.range = range
    slots = [Int](repeating: -1, count: program.slots)
    budget = 1_000_000 + 200 * range.count
  }

  /// All matches, or nil when the budget is spent.
  ///
  /// An empty match right behind another match does
  /// not count.
  mutating func allMatches() -> [Range<Int>]? {
    var matches: [Range<Int>] = []
    var position = range.lowerBound
    while position <= range.upperBound {
      let end = match(at: position)
      guard budget > 0 else { return nil }
      if let end, end > position || matches.last?.upperBound != position {
        matches.append(position..<end)
        position = end > position ? end : position + 1
      } else {
        position += 1
      }
    }
    return matches
  }

  private mutating func match(at position: Int) -> Int? {
    choices.removeAll(keepingCapacity: true)
    return run(from: 0, at: position)
  }

  /// Runs from `address` to its `accept`; gives the position reached there.
  private mutating func run(from address: Int, at start: Int) -> Int? {
    let base = choices.count
    defer { unwind(to: base) }
    var address = address
    var position = start
    while true {
      budget -= 1
      guard budget > 0 else { return nil }
      if case .accept = program.instructions[address] { return position }
      if let next = step(address, &position) {
        address = next
      } else {
        guard let resumed = backtrack(base) else { return nil }
        (address, position) = resumed
      }
    }
  }

  /// Carries out one instruction; gives the address to go on at, or nil when it fails.
  private mutating func step(_ address: Int, _ position: inout Int) -> Int? {
    switch program.instructions[address] {
    case .set(let set):
      guard position < range.upperBound, program.sets[set].contains(scalars[position]) else {
        return nil
      }
      position += 1
    case .run(let set, let minimum, let maximum):
      let low = position + minimum
      position = endOfRun(of: set, from: position, atMost: maximum)
      guard position >= low else { return nil }
      if position > low {
        choices.append(.shorten(address: address + 1, low: low, high: position))
      }
    case .possessiveRun(let set, let minimum, let maximum):
      let low = position + minimum
      position = endOfRun(of: set, from: position, atMost: maximum)
      guard position >= low else { return nil }
    case .jump(let target):
      return target
    case .branch(let first, let second):
      choices.append(.resume(address: second, position: position))
      return first
    case .mark(let slot):
      choices.append(.restore(slot: slot, value: slots[slot]))
      slots[slot] = position
    case .leaveIfStuck(let slot, let exit):
      if slots[slot] == position { return exit }
    case .look(let lengths, let negated, let exit):
      let isSeen = look(from: address + 1, at: position, lengths)
      return isSeen != negated ? exit : nil
    case .atomic(let exit):
      guard let end = run(from: address + 1, at: position) else { return nil }
      position = end
      return exit
    case .anchor(let anchor):
      guard holds(anchor, at: position) else { return nil }
    case .accept:
      return nil
    }
    return address + 1
  }

  private mutating func backtrack(_ base: Int) -> (address: Int, position: Int)? {
    while choices.count > base, let choice = choices.popLast() {
      switch choice {
      case .resume(let address, let position):
        return (address, position)
      case .shorten(let address, let low, let high):
        if high - 1 > low {
          choices.append(.shorten(address: address, low: low, high: high - 1))
        }
        return (address, high - 1)
      case .restore(let slot, let value):
        slots[slot] = value
      }
    }
    return nil
  }

  /// Drops the choices above `base`, putting slots back.
  private mutating func unwind(to base: Int) {
    while choices.count > base, let choice = choices.popLast() {
      if case .restore(let slot, let value) = choice { slots[slot] = value }
    }
  }

  private mutating func endOfRun(of set: Int, from start: Int, atMost maximum: Int) -> Int {
    let limit = maximum < range.upperBound - start ? start + maximum : range.upperBound
    var end = start
    while end < limit, program.sets[set].contains(scalars[end]) {
      end += 1
    }
    budget -= (end - start) / 4
    return end
  }

  private mutating func look(from address: Int, at position: Int, _ lengths: [Int]?) -> Bool {
    guard let lengths else { return run(from: address, at: position) != nil }
    for length in lengths where position - length >= range.lowerBound {
      if run(from: address, at: position - length) == position { return true }
    }
    return false
  }

  private func holds(_ anchor: PatternAnchor, at position: Int) -> Bool {
    let isStart = position == range.lowerBound
    let isEnd = position == range.upperBound
    switch anchor {
    case .textStart: return isStart
    case .textEnd: return isEnd
    case .textEndOrLastNewline:
      return isEnd || (position == range.upperBound - 1 && scalars[position] == "\n")
    case .lineStart: return isStart || (!isEnd && scalars[position - 1] == "\n")
    case .lineEnd: return isEnd || scalars[position] == "\n"
    case .wordBoundary, .noWordBoundary:
      let before = !isStart && scalars[position - 1].isPatternWord
      let after = !isEnd && scalars[position].isPatternWord
      return (before != after) == (anchor == .wordBoundary)
    }
  }
}
