import Foundation
import Statistics
import Testing

@Suite struct RuleMixtureTests {
  /// Rows of 12 columns; components: the previous column, the last one, the row's own, all.
  private func rows() -> (mixture: RuleMixture, places: [[Int]]) {
    var mixture = RuleMixture(components: 4)
    let places = (2..<10).map { row in
      mixture.addRow(
        (0..<12).map { column in
          (column == row - 1 ? 1 : 0) | (column == 11 ? 2 : 0) | (column == row ? 4 : 0) | 8
        })
    }
    return (mixture, places)
  }

  private func masses(_ places: [[Int]], _ weights: [Double]) -> [Double] {
    places.enumerated().flatMap { row, places in
      var masses = [Double](repeating: 0, count: (places.max() ?? 0) + 1)
      for (column, place) in places.enumerated() {
        if column == row + 1 { masses[place] += weights[0] }
        if column == 11 { masses[place] += weights[1] }
        if column == row + 2 { masses[place] += weights[2] }
        masses[place] += weights[3] / 12
      }
      return masses
    }
  }

  @Test func theWeightsThatMadeTheRowsAreRecovered() {
    let (mixture, places) = rows()
    for weights in [[0.7, 0.3, 0, 0], [0.5, 0.1, 0.1, 0.3], [0, 0, 0, 1]] {
      let fit = mixture.fit(
        masses(places, weights), active: [true, true, true, true], iterations: 2000)
      for (found, planted) in zip(fit.weights, weights) {
        #expect(abs(found - planted) < 1e-3, "\(fit.weights)")
      }
      #expect(abs(fit.shares.reduce(0, +) - 1) < 1e-9)
    }
  }

  @Test func manyObservationsAreFittedAsEachAlone() {
    let (mixture, places) = rows()
    let active = [true, true, true, true]
    let observed = [[0.7, 0.3, 0, 0], [0, 0, 0, 1], [0.5, 0.1, 0.1, 0.3]].map {
      masses(places, $0)
    }
    for (found, masses) in zip(mixture.fits(observed, active: active), observed) {
      let alone = mixture.fit(masses, active: active)
      for (one, other) in zip(found.weights, alone.weights) { #expect(abs(one - other) < 1e-12) }
      for (one, other) in zip(found.shares, alone.shares) { #expect(abs(one - other) < 1e-12) }
    }
  }

  @Test func whatIsLeftOutHasNoWeight() {
    let (mixture, places) = rows()
    let fit = mixture.fit(
      masses(places, [0.7, 0.3, 0, 0]), active: [true, false, true, true])
    #expect(fit.weights[1] == 0)
    #expect(fit.logDensities.allSatisfy { $0.isFinite })
  }

  @Test func aComponentThatIsSilentInARowLeavesItToTheOthers() {
    // In every other row the first component has nothing; where it has, it takes three quarters.
    var mixture = RuleMixture(components: 2)
    var observed: [Double] = []
    for row in 0..<20 {
      let has = row % 2 == 0
      let places = mixture.addRow((0..<4).map { column in (has && column == 0 ? 1 : 0) | 2 })
      var masses = [Double](repeating: 0, count: (places.max() ?? 0) + 1)
      for (column, place) in places.enumerated() {
        masses[place] += (has ? (column == 0 ? 0.75 : 0) + 0.25 / 4 : 0.25)
      }
      observed += masses
    }
    let fit = mixture.fit(observed, active: [true, true], iterations: 5000)
    #expect(abs(fit.weights[0] - 0.75) < 1e-3)
    #expect(mixture.availability(0) == 10)
  }

  @Test func componentsThatAreTheSameAreTold() {
    var mixture = RuleMixture(components: 3)
    for row in 0..<10 {
      _ = mixture.addRow((0..<5).map { column in (column == row % 5 ? 3 : 0) | 4 })
    }
    #expect(mixture.overlap(0, 1) == 1)
    #expect(mixture.overlap(1, 0) == 1)
    #expect(mixture.overlap(0, 2) == 0)
  }
}
