import Synchronization
import Tensors

/// The rotary tables of one model: a table is made once, whichever blocks, precisions and sets of
/// numbers use it.
final class RotaryTables: Sendable {
  private let tables = Mutex<(single: Tables<Float>, double: Tables<Double>)>(([:], [:]))

  private typealias Tables<Element: Scalar> = [RotaryDescription: RotaryTable<Element>]

  /// A rotation whose base grows has a table for every length: more are not kept.
  private static let limit = 16

  /// The table of a rotation in rows of so many tokens.
  func table<Element: Scalar>(_ rotary: RotaryDescription, length: Int) -> RotaryTable<Element> {
    let rotary = rotary.fitted(to: length)
    let known = tables.withLock { tables in
      tables.single[rotary] as? RotaryTable<Element>
        ?? tables.double[rotary] as? RotaryTable<Element>
    }
    if let known { return known }
    let table = RotaryTable<Element>(
      rotaryWidth: rotary.width, inverseFrequencies: rotary.inverseFrequencies,
      attentionScale: rotary.attentionScale,
      layout: rotary.isInterleaved ? .interleaved : .halves)
    tables.withLock { tables in
      if let table = table as? RotaryTable<Float> { Self.keep(table, rotary, in: &tables.single) }
      if let table = table as? RotaryTable<Double> { Self.keep(table, rotary, in: &tables.double) }
    }
    return table
  }

  private static func keep<Element: Scalar>(
    _ table: RotaryTable<Element>, _ rotary: RotaryDescription, in tables: inout Tables<Element>
  ) {
    if tables.count == limit { tables = [:] }
    tables[rotary] = table
  }
}

/// The rotation of a block's queries and keys, with its tables.
struct RotaryWeights<Element: Scalar>: Sendable {
  private let description: RotaryDescription
  private let tables: RotaryTables
  /// The table of short rows.
  private let plain: RotaryTable<Element>

  /// A rotation whose tables are shared.
  init(_ description: RotaryDescription, _ tables: RotaryTables) {
    self.description = description
    self.tables = tables
    plain = tables.table(description, length: 0)
  }

  /// The tables by which rows of these lengths turn, each with the rows for which it holds.
  func tables(forLengths lengths: [Int]) -> [(table: RotaryTable<Element>, holds: [Bool])] {
    if description.growth == .none { return [(plain, lengths.map { _ in true })] }
    let fitted = lengths.map(description.fitted)
    return Set(fitted).map { rotary in
      (tables.table(rotary, length: 0), fitted.map { $0 == rotary })
    }
  }
}
