/// The scalars that one place of a regular expression accepts.
struct ScalarSet: Sendable {
  /// What a set is put together from.
  indirect enum Element: Sendable {
    case range(ClosedRange<UInt32>)
    case property(ScalarProperty, negated: Bool)
    case nested(ScalarSet)
  }

  private let elements: [Element]
  private let negated: Bool
  /// Sets that a scalar must be in as well (`[…&&…]`).
  private let narrowedBy: [ScalarSet]
  private let ignoresCase: Bool
  /// The answers for ASCII, which most text is.
  private var ascii: (UInt64, UInt64) = (0, 0)

  init(
    _ elements: [Element], negated: Bool = false, narrowedBy: [ScalarSet] = [],
    ignoresCase: Bool = false
  ) {
    self.elements = elements
    self.negated = negated
    self.narrowedBy = narrowedBy
    self.ignoresCase = ignoresCase
    for value in 0..<UInt8(64) {
      if decide(Unicode.Scalar(value)) { ascii.0 |= 1 << UInt64(value) }
      if decide(Unicode.Scalar(value + 64)) { ascii.1 |= 1 << UInt64(value) }
    }
  }

  /// The set of one scalar.
  init(_ scalar: Unicode.Scalar, ignoresCase: Bool) {
    self.init([.range(scalar.value...scalar.value)], ignoresCase: ignoresCase)
  }

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    if value < 64 { return ascii.0 >> UInt64(value) & 1 == 1 }
    if value < 128 { return ascii.1 >> UInt64(value - 64) & 1 == 1 }
    return decide(scalar)
  }

  private func decide(_ scalar: Unicode.Scalar) -> Bool {
    let isListed =
      lists(scalar) || (ignoresCase && Self.variants(of: scalar).contains(where: lists))
    return (isListed && narrowedBy.allSatisfy { $0.contains(scalar) }) != negated
  }

  private func lists(_ scalar: Unicode.Scalar) -> Bool {
    elements.contains { element in
      switch element {
      case .range(let range): range.contains(scalar.value)
      case .property(let property, let negated): property.includes(scalar) != negated
      case .nested(let set): set.contains(scalar)
      }
    }
  }

  /// The scalars that `scalar` equals when case is ignored, as far as they are single scalars.
  private static func variants(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    // Turkish dotless i has no other case outside Turkish.
    guard scalar.value != 0x131 else { return [] }
    let properties = scalar.properties
    let upper = properties.uppercaseMapping.unicodeScalars
    let lower = properties.lowercaseMapping.unicodeScalars
    var variants: [Unicode.Scalar] = []
    if upper.count == 1, let first = upper.first {
      variants.append(first)
      let lowered = first.properties.lowercaseMapping.unicodeScalars
      if lowered.count == 1 { variants.append(contentsOf: lowered) }
    }
    if lower.count == 1, let first = lower.first {
      variants.append(first)
    }
    return variants
  }
}
