import Faults
import Testing
import Transformers

@testable import Analysis

@Suite struct OrderTestTests {
  @Test(arguments: Fixture.names)
  func withoutPositionsAndMaskTheOrderIsLost(name: String) throws {
    let fixture = try Fixture(name)
    let test = try fixture.experiment(.double).orderTest(try fixture.row(), orders: 3)
    let last = try #require(test.readings.last)
    #expect(last.isEquivariant && last.error < 1e-12, "\(last)")
    #expect(last.unmatched > 0.01)
    for reading in test.readings.dropLast() { #expect(!reading.isEquivariant, "\(reading)") }
    #expect(test.readings.count == (name == "bert" ? 2 : 3))
  }

  @Test func aDecoderDoesNotNoticeAMovedSourceWithoutPositions() throws {
    let model = try TinyModels.mbart()
    let experiment = Experiment(model: model, runtime: try model.runtime(.double))
    let row = try Prompt("the cat sat", target: .text("the dog sat")).row(for: model)
    let test = try experiment.orderTest(row, orders: 2)
    let moved = test.readings.filter { $0.part == .sourceOfDecoder }
    #expect(moved.map(\.isEquivariant) == [false, true])
    #expect(test.readings.filter { $0.part == .encoder }.map(\.isEquivariant) == [false, true])
    #expect(
      test.readings.filter { $0.part == .decoder }.map(\.isEquivariant) == [false, false, true])
  }

  @Test func oneTokenHasNoOrder() throws {
    let fixture = try Fixture("gpt2")
    #expect(throws: Fault.self) {
      try fixture.experiment(.double).orderTest(try fixture.row([3]))
    }
  }
}
