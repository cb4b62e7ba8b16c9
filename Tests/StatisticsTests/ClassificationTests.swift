import Foundation
import Statistics
import TestSupport
import Tensors
import Testing

@Suite struct ClassificationTests {
  @Test func logisticRegressionIsStationary() throws {
    let (points, labels) = Samples.groups(3, each: 40, width: 4, distance: 1, seed: 1)
    let fitted = try LogisticRegression(points, labels: labels, classes: 3, ridge: 0.5)
    #expect(fitted.isConverged)
    // The gradient is Xᵀ(p - y) + ridge · W, and zero at the least.
    var residuals = fitted.probabilities(points)
    for (row, label) in labels.enumerated() { residuals[row, label] -= 1 }
    let gradient = points.times(residuals, transposed: true)
    for place in gradient.elements.indices {
      #expect(abs(gradient.elements[place] + 0.5 * fitted.weights.elements[place]) < 1e-3)
    }
    for column in 0..<3 { #expect(abs(residuals.column(column).reduce(0, +)) < 1e-3) }
    expectClose([fitted.crossEntropy(points, labels: labels)], [fitted.loss], absolute: 1e-9)
    let again = try LogisticRegression(points, labels: labels, classes: 3, ridge: 0.5)
    #expect(again.weights == fitted.weights)
  }

  @Test func twoClassesOnALine() throws {
    // Symmetric data: no bias, opposite weights, and p(1) = 1/2 in the middle.
    let points = Matrix([[-2], [-1], [1], [2]])
    let fitted = try LogisticRegression(points, labels: [0, 0, 1, 1], classes: 2)
    expectClose([fitted.weights[0, 0] + fitted.weights[0, 1]], [0], absolute: 1e-6)
    expectClose(fitted.probabilities(Matrix([[0]])).elements, [0.5, 0.5], absolute: 1e-5)
    #expect(fitted.predict(Matrix([[-3], [0.5]])) == [0, 1])
    // Far points do not overflow.
    #expect(fitted.crossEntropy(Matrix([[1e6]]), labels: [0]) > 1e5)
  }

  @Test func separabilityHasItsBaselines() throws {
    let (points, labels) = Samples.groups(3, each: 40, width: 5, distance: 12, seed: 2)
    let folds = Folds(labels: labels, seed: 1)
    let apart = try Separability(points, labels: labels, folds: folds)
    #expect(apart.accuracy == 1 && apart.parts == [1, 1, 1, 1, 1])
    #expect(apart.majority == 1.0 / 3 && apart.crossEntropy < 0.1)
    var random = SeededGenerator(seed: 3)
    var shuffled = labels
    random.permute(&shuffled)
    let none = try Separability(
      points, labels: shuffled, folds: Folds(labels: shuffled, seed: 1))
    #expect(none.accuracy < 0.5 && none.crossEntropy > 0.9)
    let chance = none.null(seed: 9)
    #expect(chance.p > 0.02 && chance.accuracy.low < none.accuracy)
    #expect(apart.null(seed: 9).p < 0.01)
    let one = try Separability(
      points, labels: labels.map { _ in 0 }, folds: Folds(labels: labels, seed: 1))
    #expect(one.accuracy == 1 && one.majority == 1)
    #expect(throws: StatisticsError.self) {
      try Separability(Matrix([[1]]), labels: [0], folds: Folds(labels: [0], seed: 1))
    }
  }

  @Test func foldsAreFairAndKeepGroups() {
    let labels = (0..<100).map { $0 < 20 ? 1 : 0 }
    let folds = Folds(labels: labels, seed: 4)
    for part in 0..<5 {
      #expect(folds.held(part).count == 20)
      #expect(folds.held(part).count { labels[$0] == 1 } == 4)
      #expect(Set(folds.held(part) + folds.rest(part)).count == 100)
    }
    let groups = (0..<60).map { $0 / 4 }
    let grouped = Folds(groups: groups, seed: 4)
    for part in 0..<5 { #expect(grouped.held(part).count == 12) }
    #expect((0..<60).allSatisfy { grouped.assignments[$0] == grouped.assignments[$0 / 4 * 4] })
    #expect(Folds(labels: [0, 1], seed: 1).count == 2)
  }

  @Test func purityOfGroupsAndOfChance() throws {
    let (points, labels) = Samples.groups(3, each: 30, width: 3, distance: 40, seed: 5)
    let pure = try NeighborPurity(points, labels: labels)
    #expect(pure.mean == 1 && pure.neighbors == 10)
    expectClose([pure.chance], [29.0 / 89], absolute: 1e-12)
    let mixed = try NeighborPurity(
      Samples.normal(90, 3, seed: 6), labels: labels, neighbors: 5)
    #expect(abs(mixed.mean - mixed.chance) < 0.1)
    #expect(try NeighborPurity(Matrix([[0], [1]]), labels: [0, 0]).mean == 1)
  }
}

@Suite struct HoldOutTests {
  @Test func groupsStayTogether() throws {
    let groups = (0..<300).map { "sentence \($0 % 50)" }
    let parts = try HoldOut(groups: groups, share: 0.2, seed: 1)
    #expect(parts.train.count == 240 && parts.test.count == 60)
    #expect((parts.train + parts.test).sorted() == Array(0..<300))
    #expect(Set(parts.train.map { groups[$0] }).isDisjoint(with: parts.test.map { groups[$0] }))
    #expect(try HoldOut(groups: groups, share: 0.2, seed: 1).test == parts.test)
    #expect(try HoldOut(groups: groups, share: 0.2, seed: 2).test != parts.test)
    #expect(try HoldOut(groups: [1, 2], share: 0.01, seed: 1).test.count == 1)
    #expect(try HoldOut(groups: [1, 2], share: 0.99, seed: 1).train.count == 1)
    #expect(throws: StatisticsError.self) { try HoldOut(groups: [1, 1], share: 0.5, seed: 1) }
  }
}
