@testable import Analysis
import Corpora
import Tensors
import TestSupport
import Testing
import Transformers

/// Whether weights say what moves.
@Suite struct TransmissionTests {
  private func experiment(_ model: Model, _ actions: [Intervention] = []) throws -> Experiment {
    Experiment(
      model: model, runtime: try model.runtime(.double),
      active: actions.enumerated().map { ActiveIntervention(id: $0 + 1, $1) })
  }

  private func measured(
    _ experiment: Experiment, _ address: String, _ texts: [String] = ["the cat sat", "a dog"],
    _ measures: Set<Transmission.Measure> = Set(Transmission.Measure.allCases)
  ) throws -> Transmission {
    var settings = Transmission.Settings()
    settings.measures = measures
    settings.queries = 4
    let model = experiment.model
    let heads = try HeadSelection([try Address(parsing: address)], in: model.description)
    return try Transmission(
      try texts.map { try AnnotatedRow(AnnotatedText($0), for: model) }, heads: heads,
      settings: settings, with: experiment)
  }

  /// A head without values moves nothing, whatever its weights: all transfers are equal, and a rank
  /// correlation with what is constant is none.
  @Test func aHeadWithoutValuesTransmitsNothing() throws {
    let model = try Model.randomTiny()
    let silent = try experiment(
      model, [Intervention(.zero, at: try Address(parsing: "L0.H1.v"))])
    let result = try measured(silent, "L0.H1")
    for measure in Transmission.Measure.allCases {
      #expect(result.correlations[measure]?.mean(0).isNaN == true, "\(measure)")
    }
    let high = result.sinks.weight(0)
    #expect(high == 0 || result.sinks.mean(0) == 0 || result.sinks.mean(0).isNaN)
  }

  /// Values of one length move exactly what the weights say.
  @Test func equalValuesMoveAsMuchAsTheWeights() throws {
    let model = try Model.randomTiny()
    let width = try #require(model.description.blocks.first).attention.headWidth
    let ones = try #require(NumberArray(shape: [width], elements: (0..<width).map { _ in 1 }))
    let even = try experiment(
      model, [Intervention(.replace(ones), at: try Address(parsing: "L0.H1.v"))])
    let result = try measured(even, "L0.H1", ["the cat sat", "a dog"], [.transfer])
    #expect(abs((result.correlations[.transfer]?.mean(0) ?? 0) - 1) < 1e-9)
    #expect(abs(result.shuffled.mean(0) - 1) < 1e-9)
    #expect(result.sinks.mean(0).isNaN || result.sinks.mean(0) == 0)
  }

  @Test func everyMeasureHasACorrelation() throws {
    let result = try measured(try experiment(try Model.randomTiny()), "L*")
    for measure in Transmission.Measure.allCases {
      for head in 0..<8 {
        let value = result.correlations[measure]?.mean(head) ?? .nan
        #expect((-1...1).contains(value), "\(measure) \(head)")
      }
    }
  }

  @Test(arguments: ["enc.L0", "dec.L0", "dec.L0.cross"])
  func modelsWithTwoStacksAreMeasured(address: String) throws {
    let model = try TinyModels.mbart()
    var text = AnnotatedText("the cat sat the dog")
    text.target = "dog sat the cat"
    let heads = try HeadSelection([try Address(parsing: address)], in: model.description)
    var settings = Transmission.Settings()
    settings.measures = Set(Transmission.Measure.allCases)
    let result = try Transmission(
      [try AnnotatedRow(text, for: model)], heads: heads, settings: settings,
      with: try experiment(model))
    for measure in Transmission.Measure.allCases {
      #expect(result.correlations[measure]?.weight(0) == 1, "\(measure)")
    }
  }

  /// The first key has all of the weight and writes next to nothing; in a random order of lengths it
  /// would write as much as the rest half of the time.
  @Test func sinksAreComparedWithRandomLengths() throws {
    let model = try Model.randomTiny()
    let result = try measured(try experiment(model), "L*", ["the cat sat on the mat", "a dog"])
    for head in 0..<8 where result.sinks.weight(head) > 0 {
      #expect((0...1).contains(result.sinkChances.mean(head)))
      #expect(result.sinkChances.weight(head) == result.sinks.weight(head))
    }
    let lines = result.lines(nil)
    #expect(lines.count == 8)
  }

  /// The lengths against the Jacobian that one-by-one differences give.
  @Test func theJacobiansLengthIsEstimated() throws {
    let model = try TinyModels.gpt2()
    let experiment = try experiment(model)
    let row = try Prompt(.ids([4, 9, 3], types: nil, vocabularySize: 20)).row(for: model)
    let address = try Address(parsing: "L0.H1")
    func output(_ change: [Double], at key: Int) throws -> [Double] {
      let array = try #require(NumberArray(shape: [8], elements: change))
      let steer = Intervention(
        .steer(array, by: 1), at: try Address(parsing: "L0.resid.pre@\(key)"))
      let capture = Capture(
        site: Site(.headOut, layer: 0), components: [1], positions: [2])
      let result = try self.experiment(model, [steer]).run([row], captures: [capture])
      return try #require(result.captured[capture]).doubles
    }
    var squares = 0.0
    for column in 0..<8 {
      var change = Array(repeating: 0.0, count: 8)
      change[column] = 1e-5
      let above = try output(change, at: 1)
      change[column] = -1e-5
      let below = try output(change, at: 1)
      squares += zip(above, below).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) / 4e-10 }
    }
    let heads = try HeadSelection([address], in: model.description)
    let pair = MovedPairs.Pair(
      query: 2, key: 1, weight: 1, length: 1, rowTransfer: 1, sinkChance: 0)
    var random = SeededGenerator(seed: 3)
    let exact = try experiment.jacobians(row, heads, [[pair]], directions: nil, &random)
    #expect(abs(exact[0][0] / squares.squareRoot() - 1) < 1e-6)
    let estimated = try experiment.jacobians(row, heads, [[pair]], directions: 400, &random)
    #expect(abs(estimated[0][0] / squares.squareRoot() - 1) < 0.1)
  }
}
