import Foundation
import Language

/// Numbers that stand under one another: written with the same number of places behind the point.
enum NumberColumn {
  /// The texts of `values`, about `digits` significant digits for the greatest.
  ///
  /// A number that would print as zero without being it is written with an exponent.
  static func texts(
    _ values: [Double], digits: Int = 4, keepsTiny: Bool = true
  ) -> [String] {
    let finite = values.filter(\.isFinite).map(abs)
    let greatest = finite.max() ?? 0
    let areWhole = finite.allSatisfy { $0 == $0.rounded() && $0 < 1e15 }
    if areWhole || greatest >= 1e7 || greatest < 1e-3 {
      return values.map { NumberText.rounded($0, digits: digits) }
    }
    let whole = greatest < 1 ? 0 : Int(log10(greatest).rounded(.down)) + 1
    let places = max(1, digits - whole)
    let least = 0.5 * pow(10, -Double(places))
    return values.map { value in
      guard value.isFinite, value == 0 || abs(value) >= least || !keepsTiny else {
        return NumberText.rounded(value, digits: 2)
      }
      let text = String(format: "%.\(places)f", value)
      return abs(value) < least && text.hasPrefix("-") ? String(text.dropFirst()) : text
    }
  }

  /// The texts of a map's cells: short, and `0` for what is exactly zero, such as a masked weight.
  static func cells(_ values: [Double]) -> [String] {
    let isSmall = values.allSatisfy { !$0.isFinite || abs($0) < 0.9995 }
    let texts = texts(values, digits: isSmall ? 2 : 3, keepsTiny: false)
    return zip(values, texts).map { value, text in
      value.isFinite ? (value == 0 ? "0" : text) : mark(value)
    }
  }

  /// The sign for a number that is not finite in a small cell.
  static func mark(_ value: Double) -> String {
    value.isNaN ? "NaN" : value < 0 ? "-∞" : "∞"
  }
}
