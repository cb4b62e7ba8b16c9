import Checkpoints
import Faults
import Foundation
import TestSupport
import Testing
import Transformers

/// Checkpoints that hold more, less or other tensors than usual, and classes with other heads.
@Suite struct RecognitionTests {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let folder: String
    let ids: [Int]
    let logits: [Double]
    var testDescription: String { folder }
    var model: Model {
      get throws { try Model(contentsOf: RecognitionTests.folder.appendingPathComponent(folder)) }
    }
  }

  static let folder = SharedData.projectRoot.appendingPathComponent("Tests/Fixtures/Recognition")
  static let cases: [Case] =
    (try? JSONDecoder().decode(
      [Case].self, from: Data(contentsOf: folder.appendingPathComponent("cases.json")))) ?? []

  @Test func thereAreCases() { #expect(Self.cases.count == 12) }

  @Test(arguments: cases)
  func logitsAreThoseOfTheLibrary(_ example: Case) throws {
    let model = try example.model
    let batch =
      model.description.encoder == nil
      ? Batch(ids: [example.ids]) : Batch(source: [example.ids], ids: [example.ids.reversed()])
    let result = try model.runtime(.single).run(
      RunRequest(batch, output: .last(of: [example.ids.count])))
    let logits = try #require(result.logits).doubles
    #expect(zip(logits, example.logits).allSatisfy { abs($0 - $1) < 1e-4 })
    #expect(logits.count == example.logits.count)
  }

  @Test(arguments: cases)
  func whatIsNotUsedIsSaid(_ example: Case) throws {
    let unused = try example.model.unused
    let at = "model.layers.0.self_attn.q_proj."
    #expect(
      unused.tensors
        == (example.folder == "llama-stray" ? [at + "bias", at + "lora_A.weight"] : []))
    #expect(unused.settings.isEmpty)
    #expect(
      unused.needless.isEmpty == !["gpt2-masks", "bert-two-biases", "roberta-two-biases"].contains(
        example.folder))
  }

  @Test(arguments: [
    ("gpt2", "GPT2ForSequenceClassification"), ("gpt2", "GPT2DoubleHeadsModel"),
    ("llama", "LlamaForSequenceClassification"), ("llama", "LlamaForQuestionAnswering"),
    ("bert", "BertForNextSentencePrediction"), ("bert", "BertForMultipleChoice"),
    ("roberta", "RobertaForTokenClassification"), ("bart", "BartForSequenceClassification"),
    ("marian", "MarianForCausalLM"), ("deit", "DeiTForImageClassificationWithTeacher"),
  ])
  func anotherHeadIsRefusedByName(_ type: String, _ name: String) throws {
    let configuration = try Configuration(
      parsing: #"{"model_type": "\#(type)", "architectures": ["\#(name)"]}"#)
    let family = try Families.family(of: configuration)
    let fault = #expect(throws: Fault.self) {
      try family.describe(configuration, TensorNames(prefix: "") { _ in false })
    }
    #expect(fault?.code == "unsupported")
    #expect(fault?.message.contains(name) == true)
  }

  @Test(arguments: [
    ("t5", #""is_encoder_decoder": true, "relative_attention_num_buckets": 32"#, "bart"),
    ("beit", #""image_size": 224, "patch_size": 16"#, "deit"),
    ("swin", #""image_size": 224, "patch_size": 4"#, "vit"),
    ("mistral", #""rms_norm_eps": 1e-6"#, "llama"),
    ("electra", #""type_vocab_size": 2"#, "bert"),
    ("gpt_bigcode", #""n_embd": 8"#, "gpt2"),
  ])
  func theNearestIsBuiltAlike(_ type: String, _ keys: String, _ nearest: String) throws {
    let configuration = try Configuration(parsing: #"{"model_type": "\#(type)", \#(keys)}"#)
    let fault = #expect(throws: Fault.self) { try Families.family(of: configuration) }
    #expect(fault?.message.hasSuffix("the nearest is \(nearest)") == true)
  }

  @Test func ofATwinNoneIsNearest() throws {
    let configuration = try Configuration(
      parsing: #"{"model_type": "clip", "text_config": {}, "vision_config": {}}"#)
    let fault = #expect(throws: Fault.self) { try Families.family(of: configuration) }
    #expect(fault?.message.hasSuffix("is not known") == true)
  }

  @Test func settingsThatNobodyFollowsAreFound() throws {
    let consulted = ConsultedKeys()
    let configuration = try Configuration(
      parsing: #"{"window": 3, "bias": false, "types": ["full", "full"], "read": 1, "odd": ["x"]}"#
    ).recording(in: consulted)
    _ = try configuration.int("read")
    let plain: [String: Set<String>] = [
      "window": [], "bias": ["false"], "types": ["\"full\""], "read": [], "odd": [], "none": [],
    ]
    #expect(configuration.settings(plain, besides: consulted) == ["odd: a list of 1", "window: 3"])
  }

  @Test(
    .enabled(if: SharedData.isAvailable("cases/int8-weights/expected.json")),
    arguments: [
      ("int8-weights/llama_int8", "unsupported"), ("decoder-heads/gpt2_seqcls", "unsupported"),
      ("decoder-heads/llama_seqcls", "unsupported"),
      ("untied-head-missing/bert_untied_missing", "missing-tensors"),
      ("untied-head-missing/llama_untied_missing", "missing-tensors"),
    ])
  func aSharedCaseIsRefused(_ folder: String, _ code: String) throws {
    let fault = #expect(throws: Fault.self) {
      try Model(contentsOf: SharedData.url("cases/" + folder))
    }
    #expect(fault?.code == code)
  }

  @Test(.enabled(if: SharedData.isAvailable("cases/decoder-heads/expected.json")))
  func aBareBodyHasNoLogits() throws {
    let model = try Model(contentsOf: SharedData.url("cases/decoder-heads/gpt2_bare"))
    #expect(model.description.output == nil)
    _ = try Model(contentsOf: SharedData.url("cases/int8-weights/llama_int8_deq"))
  }
}
