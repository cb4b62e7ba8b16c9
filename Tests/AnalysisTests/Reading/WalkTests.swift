import Analysis
import Faults
import Foundation
import Tensors
import Testing
import Transformers

@Suite struct WalkTests {
  @Test(arguments: Fixture.names, Precision.allCases)
  func everyStepAddsUp(name: String, precision: Precision) throws {
    let fixture = try Fixture(name)
    let experiment = try fixture.experiment(precision)
    for (layer, head, position) in [(0, 0, 5), (1, 3, 2), (2, 1, 0)] {
      let walk = try experiment.walk(
        try fixture.row(), layer: layer, head: head, at: .indices([position]))
      #expect(walk.addsUp)
      let names = walk.steps.map(\.name)
      #expect(names.contains("rotated keys") == (name == "llama"))
      #expect(names.contains("position row") == (name != "llama"))
      #expect(names.suffix(5) == ["values", "weighted values", "z", "out", "attention"])
    }
  }

  @Test func theNumbersAreTheReference() throws {
    let fixture = try Fixture("gpt2")
    let walk = try fixture.experiment(.double).walk(
      try fixture.row(), layer: 1, head: 2, at: .indices([4]))
    func step(_ name: String) throws -> [Double] {
      try #require(walk.steps.first { $0.name == name }).values.doubles
    }
    func reference(_ name: String, _ range: Range<Int>) throws -> [Double] {
      Array(try #require(try fixture.numbers("site." + name))[range])
    }
    let start = (4 * 4 + 2) * 4  // position 4, head 2, four coordinates
    #expect(distance(try step("query"), try reference("q.1", start..<start + 4)) < 1e-6)
    #expect(distance(try step("z"), try reference("z.1", start..<start + 4)) < 1e-6)
    let line = (2 * 6 + 4) * 6  // head 2, query 4, six keys
    #expect(distance(try step("pattern"), try reference("pattern.1", line..<line + 6)) < 1e-6)
    #expect(distance(try step("attention"), try reference("attn.1", 4 * 16..<5 * 16)) < 1e-6)
    #expect(try step("mask") == [1, 1, 1, 1, 1, 0])
    let products = try step("products")
    #expect(distance(try step("scaled"), products.map { $0 / 2 }) < 1e-12)
  }

  @Test func anInterventionInsideTheHeadIsSeen() throws {
    let fixture = try Fixture("gpt2")
    let row = try fixture.row()
    let cut = Intervention(
      .cut(from: .indices([5]), to: .indices([1])), at: try Address(parsing: "L1.H2"))
    let walk = try fixture.experiment(.single, [cut]).walk(row, layer: 1, head: 2)
    #expect(!walk.addsUp)
    #expect(walk.steps.first { ($0.deviation ?? 0) > 1e-3 }?.name == "scores")
    let elsewhere = try fixture.experiment(.single, [cut]).walk(row, layer: 2, head: 2)
    #expect(elsewhere.addsUp)
  }

  @Test func headsAndLayersThatAreNotThereAreRefused() throws {
    let fixture = try Fixture("gpt2")
    let experiment = try fixture.experiment(.single)
    let row = try fixture.row()
    #expect(throws: Fault.self) { try experiment.walk(row, layer: 3, head: 0) }
    #expect(throws: Fault.self) { try experiment.walk(row, layer: 0, head: 4) }
    #expect(throws: Fault.self) { try experiment.walk(row, layer: 0, head: 0, at: .all) }
  }
}
