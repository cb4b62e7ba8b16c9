import Foundation

/// Composes decomposed text again (the second half of NFC and NFKC).
struct CanonicalComposer {
  /// A scalar that waits for marks to compose with, and the change that it makes.
  private var starter: RewrittenScalar?
  /// Marks behind the starter that did not compose with it.
  private var marks: [RewrittenScalar] = []
  private var result: [RewrittenScalar] = []
  private var known: [Pair: Unicode.Scalar?] = [:]

  private struct Pair: Hashable {
    var first: Unicode.Scalar
    var second: Unicode.Scalar
  }

  /// Composes scalars that are in canonical order.
  static func compose(_ scalars: [RewrittenScalar]) -> [RewrittenScalar] {
    var composer = CanonicalComposer()
    composer.result.reserveCapacity(scalars.count)
    for scalar in scalars {
      composer.take(scalar)
    }
    composer.flush()
    return composer.result
  }

  private mutating func take(_ item: RewrittenScalar) {
    guard let current = starter else {
      if item.scalar.combiningClass11 == 0 {
        starter = item
      } else {
        result.append(item)
      }
      return
    }
    // A mark is blocked by an earlier one of the same or a higher class.
    let lastClass = marks.last?.scalar.combiningClass11
    let isBlocked = lastClass.map { $0 >= item.scalar.combiningClass11 } ?? false
    if !isBlocked, let composed = compose(current.scalar, item.scalar) {
      starter = RewrittenScalar(scalar: composed, change: current.change + item.change - 1)
    } else if item.scalar.combiningClass11 == 0 {
      flush()
      starter = item
    } else {
      marks.append(item)
    }
  }

  private mutating func flush() {
    if let starter { result.append(starter) }
    result.append(contentsOf: marks)
    starter = nil
    marks.removeAll(keepingCapacity: true)
  }

  /// The scalar that two compose to, if there is one.
  private mutating func compose(
    _ first: Unicode.Scalar, _ second: Unicode.Scalar
  ) -> Unicode.Scalar? {
    guard second.value >= 0x300 else { return nil }
    let pair = Pair(first: first, second: second)
    if let composed = known[pair] { return composed }
    var text = String(first)
    text.unicodeScalars.append(second)
    // Foundation does not compose further what is composed already, so it starts from scratch.
    let decomposed = text.decomposedStringWithCanonicalMapping
    let scalars = decomposed.precomposedStringWithCanonicalMapping.unicodeScalars
    let composed = scalars.count == 1 ? scalars.first : nil
    known[pair] = .some(composed)
    return composed
  }
}
