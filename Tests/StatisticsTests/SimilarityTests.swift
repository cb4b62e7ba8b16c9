import Foundation
import Statistics
import TestSupport
import Tensors
import Testing

@Suite struct SimilarityTests {
  static let files = [
    "layerlike_256x64", "rankdef_120x15rank5_120x10", "rotation_scale_80x16",
    "shared_latent_300x20_300x30",
  ]

  static func view(_ points: Matrix) throws -> RepresentationView {
    try RepresentationView(points)
  }

  @Test(.enabled(if: SharedData.isAvailable("reference/similarity")), arguments: files)
  func equalsTheReference(_ file: String) throws {
    let reference = try NumPyArchive(SharedData.url("reference/similarity/\(file).npz"))
    let (x, y) = (try reference.matrix("X"), try reference.matrix("Y"))
    let (first, second) = (try Self.view(x), try Self.view(y))
    #expect(Double(first.rank) == (try reference.number("rank_x")))
    #expect(Double(second.rank) == (try reference.number("rank_y")))
    let cca = try CanonicalCorrelation(first, second)
    var (found, expected): ([Double], [Double]) = (
      cca.correlations, try reference.array("cca_rho").numbers
    )
    func compare(_ number: Double, _ name: String) throws {
      found.append(number)
      expected.append(try reference.number(name))
    }
    try compare(cca.mean, "cca_mean")
    try compare(cca.weightedByFirst, "pwcca_x")
    try compare(cca.weightedBySecond, "pwcca_y")
    found += cca.firstWeights + cca.secondWeights
    if file.hasPrefix("rotation") {
      // Where all correlations are 1 the variates, and so their weights, are arbitrary.
      found.removeLast(cca.firstWeights.count + cca.secondWeights.count)
    } else {
      expected += try reference.array("pwcca_x_weights").numbers
      expected += try reference.array("pwcca_y_weights").numbers
    }
    for (share, name) in [(RepresentationView.Share.variance, "var"), (.singularValues, "sum")] {
      let (a, b) = (try first.keeping(0.99, of: share), try second.keeping(0.99, of: share))
      let kept = try reference.array("svcca_k\(name)").numbers
      #expect([Double(a.rank), Double(b.rank)] == kept)
      try compare(CanonicalCorrelation(a, b).mean, "svcca99\(name)")
    }
    try compare(KernelAlignment.linear(x, y, .biased), "cka_linear")
    try compare(KernelAlignment.linear(x, y, .unbiased), "cka_linear_unbiased")
    try compare(KernelAlignment.gaussian(x, y, bandwidth: 1), "cka_rbf")
    try compare(Procrustes(x, onto: y).distance, "procrustes_d2")
    if reference.names.contains("pwcca_google") {
      try compare(ReleasedCCA(x, y).weighted, "pwcca_google")
    }
    expectClose(found, expected, absolute: 1e-6)
  }

  @Test func invertibleMapsChangeNothing() throws {
    let x = Samples.normal(400, 12, seed: 1)
    let mapped = x.times(Samples.normal(12, 12, seed: 2)).subtracting(
      row: (0..<12).map { Double($0) * 7 })
    for other in [x, mapped] {
      let cca = try CanonicalCorrelation(Self.view(x), Self.view(other))
      expectClose(
        [cca.mean, cca.weightedByFirst, cca.weightedBySecond, cca.weighted], [1, 1, 1, 1],
        absolute: 1e-9)
    }
  }

  /// The mean of ρ² of independent views is d / (n - 1), their distance about 0.91 at n = 2000, d = 20.
  @Test func independentViewsHaveTheNull() throws {
    let (x, y) = (Samples.normal(2000, 20, seed: 3), Samples.normal(2000, 20, seed: 4))
    let cca = try CanonicalCorrelation(Self.view(x), Self.view(y))
    let squares = cca.correlations.map { $0 * $0 }
    let meanSquare = squares.reduce(0, +) / 20
    #expect(abs(meanSquare - 20.0 / 1999) < 0.002)
    #expect(squares[0] < 0.05 && squares[0] > 0.025)
    let distance = 1 - cca.weightedByFirst
    #expect(abs(distance - 0.91) < 0.02)
    // Rows in another order make any view independent.
    var random = SeededGenerator(seed: 5)
    let same = try Self.view(x)
    let shuffled = try CanonicalCorrelation(same, same.permuted(random.permutation(2000)))
    let nullDistance = 1 - shuffled.weightedByFirst
    #expect(abs(nullDistance - 0.91) < 0.03)
    // With no more rows than columns everything is related.
    let few = try CanonicalCorrelation(
      Self.view(Samples.normal(15, 20, seed: 6)), Self.view(Samples.normal(15, 20, seed: 7)))
    expectClose([few.correlations.last ?? 0], [1], absolute: 1e-9)
  }

  @Test func constantAndDependentColumnsAreLeftOut() throws {
    let x = Samples.normal(200, 4, seed: 8)
    let y = Samples.normal(200, 3, seed: 9)
    let plain = try CanonicalCorrelation(Self.view(x), Self.view(y))
    let more = Matrix(
      (0..<200).map { row in Array(x.row(row)) + [1e6, 2 * x[row, 0], x[row, 1] - x[row, 2]] })
    let view = try Self.view(more)
    #expect(view.rank == 4 && view.width == 7 && view.constantColumns == 1)
    expectClose(
      try CanonicalCorrelation(view, Self.view(y)).correlations, plain.correlations, absolute: 1e-9)
    #expect(throws: StatisticsError.constant(what: "the view")) {
      try Self.view(Matrix(zeros: 9, 2))
    }
    #expect(throws: StatisticsError.notFinite(row: 1)) { try Self.view(Matrix([[1], [.nan]])) }
    #expect(throws: StatisticsError.self) {
      try CanonicalCorrelation(view, Self.view(Matrix([[1], [2]])))
    }
    #expect(throws: StatisticsError.self) { try Self.view(Matrix([[1, 2]])) }
  }

  @Test func pwccaDependsOnTheOrderOfTheViews() throws {
    let x = Samples.normal(2000, 20, seed: 10).scaling(
      columns: (0..<20).map { 0.2 + 0.14 * Double($0) })
    let noise = Samples.normal(2000, 20, seed: 11).scaling(
      columns: [Double](repeating: 8, count: 20))
    let mixed = x.times(Samples.normal(20, 20, seed: 12))
    let y = Matrix(
      rows: 2000, columns: 20, zip(mixed.elements, noise.elements).map { 0.5 * $0 + $1 })
    let one = try CanonicalCorrelation(Self.view(x), Self.view(y))
    let other = try CanonicalCorrelation(Self.view(y), Self.view(x))
    #expect(abs(one.weightedByFirst - one.weightedBySecond) > 0.005)
    expectClose(
      [one.weightedByFirst, one.weighted], [other.weightedBySecond, other.weighted],
      absolute: 1e-9)
    // One column against itself: (1 + 0.98)⁻¹; a second one of half the variance is dropped.
    let column = x.selecting(columns: [0])
    expectClose([try ReleasedCCA.robustMean(column, column)], [1 / 1.98], absolute: 1e-9)
    let pair = x.selecting(columns: [0, 1]).centred
    let sizes = [0, 1].map { pair.selecting(columns: [$0]).squaredNorm }
    let halved = pair.scaling(columns: [1, (sizes[0] / sizes[1] / 2).squareRoot()])
    expectClose([try ReleasedCCA.robustMean(halved, column)], [1 / 1.98], absolute: 1e-9)
    // The released code weighs otherwise.
    #expect(abs(try ReleasedCCA(x, y).weighted - one.weightedByFirst) > 0.001)
    expectClose(try ReleasedCCA(x, y).correlations, one.correlations, absolute: 1e-8)
    #expect(throws: StatisticsError.released(widths: [20, 4])) {
      try ReleasedCCA(x, y.selecting(columns: [0, 1, 2, 3]))
    }
    #expect(
      throws: StatisticsError.tooFew(what: "points for the released code", count: 5, least: 21)
    ) {
      try ReleasedCCA(x.selecting(rows: [0, 1, 2, 3, 4]), y.selecting(rows: [0, 1, 2, 3, 4]))
    }
  }

  @Test func alignmentKnowsRotationsAndScales() throws {
    let x = Samples.normal(300, 10, seed: 13)
    let rotation = try Samples.normal(10, 10, seed: 14).qr().orthonormal
    let turned = x.times(rotation).scaling(columns: [Double](repeating: 3, count: 10))
    for estimator in [KernelAlignment.Estimator.biased, .unbiased] {
      expectClose([try KernelAlignment.linear(x, turned, estimator)], [1], absolute: 1e-10)
    }
    expectClose([try KernelAlignment.gaussian(x, turned)], [1], absolute: 1e-10)
    #expect(try KernelAlignment.linear(x, x.times(Samples.normal(10, 10, seed: 15))) < 0.95)
    expectClose([try Procrustes(x, onto: turned).distance], [0], absolute: 1e-10)
    let found = try Procrustes(x, onto: turned)
    expectClose(found.rotation.elements, rotation.elements, absolute: 1e-9)
    expectClose([found.scale], [3], absolute: 1e-9)
  }

  /// d / (n + d) for the biased estimate, 0 for the unbiased.
  @Test func alignmentOfIndependentViews() throws {
    let (x, y) = (Samples.normal(1000, 20, seed: 16), Samples.normal(1000, 20, seed: 17))
    let biased = try KernelAlignment.linear(x, y, .biased)
    #expect(abs(biased - 20.0 / 1020) < 0.005)
    #expect(abs(try KernelAlignment.linear(x, y)) < 0.005)
    #expect(abs(try KernelAlignment.batched(x, y, size: 100)) < 0.02)
    expectClose([try KernelAlignment.batched(x, x, size: 100)], [1], absolute: 1e-12)
    // By inner products of points or of columns: the same.
    let (wide, other) = (Samples.normal(12, 50, seed: 18), Samples.normal(12, 50, seed: 19))
    let direct = Self.unbiasedBySums(wide, other)
    expectClose([try KernelAlignment.linear(wide, other)], [direct], absolute: 1e-10)
    #expect(throws: StatisticsError.tooFew(what: "points", count: 3, least: 4)) {
      try KernelAlignment.linear(Samples.normal(3, 2, seed: 1), Samples.normal(3, 2, seed: 1))
    }
    #expect(
      try KernelAlignment.linear(Matrix(zeros: 6, 2), x.selecting(rows: [0, 1, 2, 3, 4, 5])).isNaN)
  }

  /// Song et al.'s estimator, written out over all pairs of points.
  static func unbiasedBySums(_ x: Matrix, _ y: Matrix) -> Double {
    func dependence(_ a: Matrix, _ b: Matrix) -> Double {
      let n = a.rows
      var (k, l) = (a.rowProducts, b.rowProducts)
      for row in 0..<n { (k[row, row], l[row, row]) = (0, 0) }
      let trace = zip(k.elements, l.elements).reduce(0) { $0 + $1.0 * $1.1 }
      let product = k.times(l).elements.reduce(0, +)
      let sums = k.elements.reduce(0, +) * l.elements.reduce(0, +)
      return (trace + sums / Double((n - 1) * (n - 2)) - 2 / Double(n - 2) * product)
        / Double(n * (n - 3))
    }
    return dependence(x, y) / (dependence(x, x) * dependence(y, y)).squareRoot()
  }
}
