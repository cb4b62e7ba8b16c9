import Foundation
import Statistics
import Transformers

/// What the sizes of heads have to do with what heads are for.
///
/// A size is compared with a measure inside layers, since both change from layer to layer; labels are
/// permuted inside layers too.
public struct HeadSizeTest: Sendable {
  /// What is tested.
  public enum Kind: String, Sendable, CaseIterable {
    /// Spearman's coefficient inside layers.
    case rank = "rho"
    /// What the size adds to R² of the measure, given the other measures and a constant for each
    /// layer.
    case added = "added R2"
    /// How well a small size tells the heads that can be silenced at no cost.
    case harmless = "AUC"
  }

  /// What is tested.
  public let kind: Kind
  /// The size.
  public let size: String
  /// What it is compared with.
  public let measure: String
  /// The statistic with its permutation test.
  public let result: PermutationResult
  /// The least rate of false discoveries, among all tests made together, at which this is one.
  public let corrected: Double
}

/// A named number for each head.
public struct HeadMeasure: Sendable {
  /// What it is called.
  public let name: String
  /// One number for each head; NaN where there is none.
  public let values: [Double]

  /// A measure from its parts.
  public init(_ name: String, _ values: [Double]) {
    self.name = name
    self.values = values
  }
}

extension HeadSizeTest {
  /// Tests each size against each measure.
  ///
  /// - Parameters:
  ///   - measures: What heads are for, such as what is lost without them, and roles.
  ///   - importance: The name of the measure that `added` explains; the others and `covariates`
  ///     are what it is explained by first. Nil leaves `added` out.
  ///   - covariates: What else explains importance.
  ///   - harmless: Which heads can be silenced at no cost; nil leaves `harmless` out.
  ///   - layers: The layer of each head.
  public static func run(
    sizes: [HeadMeasure], measures: [HeadMeasure], importance: String?,
    covariates: [HeadMeasure] = [], harmless: [Bool]?, layers: [Int], seed: UInt64
  ) -> [HeadSizeTest] {
    let permutations = PermutationTest.permutations(lines: sizes.count * (measures.count + 2))
    var found: [(Kind, String, String, PermutationResult)] = []
    for size in sizes where size.values.contains(where: { !$0.isNaN }) {
      for measure in measures where measure.name != size.name {
        let result = PermutationTest.withinGroups(
          layers, permutations: permutations, tail: .either, seed: seed
        ) { places in
          RankCorrelation.partialSpearman(
            places.map { size.values[$0] }, measure.values, groups: layers)
        }
        found.append((.rank, size.name, measure.name, result))
      }
      if let target = measures.first(where: { $0.name == importance }) {
        let others = (measures.filter { $0.name != target.name } + covariates)
          .filter { other in other.name != size.name && other.values.allSatisfy(\.isFinite) }
          .map(\.values)
        let without = ExplainedVariance.of(target.values, by: others, groups: layers)
        let result = PermutationTest.withinGroups(layers, permutations: permutations, seed: seed) {
          places in
          ExplainedVariance.of(
            target.values, by: others + [places.map { size.values[$0] }], groups: layers)
            - without
        }
        found.append((.added, size.name, target.name, result))
      }
      if let harmless {
        let result = PermutationTest.withinGroups(
          layers, permutations: permutations, tail: .either, seed: seed
        ) { places in
          AreaUnderCurve.of(places.map { -size.values[$0] }, isMember: harmless)
        }
        found.append((.harmless, size.name, "harmless", result))
      }
    }
    let corrected = BenjaminiHochberg.adjusted(found.map(\.3.p))
    return zip(found, corrected).map { test, corrected in
      HeadSizeTest(
        kind: test.0, size: test.1, measure: test.2, result: test.3, corrected: corrected)
    }
  }
}
