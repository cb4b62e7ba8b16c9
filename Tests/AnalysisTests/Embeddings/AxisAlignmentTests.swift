import Corpora
import Faults
import Statistics
import Tensors
import Testing
import Transformers

@testable import Analysis

@Suite struct AxisAlignmentTests {
  private func sample(_ vectors: Matrix, labels: [AxisSample.Label] = []) -> AxisSample {
    AxisSample(
      points: [], vectors: [vectors], rows: (0..<vectors.rows).map { $0 / 4 },
      rowCount: (vectors.rows + 3) / 4, labels: labels)
  }

  private func noise(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
    var generator = SeededGenerator(seed: seed)
    return Matrix(
      rows: rows, columns: columns, (0..<rows * columns).map { _ in generator.normal() })
  }

  @Test func noiseHasNoPrivilegedAxis() throws {
    let rotations = try Rotations(20, width: 24, seed: 1)
    let reading = try sample(noise(400, 24, seed: 2)).shape(
      at: 0, without: 0, rotations: rotations, seed: 0)
    let error = (reading.gap.high - reading.gap.low) / 4
    #expect(abs(reading.gap.value) < 2.5 * error, "\(reading.gap)")
    #expect(abs(reading.kurtosis - AxisShape.kurtosisOfNoise(width: 24)) < 0.15)
    #expect(reading.outliers.isEmpty)
  }

  @Test func vectorsAlongAxesShowAGapAndTurnedOnesDoNot() throws {
    let rotations = try Rotations(20, width: 12, seed: 1)
    var axes = Matrix(zeros: 240, 12)
    for row in 0..<240 { axes[row, row % 12] = row % 24 < 12 ? 1 : -1 }
    let aligned = try sample(axes).shape(at: 0, without: 0, rotations: rotations, seed: 0)
    #expect(aligned.participation == 1 && aligned.kurtosis == 12 && aligned.gap.value > 5)
    var generator = SeededGenerator(seed: 9)
    let turned = axes.times(try Matrix.randomOrthogonal(12, using: &generator))
    let hidden = try sample(turned).shape(at: 0, without: 0, rotations: rotations, seed: 0)
    #expect(abs(hidden.gap.value) < 1)
    // The axes are still there for who looks for them.
    #expect(hidden.varimaxGain > 3 && aligned.varimaxGain < 1e-6)
    #expect(abs(hidden.varimaxGain - hidden.rotatedVarimaxGain) < hidden.varimaxGain)
  }

  @Test func oneLargeCoordinateIsSeenAndCanBeLeftOut() throws {
    var vectors = noise(400, 20, seed: 5)
    for row in 0..<400 { vectors[row, 7] *= 30 }
    let whole = try sample(vectors).shape(
      at: 0, without: 0, rotations: try Rotations(8, width: 20, seed: 1), seed: 0)
    #expect(whole.outliers == [7] && whole.topShare > 0.9 && whole.gap.value > 1)
    let rest = try sample(vectors).shape(
      at: 0, without: 1, rotations: try Rotations(8, width: 19, seed: 1), seed: 0)
    #expect(rest.topShare < 0.1 && abs(rest.gap.value) < 0.2)
  }

  @Test func anAxisThatIsALabelIsFound() throws {
    var vectors = noise(200, 16, seed: 3)
    let label = (0..<200).map { Double($0 % 2) }
    for row in 0..<200 { vectors[row, 4] += 4 * label[row] }
    let labels = [
      AxisSample.Label(name: "parity", values: Matrix(rows: 200, columns: 1, label)),
      AxisSample.Label(name: "constant", values: Matrix(zeros: 200, 1)),
    ]
    let found = sample(vectors, labels: labels).labels(
      at: 0, rotations: try Rotations(20, width: 16, seed: 1))
    #expect(found[0].aligned > 0.85 && found[0].test.nullMean < found[0].aligned - 0.05)
    #expect(found[0].test.p < 0.06 && found[1].aligned.isNaN && found[1].test.p.isNaN)
  }

  @Test(arguments: Fixture.names)
  func everyStreamAndNormIsSampled(name: String) throws {
    let fixture = try Fixture(name)
    let points = fixture.model.description.axisPoints(of: .decoder)
    let layers = fixture.model.description.blocks.count
    #expect(points.filter { !$0.isNormed }.count == (name == "bert" ? layers : layers + 1))
    #expect(points.filter(\.isNormed).count == layers + 1)
    #expect(Set(points.map(\.name)).count == points.count)
  }

  @Test func theSumBeforeANormIsWhatTheNormReads() throws {
    let model = try TinyModels.bert()
    let experiment = Experiment(model: model, runtime: try model.runtime(.double))
    let rows = try ["the cat sat", "the dogs sat"].map {
      try AnnotatedRow(AnnotatedText($0), for: model)
    }
    let sample = try experiment.axisSample(rows, of: .decoder, tokens: 100, seed: 0)
    #expect(sample.rows == [0, 0, 0, 1, 1, 1, 1])
    let names = sample.points.map(\.name)
    let before = try #require(names.firstIndex(of: "L0.resid.mid + mlp"))
    let behind = try #require(names.firstIndex(of: "L0.resid.post"))
    // Behind the norm each coordinate is the standardised sum's, times a gain, plus a bias.
    let sum = sample.vectors[before]
    var standardised = sum
    for row in 0..<sum.rows {
      let numbers = Array(sum.row(row))
      let mean = numbers.reduce(0, +) / 8
      let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 8
      for column in 0..<8 {
        standardised[row, column] = (numbers[column] - mean) / (variance + 1e-12).squareRoot()
      }
    }
    for column in 0..<8 {
      let fit = RankCorrelation.pearson(
        standardised.column(column), sample.vectors[behind].column(column))
      #expect(abs(abs(fit) - 1) < 1e-9)
    }
    #expect(sample.labels.map(\.name) == ["position", "frequency"])
    #expect(throws: Fault.self) {
      try experiment.axisSample([], of: .decoder, tokens: 5, seed: 0)
    }
  }
}
