import Faults
import Tensors
import Transformers

/// Examples of several steps at once, sorted so that those of one step are of like length: padding
/// costs as much as text.
struct LengthGroups<Item> {
  private static var stepsTogether: Int { 8 }

  private let rows: Int
  private let draws: Draws
  private let make: (_ draw: UInt64, _ count: Int) throws(Fault) -> [Item]
  private let length: (Item) -> Int
  private var known: (group: Int, steps: [[Item]])?

  /// - Parameter make: The first so many items of a draw.
  init(
    rows: Int, draws: Draws, length: @escaping (Item) -> Int,
    make: @escaping (_ draw: UInt64, _ count: Int) throws(Fault) -> [Item]
  ) {
    self.rows = rows
    self.draws = draws
    self.length = length
    self.make = make
  }

  /// The items of a step.
  mutating func items(step: Int) throws(Fault) -> [Item] {
    let group = step / Self.stepsTogether
    if let known, known.group == group { return known.steps[step % Self.stepsTogether] }
    let items = try make(draws.number("texts", step: group), rows * Self.stepsTogether)
    let sorted = items.enumerated().sorted {
      (length($0.element), $0.offset) < (length($1.element), $1.offset)
    }.map(\.element)
    var generator = draws.generator("order", step: group)
    var steps = (0..<Self.stepsTogether).map { Array(sorted[$0 * rows..<($0 + 1) * rows]) }
    steps.shuffle(using: &generator)
    known = (group, steps)
    return steps[step % Self.stepsTogether]
  }
}
