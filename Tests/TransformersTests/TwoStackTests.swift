import Faults
import Foundation
import Tensors
import TestSupport
import Testing
import Transformers

/// What must hold of a model with an encoder and a decoder, however it is run.
@Suite struct TwoStackTests {
  static let source = [7, 21, 12, 5, 9, 2]
  static let ids = [2, 8, 14, 3]

  private func model() throws -> Model {
    try Model(
      contentsOf: SharedData.projectRoot.appendingPathComponent("Tests/Fixtures/Stacks/mbart"))
  }

  private var batch: Batch { Batch(source: [Self.source], ids: [Self.ids]) }

  private func sites(_ model: Model) -> [Site] {
    model.description.stacks.flatMap { stack in
      Site.Kind.allCases.filter { kind in
        stack == .decoder || !kind.isCross && kind != .logits
      }.flatMap { kind in
        (0..<(kind.isInBlock ? 2 : 1)).map { Site(kind, layer: $0, stack: stack) }
      }
    }
  }

  @Test(arguments: Precision.allCases)
  func aNoOpEditAtEverySiteChangesNotOneBit(precision: Precision) throws {
    let model = try model()
    let runtime = try model.runtime(precision)
    let plain = try runtime.run(RunRequest(batch, output: .all)).logits?.doubles
    for site in sites(model) {
      let edit = Edit(id: 1, site: site, action: .scale(1))
      let result = try runtime.run(RunRequest(batch, edits: [edit], output: .all))
      #expect(result.logits?.doubles == plain, "\(site)")
      #expect(result.firings[1]?.times == 1, "\(site)")
    }
  }

  @Test func zeroingAnySiteOfABlockChangesTheLogits() throws {
    let model = try model()
    let runtime = try model.runtime(.single)
    let plain = try runtime.run(RunRequest(batch, output: .all)).logits?.doubles
    for site in sites(model) where site.kind.isInBlock && site.layer == 0 {
      let edit = Edit(id: 1, site: site, action: .zero)
      let result = try runtime.run(RunRequest(batch, edits: [edit], output: .all))
      #expect(result.logits?.doubles != plain, "\(site)")
    }
  }

  @Test func observingEverythingChangesNotOneBit() throws {
    let model = try model()
    let runtime = try model.runtime(.single)
    let plain = try runtime.run(RunRequest(batch, output: .all)).logits?.doubles
    let captures = sites(model).map { Capture(site: $0) }
    let result = try runtime.run(RunRequest(batch, captures: captures, output: .all))
    #expect(result.logits?.doubles == plain)
    #expect(result.captured.count == captures.count)
    let keys = try #require(result.captured[Capture(site: Site(.crossK))])
    #expect(keys.shape == [1, Self.source.count, 4, 4])
    let pattern = try #require(result.captured[Capture(site: Site(.crossPattern))])
    #expect(pattern.shape == [1, 4, Self.ids.count, Self.source.count])
  }

  @Test func headOutputsAndTheBiasSumToWhatCrossAttentionWrites() throws {
    let runtime = try model().runtime(.double)
    let heads = Capture(site: Site(.crossHeadOut, layer: 1))
    let whole = Capture(site: Site(.cross, layer: 1))
    let result = try runtime.run(RunRequest(batch, captures: [heads, whole]))
    let silent = Edit(id: 1, site: Site(.crossZ, layer: 1), action: .zero)
    let bias = try runtime.run(RunRequest(batch, edits: [silent], captures: [whole]))
    let parts = try #require(result.captured[heads]).doubles
    let sum = try #require(result.captured[whole]).doubles
    let constant = try #require(bias.captured[whole]).doubles
    for index in sum.indices {
      let (position, column) = (index / 16, index % 16)
      let joined = (0..<4).reduce(constant[index]) { $0 + parts[(position * 4 + $1) * 16 + column] }
      #expect(abs(joined - sum[index]) < 1e-12)
    }
  }

  @Test func resumingEqualsTheWholeRun() throws {
    let runtime = try model().runtime(.single)
    let encoder = Capture(site: Site(.final, stack: .encoder))
    for layer in 1...2 {
      let stream = Capture(site: Site(.residPost, layer: layer - 1))
      let whole = try runtime.run(RunRequest(batch, captures: [stream, encoder], output: .all))
      let captured = try #require(whole.captured[stream])
      let again = try runtime.resume(at: layer, stream: captured, RunRequest(batch, output: .all))
      #expect(again.logits?.doubles == whole.logits?.doubles)
      let encoded = try runtime.resume(
        at: layer, stream: captured,
        RunRequest(batch, output: .all, encoded: whole.captured[encoder]))
      #expect(encoded.logits?.doubles == whole.logits?.doubles)
    }
  }

  @Test func generationIsTheReferences() throws {
    let model = try model()
    let reference = try ReferenceCheckpoint(
      SharedData.projectRoot.appendingPathComponent("Tests/Fixtures/Stacks/mbart"))
    let expected = try reference.outputs.integers("generated").values
    for isCached in [true, false] {
      let result = try model.runtime(.single).generate(
        GenerationRequest(
          ids: [try #require(model.generation.startToken)], source: reference.batch.source?[0],
          count: 8,
          rules: model.generation.rules, isCached: isCached)
      ) { _ in }
      let whole = [2] + result.ids + (result.end == .endToken ? [2] : [])
      #expect(whole == expected)
    }
  }

  static let edits: [Edit] = [
    Edit(id: 1, site: Site(.z, layer: 0, stack: .encoder), components: [2], action: .zero),
    Edit(id: 1, site: Site(.crossZ, layer: 1), components: [1], action: .zero),
    Edit(id: 1, site: Site(.crossK, layer: 0), positions: .list([3]), action: .scale(4)),
    Edit(
      id: 1, site: Site(.crossScores, layer: 0), action: .hide(keys: [0, 2], sparingSelf: true)),
    Edit(id: 1, site: Site(.residCross, layer: 1), positions: .from(1), action: .scale(0.2)),
  ]

  @Test(arguments: edits.indices)
  func theTextIsTheSameCachedOrNot(edit: Int) throws {
    let model = try model()
    func text(isCached: Bool, _ edits: [Edit]) throws -> [Int] {
      try model.runtime(.single).generate(
        GenerationRequest(
          ids: [2], source: Self.source, count: 9, edits: edits, isCached: isCached)
      ) { _ in }.ids
    }
    let cached = try text(isCached: true, [Self.edits[edit]])
    #expect(try text(isCached: false, [Self.edits[edit]]) == cached)
    #expect(cached.count == 9)
  }

  @Test(arguments: [
    Batch(ids: [[2, 3]]), Batch(source: [[]], ids: [[2]]), Batch(source: [[3], [4]], ids: [[2]]),
    Batch(source: [[99]], ids: [[2]]), Batch(source: [Array(repeating: 3, count: 13)], ids: [[2]]),
  ])
  func rowsThatDoNotFitAreRefused(batch: Batch) throws {
    let runtime = try model().runtime(.single)
    #expect(throws: Fault.self) { try runtime.run(RunRequest(batch, output: .all)) }
  }

  @Test func aModelWithOneStackTakesNoSource() throws {
    let error = #expect(throws: Fault.self) {
      try Model.randomTiny().runtime(.single).run(RunRequest(batch, output: .all))
    }
    #expect(error?.code == "wrong-source")
  }

  @Test func settingsOfGenerationMayLieBesideTheConfiguration() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("sonde-mbart-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(
      at: SharedData.projectRoot.appendingPathComponent("Tests/Fixtures/Stacks/mbart"), to: folder)
    let configuration = folder.appendingPathComponent("config.json")
    let text = try String(contentsOf: configuration, encoding: .utf8)
    try text.replacingOccurrences(of: "\"decoder_start_token_id\": 2,", with: "").write(
      to: configuration, atomically: true, encoding: .utf8)
    #expect(try Model(contentsOf: folder).generation.startToken == 0)
    try #"{"decoder_start_token_id": 4, "forced_bos_token_id": 5}"#.write(
      to: folder.appendingPathComponent("generation_config.json"), atomically: true,
      encoding: .utf8)
    let model = try Model(contentsOf: folder)
    #expect(model.generation.startToken == 4)
    #expect(model.generation.rules.first == 5 && model.generation.rules.last.isEmpty)
  }

  @Test func imagesThatDoNotFitAreRefused() throws {
    let model = try Model(
      contentsOf: SharedData.projectRoot.appendingPathComponent("Tests/Fixtures/Stacks/vit-oblong"))
    let runtime = try model.runtime(.single)
    func image(_ shape: [Int], _ value: Float) -> Tensor<Float> {
      Tensor(
        ["channel", "height", "width"], shape,
        Array(repeating: value, count: shape.reduce(1, *)))
    }
    for batch in [
      Batch(images: [image([2, 6, 4], 0)]), Batch(images: [image([2, 4, 6], .nan)]),
      Batch(ids: [[0]]),
    ] {
      let error = #expect(throws: Fault.self) {
        try runtime.run(RunRequest(batch, output: .all))
      }
      #expect(error?.code == "wrong-image")
    }
    let fitting = try runtime.run(RunRequest(Batch(images: [image([2, 4, 6], 1)]), output: .all))
    #expect(fitting.logits?.shape == [1, 3])
  }
}
