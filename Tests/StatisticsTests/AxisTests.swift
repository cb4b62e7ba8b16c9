import Statistics
import Tensors
import Testing

@Suite struct AxisTests {
  private func noise(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
    var generator = SeededGenerator(seed: seed)
    return Matrix(
      rows: rows, columns: columns, (0..<rows * columns).map { _ in generator.normal() })
  }

  @Test func rowsOfTheIdentityHaveOneCoordinateEach() {
    let rows = Matrix(identity: 6)
    #expect(AxisShape.participation(rows) == [1, 1, 1, 1, 1, 1])
    #expect(AxisShape.kurtosis(rows) == [6, 6, 6, 6, 6, 6])
    #expect(AxisShape.participation(Matrix(zeros: 1, 3))[0].isNaN)
    #expect(AxisShape.participation(Matrix([[2, 2, -2]]))[0] == 3)
  }

  @Test func noiseHasTheKurtosisAndParticipationOfTheClosedForms() {
    let vectors = noise(600, 768, seed: 1)
    let kurtosis = AxisShape.kurtosis(vectors).reduce(0, +) / 600
    #expect(abs(kurtosis - AxisShape.kurtosisOfNoise(width: 768)) < 0.03)
    #expect(abs(AxisShape.kurtosisOfNoise(width: 768) - 2.992) < 1e-3)
    let participation = AxisShape.participation(vectors).reduce(0, +) / 600
    #expect(abs(participation - 257) < 3)
  }

  @Test func randomRotationsKeepLengthsAndDiffer() throws {
    var generator = SeededGenerator(seed: 4)
    let first = try Matrix.randomOrthogonal(9, using: &generator)
    let second = try Matrix.randomOrthogonal(9, using: &generator)
    let products = first.columnProducts
    for row in 0..<9 {
      for column in 0..<9 {
        #expect(abs(products[row, column] - (row == column ? 1 : 0)) < 1e-12)
      }
    }
    #expect(first != second)
  }

  @Test func varimaxFindsHiddenAxes() throws {
    var points = Matrix(zeros: 120, 6)
    for row in 0..<120 { points[row, row % 6] = row % 12 < 6 ? 1 : -1 }
    var generator = SeededGenerator(seed: 2)
    let turned = points.times(try Matrix.randomOrthogonal(6, using: &generator))
    let found = try Varimax(turned)
    #expect(found.isConverged && abs(found.after - Varimax.criterion(points)) < 1e-6)
    #expect(try Varimax(points).gain < 1e-9)
    var broken = points
    broken.elements[7] = .nan
    #expect(throws: StatisticsError.notFinite(row: 1)) { try Varimax(broken) }
  }

  @Test func coordinatesThatStandOutAreNamed() {
    var vectors = noise(200, 10, seed: 6)
    for row in 0..<200 { vectors[row, 3] += 40 }
    #expect(AxisShape.outliers(vectors) == [3])
    #expect(AxisShape.topShare(vectors) < 0.3)
    #expect(AxisShape.topShare(Matrix(zeros: 3, 2)).isNaN)
  }

  @Test func axesThatStayAreKeptAndTurnedOnesAreNot() throws {
    let first = noise(300, 12, seed: 1)
    let factors = (0..<12).map { 1 + 0.05 * Double($0) }
    let flags = (0..<300).map { $0 % 2 == 1 }
    let stayed = try AxisKeeping(first, first.scaling(columns: factors), heldOut: flags)
    #expect(stayed.kept > 0.99 && stayed.angle < 10)
    #expect(stayed.byAxis > 0.999 && stayed.linear > 0.999)
    var generator = SeededGenerator(seed: 8)
    let map = try Matrix.randomOrthogonal(12, using: &generator)
    let turned = try AxisKeeping(first, first.times(map), heldOut: flags)
    #expect(abs(turned.kept - AxisKeeping.random(width: 12)) < 0.12 && turned.angle < 1e-3)
    #expect(turned.byAxis < 0.5 && turned.linear > 0.999)
    let few = try AxisKeeping(
      first.selecting(rows: Array(0..<8)), first.selecting(rows: Array(0..<8)),
      heldOut: Array(flags.prefix(8)))
    #expect(few.kept.isNaN && few.linear.isNaN && few.angle < 1e-3)
    // A coordinate that is another one up to rounding determines no map.
    var twice = first
    for row in 0..<300 { twice[row, 3] = first[row, 4] * (1 + 1e-9 * first[row, 5]) }
    let singular = try AxisKeeping(twice, first, heldOut: flags)
    #expect(singular.linear.isNaN && !singular.byAxis.isNaN)
    // What is no better than the mean explains nothing, and not less.
    let unrelated = try AxisKeeping(first, noise(300, 12, seed: 77), heldOut: flags)
    #expect(unrelated.byAxis >= 0 && unrelated.linear >= 0)
  }

  @Test func aCoordinateThatIsALabelCorrelatesWithIt() {
    var x = noise(100, 5, seed: 3)
    let label = (0..<100).map { Double($0 % 3) }
    for row in 0..<100 { x[row, 2] = -2 * label[row] + 7 }
    let labels = Matrix(rows: 100, columns: 2, label.flatMap { [$0, 1] })
    let found = LabelCorrelation.greatest(x, labels)
    #expect(abs(found[0] - 1) < 1e-12 && found[1].isNaN)
    #expect(LabelCorrelation.greatest(Matrix(zeros: 100, 5), labels)[0].isNaN)
  }
}
