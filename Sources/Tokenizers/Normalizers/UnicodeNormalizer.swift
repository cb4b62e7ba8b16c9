import Foundation

/// Unicode normalisation (NFD, NFC, NFKD, NFKC) that keeps track of the source.
///
/// The mappings are Foundation's, for the scalars of Unicode 11.
struct UnicodeNormalizer: Normalizer {
  /// The four forms.
  enum Form: Sendable {
    case canonicalDecomposition, canonicalComposition
    case compatibilityDecomposition, compatibilityComposition
  }

  let form: Form

  private var isCompatible: Bool {
    form == .compatibilityDecomposition || form == .compatibilityComposition
  }

  private var composes: Bool {
    form == .canonicalComposition || form == .compatibilityComposition
  }

  func normalize(_ text: inout AlignedText) throws(TokenizerError) {
    guard text.scalars.contains(where: { !$0.isASCII }) else { return }
    var decomposed = decompose(text.scalars)
    if composes {
      decomposed = CanonicalComposer.compose(decomposed)
    }
    text.rewrite(decomposed)
  }

  /// Decomposes every scalar and puts runs of marks into canonical order.
  private func decompose(_ scalars: [Unicode.Scalar]) -> [RewrittenScalar] {
    var decomposer = ScalarDecomposer(isCompatible: isCompatible)
    var result: [RewrittenScalar] = []
    result.reserveCapacity(scalars.count)
    var marksStart = 0
    for scalar in scalars {
      for (index, part) in decomposer.decompose(scalar).enumerated() {
        if part.combiningClass11 == 0 {
          Self.order(&result, from: marksStart)
          marksStart = result.count + 1
        }
        result.append(RewrittenScalar(scalar: part, change: index == 0 ? 0 : 1))
      }
    }
    Self.order(&result, from: marksStart)
    return result
  }

  /// Sorts the marks at the end by combining class, keeping the order within a class.
  private static func order(_ scalars: inout [RewrittenScalar], from start: Int) {
    guard scalars.count - start > 1 else { return }
    let marks = scalars[start...].enumerated().sorted {
      let (left, right) = ($0.element.scalar.combiningClass11, $1.element.scalar.combiningClass11)
      return (left, $0.offset) < (right, $1.offset)
    }
    scalars.replaceSubrange(start..., with: marks.map(\.element))
  }
}

/// Decomposes scalars one at a time, remembering what was decomposed before.
private struct ScalarDecomposer {
  let isCompatible: Bool
  private var known: [Unicode.Scalar: [Unicode.Scalar]] = [:]

  init(isCompatible: Bool) {
    self.isCompatible = isCompatible
  }

  mutating func decompose(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    guard scalar.value >= 0xA0 else { return [scalar] }
    if let parts = known[scalar] { return parts }
    guard scalar.isAssigned(in: 11) else { return [scalar] }
    let text = String(scalar)
    let decomposed =
      isCompatible
      ? text.decomposedStringWithCompatibilityMapping : text.decomposedStringWithCanonicalMapping
    let parts = Array(decomposed.unicodeScalars)
    known[scalar] = parts
    return parts
  }
}
