import Synchronization
import Tensors

/// The rotary tables of one model: a table is made once, whichever blocks, precisions and sets of
/// numbers use it.
final class RotaryTables: Sendable {
  private let tables = Mutex<(single: Tables<Float>, double: Tables<Double>)>(([:], [:]))

  private typealias Tables<Element: Scalar> = [RotaryDescription: RotaryTable<Element>]

  /// The table of a rotation.
  func table<Element: Scalar>(_ rotary: RotaryDescription) -> RotaryTable<Element> {
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
      if let table = table as? RotaryTable<Float> { tables.single[rotary] = table }
      if let table = table as? RotaryTable<Double> { tables.double[rotary] = table }
    }
    return table
  }
}
