import Analysis
import Foundation
import Tensors
import Testing
import Transformers

@Suite struct LogitLensTests {
  @Test(arguments: Fixture.names, Precision.allCases)
  func eachReadingIsTheStreamReadOutAlone(name: String, precision: Precision) throws {
    let fixture = try Fixture(name)
    let experiment = try fixture.experiment(precision)
    let row = try fixture.row()
    let lenses = try experiment.logitLens(row, at: .range(1, 4), top: 3)
    #expect(lenses.map(\.position) == [1, 2, 3, 4])
    let sites = [Site(.residPre)] + (0..<3).map { Site(.residPost, layer: $0) }
    let captures = sites.map { Capture(site: $0) }
    let result = try experiment.run([row], captures: captures, output: .all)
    for lens in lenses {
      let final = Distribution(logits: result.logitRows[lens.position])
      #expect(lens.answer == final.top(1)[0])
      #expect(lens.readings.count == 4)
      for (reading, capture) in zip(lens.readings, captures) {
        let stream = try #require(result.captured[capture])
        let one = try stream.read(Region([[0], [lens.position], nil]))
        let logits = try experiment.runtime.readOut(one.reshaped([.position, .width], [1, 16]))
        let expected = Distribution(logits: logits.doubles)
        #expect(reading.top.map(\.id) == expected.top(3))
        #expect(abs(reading.entropy - expected.entropy) < 1e-5)
        #expect(abs(reading.divergence - final.divergence(to: expected)) < 1e-5)
        #expect(reading.answerRank == expected.rank(lens.answer))
      }
      #expect(lens.readings[3].divergence < 1e-9 && lens.readings[3].answerRank == 1)
      let agreeing = lens.readings.firstIndex { $0.top[0].id == lens.answer }
      #expect(lens.settling == agreeing.map { lens.readings[$0].address })
    }
  }

  @Test func theStreamThatEntersIsCalledSo() throws {
    let fixture = try Fixture("gpt2")
    let lens = try fixture.experiment(.single).logitLens(try fixture.row())[0]
    let names = lens.readings.map(\.address.description)
    #expect(names == ["L0.resid.pre", "L0.resid.post", "L1.resid.post", "L2.resid.post"])
  }

  @Test(arguments: Fixture.names)
  func interventionsHoldInEveryReading(name: String) throws {
    let fixture = try Fixture(name)
    for (label, interventions) in try fixture.cases() {
      let expected = try #require(try fixture.numbers("case." + label))
      let experiment = try fixture.experiment(.double, interventions)
      let lens = try experiment.logitLens(try fixture.row(), top: 1)[0]
      let last = Distribution(logits: Array(expected.suffix(23)))
      #expect(lens.readings[3].top[0].id == last.top(1)[0], "\(label)")
      #expect(abs(lens.readings[3].entropy - last.entropy) < 1e-5, "\(label)")
    }
  }
}
