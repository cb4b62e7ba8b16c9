/// A regular expression as instructions for `PatternMatcher`.
struct PatternProgram: Sendable {
  enum Instruction: Sendable {
    /// Consumes one scalar of a set.
    case set(Int)
    /// Consumes a run of scalars of a set, giving some back as needed.
    case run(set: Int, minimum: Int, maximum: Int)
    /// Consumes as long a run as possible and gives nothing back.
    case possessiveRun(set: Int, minimum: Int, maximum: Int)
    case jump(Int)
    /// Goes on at the first address, and at the second if that fails.
    case branch(Int, Int)
    /// Remembers the position in a slot; the round of a loop that began there ends at `leaveIfStuck`.
    case mark(slot: Int)
    /// Fails to go round again when the round consumed nothing: jumps to `exit`.
    case leaveIfStuck(slot: Int, exit: Int)
    /// Runs the instructions that follow, up to their `accept`, as a look; goes on at `exit`.
    case look(behind: [Int]?, negated: Bool, exit: Int)
    /// Runs the instructions that follow, up to their `accept`, without coming back into them.
    case atomic(exit: Int)
    case anchor(PatternAnchor)
    case accept
  }

  /// Longer programs come only from repetitions of repetitions made to be long.
  private static let lengthBound = 20_000

  private(set) var instructions: [Instruction] = []
  private(set) var sets: [ScalarSet] = []
  private(set) var slots = 0

  init(_ node: PatternNode) throws(PatternError) {
    try emit(node)
    instructions.append(.accept)
  }

  private mutating func append(_ instruction: Instruction) throws(PatternError) -> Int {
    guard instructions.count < Self.lengthBound else {
      throw .unsupported("an expression with repetitions of repetitions that long")
    }
    instructions.append(instruction)
    return instructions.count - 1
  }

  private mutating func emit(_ node: PatternNode) throws(PatternError) {
    switch node {
    case .set(let set):
      _ = try append(.set(index(of: set)))
    case .sequence(let nodes):
      for node in nodes { try emit(node) }
    case .alternation(let branches):
      try emitAlternation(branches)
    case .repetition(let body, let repetition):
      try emitRepetition(body, repetition)
    case .look(let body, let behind, let negated):
      var lengths: [Int]?
      if behind {
        guard let fixed = body.fixedLengths else {
          throw .unsupported("a look-behind of varying length")
        }
        lengths = fixed.sorted()
      }
      let start = try append(.accept)
      try emitEnclosed(body)
      instructions[start] = .look(behind: lengths, negated: negated, exit: instructions.count)
    case .atomic(let body):
      let start = try append(.accept)
      try emitEnclosed(body)
      instructions[start] = .atomic(exit: instructions.count)
    case .anchor(let anchor):
      _ = try append(.anchor(anchor))
    }
  }

  private mutating func index(of set: ScalarSet) -> Int {
    sets.append(set)
    return sets.count - 1
  }

  private mutating func emitEnclosed(_ body: PatternNode) throws(PatternError) {
    try emit(body)
    _ = try append(.accept)
  }

  private mutating func emitAlternation(_ branches: [PatternNode]) throws(PatternError) {
    var jumps: [Int] = []
    for (index, branch) in branches.enumerated() {
      guard index < branches.count - 1 else {
        try emit(branch)
        break
      }
      let fork = try append(.accept)
      try emit(branch)
      jumps.append(try append(.accept))
      instructions[fork] = .branch(fork + 1, instructions.count)
    }
    for jump in jumps {
      instructions[jump] = .jump(instructions.count)
    }
  }

  private mutating func emitRepetition(
    _ body: PatternNode, _ repetition: PatternNode.Repetition
  ) throws(PatternError) {
    if case .set(let set) = body, repetition.manner != .lazy {
      let (minimum, maximum) = (repetition.minimum, repetition.maximum ?? Int.max)
      let set = index(of: set)
      _ = try append(
        repetition.manner == .greedy
          ? .run(set: set, minimum: minimum, maximum: maximum)
          : .possessiveRun(set: set, minimum: minimum, maximum: maximum))
      return
    }
    if repetition.manner == .possessive {
      var greedy = repetition
      greedy.manner = .greedy
      return try emit(.atomic(.repetition(body, greedy)))
    }
    for _ in 0..<repetition.minimum {
      try emit(body)
    }
    let isLazy = repetition.manner == .lazy
    if let maximum = repetition.maximum {
      try emitOptional(body, times: maximum - repetition.minimum, isLazy: isLazy)
    } else {
      try emitLoop(body, isLazy: isLazy)
    }
  }

  private mutating func emitOptional(
    _ body: PatternNode, times: Int, isLazy: Bool
  ) throws(PatternError) {
    var forks: [Int] = []
    for _ in 0..<times {
      forks.append(try append(.accept))
      try emit(body)
    }
    for fork in forks {
      instructions[fork] =
        isLazy ? .branch(instructions.count, fork + 1) : .branch(fork + 1, instructions.count)
    }
  }

  private mutating func emitLoop(_ body: PatternNode, isLazy: Bool) throws(PatternError) {
    let slot = slots
    slots += 1
    let fork = try append(.accept)
    _ = try append(.mark(slot: slot))
    try emit(body)
    let check = try append(.accept)
    _ = try append(.jump(fork))
    let exit = instructions.count
    instructions[check] = .leaveIfStuck(slot: slot, exit: exit)
    instructions[fork] = isLazy ? .branch(exit, fork + 1) : .branch(fork + 1, exit)
  }
}
