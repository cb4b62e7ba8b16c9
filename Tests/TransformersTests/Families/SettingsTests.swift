import Checkpoints
import Faults
import Foundation
import Tensors
import TestSupport
import Testing
import Transformers

/// What Hugging Face transformers computes with the same weights under many configurations.
@Suite struct SettingsTests {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let what: String
    let file: String
    let configuration: String
    let ids: [Int]?
    let source: [Int]?
    let image: [Float]?
    let logits: [Double]
    let generated: [Int]?

    var testDescription: String { "\(file): \(what), \(ids?.count ?? 0) tokens" }

    func model() throws -> Model {
      let configuration = try Configuration(parsing: configuration)
      let checkpoint = try Checkpoint(
        contentsOf: SettingsTests.folder.appendingPathComponent("\(file).safetensors"))
      return try Model(
        name: file, family: try Families.family(of: configuration), configuration: configuration,
        source: checkpoint, checkpoint: nil, tokenizer: nil)
    }

    func batch(for model: Model) -> Batch {
      if let image, let patches = model.description.embedding.patches {
        return Batch(images: [Tensor(["channel", "height", "width"], patches.imageShape, image)])
      }
      if let source { return Batch(source: [source], ids: [ids ?? []]) }
      return Batch(ids: [ids ?? []])
    }
  }

  static let folder = SharedData.projectRoot.appendingPathComponent("Tests/Fixtures/Settings")
  static let cases: [Case] =
    (try? JSONDecoder().decode(
      [Case].self, from: Data(contentsOf: folder.appendingPathComponent("cases.json")))) ?? []

  @Test func thereAreCases() { #expect(Self.cases.count > 100) }

  @Test(arguments: cases, Precision.allCases)
  func logitsAreThoseOfTheLibrary(_ example: Case, precision: Precision) throws {
    let model = try example.model()
    let result = try model.runtime(precision).run(
      RunRequest(example.batch(for: model), output: .last(of: [max(example.ids?.count ?? 1, 1)])))
    let logits = try #require(result.logits).doubles
    #expect(distance(logits, example.logits) < 1e-4)
  }

  @Test(arguments: cases.filter { $0.generated != nil }, [true, false])
  func aCacheChangesNoToken(_ example: Case, isCached: Bool) throws {
    let generated = try #require(example.generated)
    let result = try example.model().runtime(.single).generate(
      GenerationRequest(ids: example.ids ?? [], count: generated.count, isCached: isCached)
    ) { _ in }
    #expect(result.ids == generated)
  }

  @Test(arguments: cases.filter { $0.source == nil && $0.ids != nil })
  func aRowThroughTheCacheIsTheRowAtOnce(_ example: Case) throws {
    let model = try example.model()
    guard model.description.canGenerate else { return }
    let runtime = try model.runtime(.double)
    let batch = example.batch(for: model)
    let whole = try #require(try runtime.run(RunRequest(batch, output: .all)).logits).doubles
    let cached = try runtime.cachedLogits(batch, prefill: 3, edits: []).doubles
    #expect(distance(whole, cached) < 1e-9)
  }

  /// Each row turns by its own length, whatever stands beside it.
  @Test(arguments: cases.filter { $0.what.hasPrefix("dynamic") || $0.what.hasPrefix("longrope") })
  func aRowInABatchTurnsAsAlone(_ example: Case) throws {
    let ids = example.ids ?? []
    let rows = [Array(ids.prefix(4)), ids, Array(ids.prefix(20))]
    let runtime = try example.model().runtime(.double)
    let all = try runtime.run(
      RunRequest(Batch(ids: rows), output: .last(of: rows.map(\.count))))
    let together = try #require(all.logits).doubles
    for (row, ids) in rows.enumerated() {
      let alone = try runtime.run(
        RunRequest(Batch(ids: [ids]), output: .last(of: [ids.count])))
      let width = together.count / rows.count
      #expect(
        distance(
          Array(together[row * width..<(row + 1) * width]), try #require(alone.logits).doubles)
          < 1e-9)
    }
  }

  @Test(arguments: [
    (#""hidden_act": "prelu""#, "unsupported"), (#""hidden_act": "xielu""#, "unsupported"),
    (#""hidden_act": "gelo""#, "bad-checkpoint"),
    (#""rope_scaling": {"type": "su", "factor": 2}"#, "unsupported"),
    (#""rope_scaling": {"type": "linear"}"#, "bad-checkpoint"),
    (#""rope_scaling": {"type": "linear", "factor": 0}"#, "bad-checkpoint"),
    (
      #""rope_scaling": {"type": "linear", "factor": 2}, "partial_rotary_factor": 0.5"#,
      "unsupported"
    ),
    (
      #""rope_scaling": {"type": "linear", "factor": 2, "partial_rotary_factor": 1e300}"#,
      "unsupported"
    ),
    (
      #""rope_scaling": {"type": "proportional", "partial_rotary_factor": 1e300}"#,
      "bad-checkpoint"
    ),
    (#""rope_scaling": {"type": "dynamic", "factor": 2}, "head_dim": 2"#, "bad-checkpoint"),
    (#""rope_scaling": {"type": "longrope", "short_factor": [1, 2]}"#, "bad-checkpoint"),
    (#""rope_scaling": {"type": "yarn", "factor": 2}, "rope_theta": 1"#, "bad-checkpoint"),
    (#""rope_theta": 0"#, "bad-checkpoint"), (#""head_dim": 3"#, "bad-checkpoint"),
  ])
  func whatGivesNoRotationOrActivationIsRefused(keys: String, code: String) throws {
    let configuration = try Configuration(
      parsing: #"{"model_type": "llama", "hidden_size": 16, "num_attention_heads": 2, \#(keys)}"#)
    let fault = #expect(throws: Fault.self) {
      try Family.llama.describe(configuration, TensorNames(prefix: "") { _ in true })
    }
    #expect(fault?.code == code)
  }

  /// Every size that is left out has the value of the library's configuration class.
  @Test(arguments: [
    ("gpt2", 12, 768, 12, 3072, 50257, 1024), ("llama", 32, 4096, 32, 11008, 32000, 2048),
    ("bert", 12, 768, 12, 3072, 30522, 512), ("roberta", 12, 768, 12, 3072, 50265, 510),
    ("roberta-prelayernorm", 12, 768, 12, 3072, 50265, 510),
    ("bart", 12, 1024, 16, 4096, 50265, 1024), ("mbart", 12, 1024, 16, 4096, 50265, 1024),
    ("marian", 12, 1024, 16, 4096, 58101, 1024), ("vit", 12, 768, 12, 3072, 0, 197),
    ("deit", 12, 768, 12, 3072, 0, 198),
  ])
  func absentKeysHaveTheLibrarysDefaults(
    name: String, layers: Int, width: Int, heads: Int, neurons: Int, vocabulary: Int, context: Int
  ) throws {
    let configuration = try Configuration(parsing: #"{"model_type": "\#(name)"}"#)
    let family = try Families.family(of: configuration)
    let model = try family.describe(configuration, TensorNames(prefix: "") { _ in false })
    #expect(model.blocks.count == layers)
    #expect(model.width == width)
    #expect(model.blocks[0].attention.heads == heads)
    #expect(model.blocks[0].mlp.width == neurons)
    #expect(model.vocabularySize == vocabulary)
    #expect(model.contextLength == context)
  }

  @Test(.enabled(if: SharedData.isAvailable("cases/rope-settings/expected.json")))
  func aScalingBesideParametersReplacesThem() throws {
    let folder = SharedData.url("cases/rope-settings")
    let expected = try JSONDecoder().decode(
      Named.self, from: Data(contentsOf: folder.appendingPathComponent("expected.json")))
    let model = try Model(contentsOf: folder.appendingPathComponent("llama_ropeboth"))
    let logits = try model.runtime(.single).run(
      RunRequest(Batch(ids: [Array(3...32)]), output: .last(of: [30]))
    ).logits
    #expect(distance(try #require(logits).doubles, expected.logits) < 1e-4)
  }

  private struct Named: Decodable {
    let logits: [Double]
    enum CodingKeys: String, CodingKey { case logits = "llama_ropeboth, last position" }
  }

  @Test(
    .enabled(if: SharedData.isAvailable("cases/roberta-pad-positions/expected.json")),
    arguments: ["rob_none", "rob_pad_mid", "rob_pad_is_eos"])
  func positionsCountWhatIsNotPadding(name: String) throws {
    let folder = SharedData.url("cases/roberta-pad-positions")
    let all = try JSONDecoder().decode(
      [String: Padded].self, from: Data(contentsOf: folder.appendingPathComponent("expected.json")))
    let expected = try #require(all[name])
    let model = try Model(contentsOf: folder.appendingPathComponent(name))
    let logits = try model.runtime(.single).run(
      RunRequest(Batch(ids: [expected.ids]), output: .last(of: [expected.ids.count]))
    ).logits
    #expect(distance(try #require(logits).doubles, expected.logits) < 1e-4)
  }

  private struct Padded: Decodable {
    let ids: [Int]
    let logits: [Double]
    enum CodingKeys: String, CodingKey {
      case ids
      case logits = "logits of the last position, transformers 5.24, attention_mask all ones"
    }
  }
}
