import Corpora
import Faults
import Tensors
import Testing
import Transformers

@testable import Analysis

@Suite("Gathering vectors") struct GatheringTests {
  private static func setup(_ count: Int = 20) throws -> (Experiment, [AnnotatedRow]) {
    let model = try Model.randomTiny()
    let texts = try Corpus(GeneratedTexts(count: count, seed: 1, split: .test)).texts()
    let rows = try texts.map { try AnnotatedRow($0, for: model) }
    return (Experiment(model: model, runtime: try model.runtime(.single)), rows)
  }

  @Test func everyTokenHasTheVectorThatACaptureGives() throws {
    let (experiment, rows) = try Self.setup()
    let addresses = try ["L*.resid.post", "L1.H*.z"].map { try Address(parsing: $0) }
    let gathering = try Gathering(experiment, rows, at: addresses, count: 100, seed: 3)
    let (found, isComplete) = try gathering.gather()
    #expect(isComplete && found.tokens.count == 100)
    #expect(
      found.sites.map(\.address.description)
        == ["L0.resid.post", "L1.resid.post", "L1.H0.z", "L1.H1.z", "L1.H2.z", "L1.H3.z"])
    for site in found.sites {
      let values = site.values.doubles
      for (index, token) in found.tokens.enumerated() {
        let row = rows[token.text]
        #expect(row.row.tokens[token.position].id == token.id)
        #expect(row.words[token.position] == token.place)
        #expect(token.place.map { row.text.words[$0] } == token.word)
        let resolved = try experiment.model.description.sites(of: site.address)[0]
        let capture = Capture(
          site: resolved.site, components: resolved.components, positions: [token.position])
        let alone = try experiment.run([row.row], captures: [capture]).captured[capture]
        let gap = zip(alone?.doubles ?? [], values[index * site.width..<(index + 1) * site.width])
          .map { abs($0 - $1) }.max()
        #expect((gap ?? 1) < 1e-5)
      }
    }
  }

  @Test func tokensAreDrawnEvenlyAndInOrder() throws {
    let (experiment, rows) = try Self.setup(60)
    let address = try Address(parsing: "L0.resid.pre")
    let all = try Gathering(experiment, rows, at: [address], count: .max, seed: 1)
    #expect(all.tokens.count == all.available)
    let texts = rows.map { $0.row.tokens.count { $0.origin != .template } }
    #expect(all.available == texts.reduce(0, +))
    let some = try Gathering(experiment, rows, at: [address], count: 500, seed: 1).tokens
    let order = some.map { [$0.text, $0.position] }
    #expect(order == order.sorted { $0.lexicographicallyPrecedes($1) })
    #expect(Set(order).count == 500)
    #expect(Set(some.map(\.text)).count > 55)
    let again = try Gathering(experiment, rows, at: [address], count: 500, seed: 1).tokens
    let other = try Gathering(experiment, rows, at: [address], count: 500, seed: 2).tokens
    #expect(some == again && some != other)
  }

  @Test func anInterruptionKeepsTheTokensOfWholeTexts() throws {
    let (experiment, rows) = try Self.setup(80)
    let address = try Address(parsing: "L1.mlp")
    let gathering = try Gathering(experiment, rows, at: [address], count: 4_000, seed: 1)
    let (part, isComplete) = try gathering.gather { done, _ throws(Fault) in
      if done > 500 { throw .interrupted }
    }
    #expect(!isComplete)
    #expect(part.tokens.count > 500 && part.tokens.count < gathering.tokens.count)
    #expect(part.notes == ["stopped: \(part.tokens.count) of \(gathering.tokens.count) tokens"])
    let (all, _) = try gathering.gather()
    let places = Dictionary(uniqueKeysWithValues: zip(all.tokens, all.tokens.indices))
    let same = all.picking(try part.tokens.map { try #require(places[$0]) })
    #expect(same.sites[0].values.doubles == part.sites[0].values.doubles)
  }

  @Test func memoryIsToldBefore() throws {
    let (experiment, rows) = try Self.setup()
    let address = try Address(parsing: "L*.resid.post")
    let gathering = try Gathering(experiment, rows, at: [address], count: 200, seed: 1)
    let more = try Gathering(experiment, rows, at: [address], count: 300, seed: 1)
    #expect(more.byteCount > gathering.byteCount && gathering.byteCount > 200 * 2 * 32 * 4)
    #expect(gathering.tokens(within: gathering.byteCount) == 200)
    #expect(gathering.tokens(within: 10) == 0)
  }

  @Test(arguments: [
    ["L0.H1.pattern"], ["L0"], ["L9.mlp"], ["L0.mlp@0", "L1.mlp@1"], [],
  ]) func whatHasNoVectorIsRefused(addresses: [String]) throws {
    let (experiment, rows) = try Self.setup(2)
    let parsed = try addresses.map { try Address(parsing: $0) }
    #expect(throws: Fault.self) {
      try Gathering(experiment, rows, at: parsed, count: 10, seed: 1)
    }
  }

  @Test func positionsOfAnAddressAreTaken() throws {
    let (experiment, rows) = try Self.setup(7)
    let address = try Address(parsing: "L0.mlp@-1")
    let gathering = try Gathering(experiment, rows, at: [address], count: 100, seed: 1)
    #expect(gathering.tokens.map(\.position) == rows.map { $0.row.count - 1 })
    #expect(gathering.tokens.allSatisfy { $0.nextID == nil })
    #expect(gathering.addresses.map(\.description) == ["L0.mlp"])
  }
}
