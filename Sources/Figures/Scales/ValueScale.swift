import Foundation
import Language

/// From numbers to places between 0 and 1.
struct ValueScale: Hashable {
  let low: Double
  let high: Double

  /// The scale of some numbers; those that are not finite do not count.
  ///
  /// A diverging scale is as long on either side of zero. A sequential one begins at zero when the
  /// numbers come near it.
  init(_ values: some Sequence<Double>, kind: Figure.Scale) {
    var least = Double.infinity
    var greatest = -Double.infinity
    for value in values where value.isFinite {
      least = min(least, value)
      greatest = max(greatest, value)
    }
    guard least <= greatest else {
      (low, high) = (kind == .diverging ? -1 : 0, 1)
      return
    }
    switch kind {
    case .diverging:
      let reach = max(abs(least), abs(greatest))
      (low, high) = reach > 0 ? (-reach, reach) : (-1, 1)
    case .sequential:
      let start = least > 0 && least < greatest / 4 ? 0 : least
      (low, high) = (start, greatest)
    }
  }

  /// A scale from one number to another.
  init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// The place of a number: 0 at the low end, 1 at the high one; NaN for what is not finite.
  func place(_ value: Double) -> Double {
    guard value.isFinite else { return .nan }
    // Halves keep the width finite where the ends lie at the edge of float64.
    let width = high / 2 - low / 2
    return width > 0 ? (value / 2 - low / 2) / width : 0.5
  }

  /// The number at a place.
  func value(at place: Double) -> Double { low * (1 - place) + high * place }
}

/// Round numbers along an axis.
enum Ticks {
  /// About `count` multiples of 1, 2 or 5 times a power of ten that lie from `low` to `high`.
  static func between(_ low: Double, _ high: Double, about count: Int) -> [Double] {
    let width = high - low
    guard width.isFinite, width > 0, count > 0 else { return [low] }
    let rough = width / Double(count)
    let power = pow(10, log10(rough).rounded(.down))
    guard power > 0, power.isFinite else { return [low, high] }
    let step = ([1.0, 2, 5, 10].first { $0 * power >= rough * 0.999 } ?? 10) * power
    let first = (low / step - 1e-9).rounded(.up)
    let last = (high / step + 1e-9).rounded(.down)
    guard last >= first, last - first < 1_000 else { return [low, high] }
    return stride(from: first, through: last, by: 1).map { $0 == 0 ? 0 : $0 * step }
  }
}
