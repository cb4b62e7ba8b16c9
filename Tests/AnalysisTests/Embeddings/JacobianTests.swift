import Faults
import Tensors
import Testing
import Transformers

@testable import Analysis

@Suite struct JacobianTests {
  /// The share of estimated lengths is right on average, where the plain one is not.
  @Test func sharesHaveNoBias() {
    var random = SeededGenerator(seed: 6)
    // Three blocks of a Jacobian of rank one: their estimates differ most.
    let lengths = [3.0, 1, 2]
    let exact = JacobianShare.others(
      Matrix(rows: 1, columns: 3, lengths.map { $0 * $0 }), than: 0)
    #expect(abs(exact - 0.5) < 1e-15)
    var (mean, plain) = (0.0, 0.0)
    let draws = 20_000
    for _ in 0..<draws {
      let squares = Matrix(
        rows: 4, columns: 3,
        (0..<12).map { place in
          let normal = random.normal()
          return normal * normal * lengths[place % 3] * lengths[place % 3]
        })
      mean += JacobianShare.others(squares, than: 0) / Double(draws)
      let roots = (0..<3).map { squares.column($0).reduce(0, +).squareRoot() }
      plain += (1 - roots[0] / roots.reduce(0, +)) / Double(draws)
    }
    #expect(abs(mean - 0.5) < 0.005, "\(mean), and without a correction \(plain)")
    #expect(JacobianShare.others(Matrix(zeros: 4, 3), than: 0).isNaN)
  }

  static let target = Site(.residPost, layer: 1)
  static let source = Site(.residPre, layer: 0)

  @Test(arguments: Fixture.names)
  func everyDirectionGivesTheLengthsOfDifferences(name: String) throws {
    let fixture = try Fixture(name)
    let experiment = try fixture.experiment(.double)
    let row = try fixture.row([3, 14, 9])
    let lengths = try experiment.jacobianLengths(
      row, from: [Self.target], to: Self.source, positions: [1, 2], probes: nil, seed: 0)[0]
    for (place, position) in [1, 2].enumerated() {
      for other in 0..<3 {
        let expected = try slope(experiment, row, at: position, by: other)
        #expect(abs(lengths[place][other] - expected) < 1e-6 * max(expected, 1))
      }
    }
    if name != "bert" { #expect(lengths[0][2] == 0) }
  }

  /// ‖∂ target_position / ∂ source_other‖ by central differences.
  private func slope(_ experiment: Experiment, _ row: PromptRow, at position: Int, by other: Int)
    throws -> Double
  {
    let width = experiment.model.description.width
    let step = 1e-5
    var square = 0.0
    let capture = Capture(site: Self.target, positions: [position])
    for column in 0..<width {
      let moved = try [step, -step].map { size in
        var vector = [Double](repeating: 0, count: width)
        vector[column] = size
        let edit = Edit(
          id: 0, site: Self.source, positions: .list([other]),
          action: .add(.double(Tensor([.position, .width], [1, width], vector)), by: 1))
        let found = try experiment.run([row], edits: [edit], captures: [capture]).captured
        return try #require(found[capture]).doubles
      }
      for (above, below) in zip(moved[0], moved[1]) {
        let difference = (above - below) / (2 * step)
        square += difference * difference
      }
    }
    return square.squareRoot()
  }

  @Test func randomVectorsEstimateTheLengths() throws {
    let fixture = try Fixture("gpt2")
    let experiment = try fixture.experiment(.double)
    let row = try fixture.row([3, 14, 9, 2])
    func lengths(_ probes: Int?) throws -> [Double] {
      try experiment.jacobianLengths(
        row, from: [Self.target], to: Self.source, positions: [3], probes: probes, seed: 4)[0][0]
    }
    for (estimate, exact) in zip(try lengths(400), try lengths(nil)) {
      #expect(abs(estimate - exact) < 0.15 * exact)
    }
    #expect(try lengths(3) == lengths(3))
  }

  @Test func severalTargetsShareARunAndGiveWhatEachGivesAlone() throws {
    for (name, precision) in [("gpt2", Precision.double), ("llama", .single)] {
      let fixture = try Fixture(name)
      let experiment = try fixture.experiment(precision)
      let row = try fixture.row([3, 14, 9, 2])
      func lengths(_ targets: [Site]) throws -> [[[Double]]] {
        try experiment.jacobianLengths(
          row, from: targets, to: Self.source, positions: [1, 3], probes: 3, seed: 4)
      }
      let first = Site(.residPost, layer: 0)
      let both = try lengths([first, Self.target])
      #expect(both == [try lengths([first])[0], try lengths([Self.target])[0]])
      #expect(both[0] != both[1])
    }
  }

  @Test func anEncoderIsDifferentiatedByItself() throws {
    let model = try TinyModels.mbart()
    let experiment = Experiment(model: model, runtime: try model.runtime(.double))
    let row = try Prompt("the cat sat", target: .text("the dog")).row(for: model)
    let reach = try experiment.gradientReach([row], of: .encoder, distances: 4, seed: 0)
    #expect(reach.means[0] > reach.means[1] && reach.means[2] > 0)
    let own = try experiment.gradientReach([row], of: .decoder, distances: 4, seed: 0)
    #expect(own.means[0] > 0 && own.means[3].isNaN)
  }

  @Test func vectorsOfAnotherShapeAreRefused() throws {
    let fixture = try Fixture("gpt2")
    let row = try fixture.row([3, 14])
    let vectors = AnyTensor.double(Tensor(zeros: [.row, .position, .width], [1, 3, 16]))
    #expect(throws: Fault.self) {
      try fixture.experiment(.double).runtime.pullBack(
        vectors, from: [Self.target], to: [Self.source], in: RunRequest(Batch([row])))
    }
  }

  @Test func aGeometricFallIsRecognised() {
    let fall = GeometricFall((0..<8).map { 3 * Double(1 << (8 - $0)) / 256 })
    #expect(abs(fall.factor - 0.5) < 1e-12 && abs(fall.fit - 1) < 1e-12)
    #expect(GeometricFall([1, 0.5]).factor.isNaN)
    #expect(GeometricFall([1, 1, 1]).fit.isNaN)
  }

  @Test func aRecurrentNetworkForgetsGeometrically() {
    let curve = GradientReach.recurrent(width: 24, distances: 12, seed: 3)
    let fall = GeometricFall(curve)
    #expect(curve[0] == 1 && fall.factor < 0.95 && fall.fit > 0.95, "\(fall)")
  }
}
