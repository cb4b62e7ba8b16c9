import Faults
import Tensors
import TestSupport
import Testing
import Transformers

@testable import Analysis

/// Gradients of metrics against central differences of the metrics themselves.
@Suite struct MetricGradientTests {
  private static let kinds: [Metric.Kind] = [
    .logit(.id(5)), .logitDiff(.id(3), .id(7)), .logitDiff(.id(3), .id(3)), .prob(.id(4)),
    .logProb(.id(4)), .loss, .entropy, .kl,
  ]

  @Test(arguments: kinds)
  func everyMetricAgreesWithDifferences(kind: Metric.Kind) throws {
    let fixture = try Fixture("gpt2")
    // What is in force makes the divergence more than nothing.
    let base = [Intervention(.scale(2), at: try Address(parsing: "L0.H1"))]
    let rows = [try fixture.row(), try fixture.row(Fixture.second)]
    let metric = Metric(kind)
    let site = Site(.residMid, layer: 1)
    let experiment = try fixture.experiment(.double, base)
    let found = try experiment.gradients(of: metric, on: rows, at: [site])
    let plain = try experiment.measure(metric, on: rows)
    #expect(distance(found.values, plain) < 1e-12)
    let width = fixture.model.description.width
    let gradient = try #require(found.sites[site]).doubles
    let length = try #require(found.sites[site]).shape[1]
    for (row, position, column) in [(0, 3, 2), (0, 5, 0), (1, 1, 7), (1, 3, 15)] {
      let values = try [1e-5, -1e-5].map { (step: Double) -> Double in
        var numbers = Array(repeating: 0.0, count: width)
        numbers[column] = step
        let vector = try #require(NumberArray(shape: [width], elements: numbers))
        let change = Intervention(
          .steer(vector, by: 1), at: try Address(parsing: "L1.resid.mid@\(position)"))
        return try fixture.experiment(.double, base + [change]).measure(metric, on: [rows[row]])[0]
      }
      let expected = (values[0] - values[1]) / 2e-5
      let own = gradient[(row * length + position) * width + column]
      #expect(abs(own - expected) < 1e-6 * max(1, abs(expected)), "row \(row) at \(position)")
    }
  }

  @Test func aRankIsRefused() throws {
    let fixture = try Fixture("gpt2")
    #expect(throws: Fault.self) {
      try fixture.experiment(.double).gradients(
        of: Metric(.rank(.id(3))), on: [try fixture.row()], at: [Site(.embed)])
    }
  }

  @Test func aParameterHasTheSumOverTheRows() throws {
    let fixture = try Fixture("llama")
    let rows = [try fixture.row(), try fixture.row(Fixture.second)]
    let experiment = try fixture.experiment(.double)
    let metric = Metric(.logProb(.id(4)))
    let name = try #require(fixture.model.tensors.first { $0.name.contains("k_proj") }).name
    func gradient(_ rows: [PromptRow]) throws -> [Double] {
      try #require(
        try experiment.gradients(of: metric, on: rows, parameters: .named([name]))
          .parameters[name]
      ).doubles
    }
    let sum = zip(try gradient([rows[0]]), try gradient([rows[1]])).map { $0 + $1 }
    #expect(relative(try gradient(rows), sum) < 1e-12)
  }
}
