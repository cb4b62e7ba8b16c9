import Tensors

/// Expectation maximisation of the weights of a `RuleMixture`, for many observations at once.
///
/// What is fitted has a column each, so that the sums over components and those over groups are
/// matrix products; a column that no longer changes is left out.
struct MixtureWeighing {
  /// What each component gives to one column of each group, [group, component].
  let densities: Matrix
  /// 1 where a component gives something in a row, [row, component].
  let available: Matrix
  /// Which components take part.
  let active: [Bool]

  /// What came of one observation: weights, and the mass that each component accounts for.
  typealias Weighed = (weights: [Double], taken: [Double])

  private var components: Int { active.count }

  func weights(of observed: [[Double]], iterations: Int) -> [Weighed] {
    let share = 1 / Double(max(active.count { $0 }, 1))
    let start = active.map { $0 ? share : 0 }
    var results: [Weighed] = observed.map { _ in
      (start, [Double](repeating: 0, count: components))
    }
    var left = Array(observed.indices)
    var masses = columns(observed)
    for _ in 0..<iterations where !left.isEmpty {
      let before = columns(left.map { results[$0].weights })
      let taken = taken(before, masses)
      let chances = chances(before)
      var moving: [Int] = []
      for (column, index) in left.enumerated() {
        let own = taken.column(column)
        let next = improved(results[index].weights, own, chances.column(column))
        let change = zip(next, results[index].weights).reduce(0) { max($0, abs($1.0 - $1.1)) }
        results[index] = (next, own)
        if change >= 1e-9 { moving.append(column) }
      }
      if moving.count < left.count {
        masses = masses.selecting(columns: moving)
        left = moving.map { left[$0] }
      }
    }
    return results
  }

  /// Lists of numbers as the columns of a matrix.
  private func columns(_ lists: [[Double]]) -> Matrix { Matrix(lists).transposed }

  /// The mass that each component accounts for under some weights: [component, observation] for
  /// [component, observation] and masses of [group, observation].
  private func taken(_ weights: Matrix, _ masses: Matrix) -> Matrix {
    var factors = densities.times(weights)
    factors.divide(masses)
    var sums = densities.times(factors, transposed: true)
    for place in sums.elements.indices { sums.elements[place] *= weights.elements[place] }
    return sums
  }

  /// In how many rows each component could have spoken, each row weighing one by what may speak
  /// there.
  private func chances(_ weights: Matrix) -> Matrix {
    var totals = available.times(weights)
    totals.divide(
      Matrix(
        rows: totals.rows, columns: totals.columns,
        [Double](repeating: 1, count: totals.elements.count)))
    return available.times(totals, transposed: true)
  }

  private func improved(_ weights: [Double], _ taken: [Double], _ chances: [Double]) -> [Double] {
    let next = active.indices.map { component in
      active[component] && chances[component] > 0
        ? max(taken[component] / chances[component], 1e-12) : 0
    }
    let total = next.reduce(0, +)
    return total > 0 ? next.map { $0 / total } : weights
  }
}

extension Matrix {
  /// Becomes another matrix divided by it, number by number; 0 where it is not above zero.
  fileprivate mutating func divide(_ numerators: Matrix) {
    for place in elements.indices {
      let sum = elements[place]
      elements[place] = sum > 0 ? numerators.elements[place] / sum : 0
    }
  }
}
