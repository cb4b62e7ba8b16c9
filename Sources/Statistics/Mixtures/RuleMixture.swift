import Foundation
import Tensors

/// Distributions that are to be explained as mixtures of known ones, row by row: attention, for
/// instance, as a mixture of rules such as "the previous token".
///
/// A row's columns are given as groups of columns that no component tells apart. A component that
/// gives nothing in a row stays silent there, and the others share the row in proportion to their
/// weights.
public struct RuleMixture: Sendable {
  /// How many components there are.
  public let components: Int
  /// What each component gives to one column of each group, [group, component].
  private var densities: [Double] = []
  /// How many columns each group has.
  public private(set) var sizes: [Double] = []
  /// The row of each group.
  public private(set) var rows: [Int] = []
  /// Which components give something in each row, [row, component].
  private var available: [Bool] = []
  /// How many rows there are.
  public private(set) var rowCount = 0
  /// In how many rows two components are the same, and in how many either gives something.
  private var same: [Int], either: [Int]

  /// No rows yet.
  public init(components: Int) {
    self.components = components
    same = [Int](repeating: 0, count: components * components)
    either = same
  }

  /// Adds a row of `members.count` columns.
  ///
  /// - Parameter members: for each column which components give it something, as bits; each
  ///   component spreads evenly over the columns that it has.
  /// - Returns: for each column the place of its group among those of this row.
  public mutating func addRow(_ members: [UInt32]) -> [Int] {
    var counts = [Double](repeating: 0, count: components)
    var groups: [UInt32] = []
    var groupSizes: [Double] = []
    var places: [Int] = []
    places.reserveCapacity(members.count)
    for bits in members {
      for component in 0..<components where bits >> UInt32(component) & 1 == 1 {
        counts[component] += 1
      }
      if let known = groups.firstIndex(of: bits) {
        places.append(known)
        groupSizes[known] += 1
      } else {
        places.append(groups.count)
        groups.append(bits)
        groupSizes.append(1)
      }
    }
    for bits in groups {
      for component in 0..<components {
        densities.append(
          bits >> UInt32(component) & 1 == 1 ? 1 / counts[component] : 0)
      }
      rows.append(rowCount)
    }
    sizes += groupSizes
    for component in 0..<components { available.append(counts[component] > 0) }
    compare(groups, counts)
    rowCount += 1
    return places
  }

  private mutating func compare(_ groups: [UInt32], _ counts: [Double]) {
    for first in 0..<components where counts[first] > 0 {
      for second in 0..<components where second != first {
        either[first * components + second] += 1
        if counts[second] == 0 { either[second * components + first] += 1 }
        let differ = groups.contains { bits in
          (bits >> UInt32(first) ^ bits >> UInt32(second)) & 1 == 1
        }
        if !differ { same[first * components + second] += 1 }
      }
    }
  }

  /// The share of rows, among those where either gives something, in which two components are the
  /// same; 0 where neither ever does.
  public func overlap(_ first: Int, _ second: Int) -> Double {
    let count = either[first * components + second]
    return count == 0 ? 0 : Double(same[first * components + second]) / Double(count)
  }

  /// How many rows a component gives something in.
  public func availability(_ component: Int) -> Int {
    var count = 0
    for row in 0..<rowCount where available[row * components + component] { count += 1 }
    return count
  }

  /// The weights under which the mixture is nearest to what was observed, in the divergence of the
  /// observed from the mixture.
  public struct Fit: Sendable, Hashable {
    /// A weight for each component; they sum to one.
    public let weights: [Double]
    /// The share of all that was observed which each component accounts for.
    public let shares: [Double]
    /// The logarithm of what the mixture gives to one column of each group.
    public let logDensities: [Double]
  }

  /// Fits weights by expectation maximisation.
  ///
  /// - Parameters:
  ///   - masses: what was observed in each group; those of a row sum to one.
  ///   - active: which components take part; one of them must give something to every column, so
  ///     that no divergence is infinite.
  ///   - iterations: the most; it ends sooner when no weight changes by more than 1e-9.
  public func fit(_ masses: [Double], active: [Bool], iterations: Int = 200) -> Fit {
    fits([masses], active: active, iterations: iterations)[0]
  }

  /// Fits weights to several observations of the same rows, each for itself, with matrix products
  /// over all of them.
  ///
  /// - Parameters:
  ///   - observed: for each observation the masses as for `fit`.
  ///   - active: as for `fit`.
  ///   - iterations: as for `fit`.
  public func fits(_ observed: [[Double]], active: [Bool], iterations: Int = 200) -> [Fit] {
    precondition(active.count == components)
    precondition(observed.allSatisfy { $0.count == rows.count })
    let weighing = MixtureWeighing(
      densities: Matrix(rows: rows.count, columns: components, densities),
      available: Matrix(rows: rowCount, columns: components, available.map { $0 ? 1 : 0 }),
      active: active)
    return weighing.weights(of: observed, iterations: iterations).map { found in
      let total = max(found.taken.reduce(0, +), 1e-300)
      return Fit(
        weights: found.weights, shares: found.taken.map { $0 / total },
        logDensities: logs(found.weights))
    }
  }

  private func logs(_ weights: [Double]) -> [Double] {
    var totals = [Double](repeating: 0, count: rowCount)
    for row in 0..<rowCount {
      for component in 0..<components where available[row * components + component] {
        totals[row] += weights[component]
      }
    }
    return rows.indices.map { group in
      var sum = 0.0
      for component in 0..<components {
        sum += weights[component] * densities[group * components + component]
      }
      return log(sum / totals[rows[group]])
    }
  }
}
