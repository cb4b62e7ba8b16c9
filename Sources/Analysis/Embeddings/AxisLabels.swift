import Faults
import Foundation
import Tensors
import Transformers

/// What is known of sampled tokens.
struct AxisLabels {
  let positions: [Int]
  let ids: [Int]
  /// How often each id occurs.
  let counts: [Int: Int]
  /// Names of classes with the class of each token.
  let classes: [(name: String, values: [String?])]

  var all: [AxisSample.Label] {
    var labels = [
      AxisSample.Label(name: "position", values: Self.column(positions.map(Double.init))),
      AxisSample.Label(
        name: "frequency", values: Self.column(ids.map { log(Double(counts[$0] ?? 1)) })),
    ]
    for (name, values) in classes {
      if let indicators = Self.indicators(values) {
        labels.append(AxisSample.Label(name: name, values: indicators))
      }
    }
    return labels
  }

  private static func column(_ values: [Double]) -> Matrix {
    Matrix(rows: values.count, columns: 1, values)
  }

  /// A column for each class that at least five tokens have and not all; nil for fewer than two
  /// classes.
  private static func indicators(_ values: [String?]) -> Matrix? {
    let counts = Dictionary(grouping: values.compactMap { $0 }, by: { $0 }).mapValues(\.count)
    let classes = counts.filter { $0.value >= 5 && $0.value < values.count }.keys.sorted()
    guard counts.count > 1, !classes.isEmpty else { return nil }
    return Matrix(
      rows: values.count, columns: classes.count,
      values.flatMap { value in classes.map { $0 == value ? 1.0 : 0 } })
  }
}

extension AxisSample {
  /// Draws tokens of what was gathered; each site is a point.
  ///
  /// - Parameter finite: The tokens to draw from.
  /// - Throws: `Fault` when there are fewer than three tokens, and when sites have vectors of
  ///   different lengths.
  public init(
    _ activations: Activations, _ finite: FiniteTokens, tokens: Int, seed: UInt64
  ) throws(Fault) {
    guard finite.places.count > 2 else {
      throw Fault(
        "too-few", "\(finite.places.count) tokens are too few to say anything of axes",
        help: "gather more text")
    }
    guard Set(activations.sites.map(\.width)).count == 1 else {
      throw Fault(
        "wrong-numbers", "the sites have vectors of different lengths",
        help: "pick those of one kind, such as   a[L*.resid.post]")
    }
    var generator = SeededGenerator(seed: seed, name: "tokens of an axis sample")
    let chosen = generator.sample(tokens, of: finite.places.count).map { finite.places[$0] }
    let picked = activations.picking(chosen)
    var counts: [Int: Int] = [:]
    for token in activations.tokens { counts[token.id, default: 0] += 1 }
    let labels = AxisLabels(
      positions: picked.tokens.map(\.position), ids: picked.tokens.map(\.id), counts: counts,
      classes: [("part of speech", picked.tokens.map { $0.word?.partOfSpeech })])
    let texts = Set(activations.tokens.map(\.text)).sorted()
    let rows = Dictionary(uniqueKeysWithValues: zip(texts, texts.indices))
    self.init(
      points: picked.sites.map { Point(gathered: $0.address) },
      vectors: picked.sites.map { site in
        Matrix(rows: chosen.count, columns: site.width, site.values.doubles)
      }, rows: picked.tokens.compactMap { rows[$0.text] },
      rowCount: texts.count, labels: labels.all)
  }
}

extension AxisSample.Point {
  /// The point of a gathered site.
  fileprivate init(gathered address: Address) {
    name = address.description
    sites = []
    let layer = address.layers?.single
    switch address.part {
    case .resid(.pre), .embed, .pos: (depth, isNormed) = (layer ?? 0, false)
    case .ln1: (depth, isNormed) = (layer ?? 0, true)
    case .ln2: (depth, isNormed) = ((layer ?? 0) + 1, true)
    case .final: (depth, isNormed) = (Int.max / 2, true)
    default: (depth, isNormed) = ((layer ?? 0) + 1, false)
    }
  }
}
