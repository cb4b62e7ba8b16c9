import Checkpoints
import Faults
import Foundation
import Tensors
import Tokenizers
import Transformers

/// Tiny seeded models that are made in memory.
enum TinyModels {
  /// A GPT-2 with one row of its token table set to zero, or to any number.
  static func gpt2(zeroRow: Int? = nil, filledWith filler: Double = 0) throws -> Model {
    try gpt2 { name, elements in
      guard let zeroRow, name == "wte.weight" else { return }
      for column in 0..<8 { elements[zeroRow * 8 + column] = filler }
    }
  }

  /// A GPT-2 of two layers with two heads of width four, whose stored tensors are edited.
  static func gpt2(edit: @escaping @Sendable (String, inout [Double]) -> Void) throws -> Model {
    let configuration = try Configuration(
      parsing: """
        {"model_type": "gpt2", "n_embd": 8, "n_layer": 2, "n_head": 2, "n_positions": 16,
         "vocab_size": 20}
        """)
    return try model(.gpt2, configuration, tokenizer: nil, edit: edit)
  }

  /// The edit that makes the second head of a layer of `gpt2` a copy of the first; `writing` says
  /// whether it also writes the same.
  static func cloning(layer: Int, writing: Bool) -> @Sendable (String, inout [Double]) -> Void {
    { name, elements in
      if name == "h.\(layer).attn.c_attn.weight" || name == "h.\(layer).attn.c_attn.bias" {
        for row in 0..<elements.count / 24 {
          for part in 0..<3 {
            for column in 0..<4 {
              let start = row * 24 + part * 8 + column
              elements[start + 4] = elements[start]
            }
          }
        }
      }
      if writing, name == "h.\(layer).attn.c_proj.weight" {
        for index in 0..<32 { elements[32 + index] = elements[index] }
      }
    }
  }

  /// A BERT with a vocabulary of whole words and segments.
  static func bert() throws -> Model {
    let words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "cat", "dog", "sat", "##s"]
    let configuration = try Configuration(
      parsing: """
        {"model_type": "bert", "architectures": ["BertForMaskedLM"], "hidden_size": 8,
         "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 16,
         "max_position_embeddings": 16, "vocab_size": \(words.count), "type_vocab_size": 2}
        """)
    return try model(.bert, configuration, tokenizer: try tokenizer(of: words)) { _, _ in }
  }

  /// An mBART with the same words, whose decoder starts with [SEP] and [CLS].
  static func mbart() throws -> Model {
    let words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "cat", "dog", "sat", "##s"]
    let configuration = try Configuration(
      parsing: """
        {"model_type": "mbart", "d_model": 8, "encoder_layers": 1, "decoder_layers": 1,
         "encoder_attention_heads": 2, "decoder_attention_heads": 2, "encoder_ffn_dim": 8,
         "decoder_ffn_dim": 8, "max_position_embeddings": 16, "vocab_size": \(words.count),
         "decoder_start_token_id": 3, "forced_bos_token_id": 2, "eos_token_id": 3}
        """)
    return try model(.mbart, configuration, tokenizer: try tokenizer(of: words)) { _, _ in }
  }

  /// A GPT-2 that reads whole words, whose stored tensors a test may change.
  static func reader(
    of words: [String], layers: Int = 2, width: Int = 8,
    edit: @escaping @Sendable (String, inout [Double]) -> Void = { _, _ in }
  ) throws -> Model {
    let vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + words
    let configuration = try Configuration(
      parsing: """
        {"model_type": "gpt2", "n_embd": \(width), "n_layer": \(layers), "n_head": 2,
         "n_positions": 32, "vocab_size": \(vocabulary.count)}
        """)
    return try model(
      .gpt2, configuration, tokenizer: try tokenizer(of: vocabulary), edit: edit)
  }

  /// A Marian, whose positions are sines and cosines.
  static func marian() throws -> Model {
    let configuration = try Configuration(
      parsing: """
        {"model_type": "marian", "d_model": 8, "encoder_layers": 2, "decoder_layers": 2,
         "encoder_attention_heads": 2, "decoder_attention_heads": 2, "encoder_ffn_dim": 8,
         "decoder_ffn_dim": 8, "max_position_embeddings": 16, "vocab_size": 12,
         "decoder_start_token_id": 3, "eos_token_id": 3}
        """)
    return try model(.marian, configuration, tokenizer: nil) { _, _ in }
  }

  private static func tokenizer(of words: [String]) throws -> Tokenizer {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("sonde-vocabulary-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try words.joined(separator: "\n").write(
      to: folder.appendingPathComponent("vocab.txt"), atomically: true, encoding: .utf8)
    return try Tokenizer(contentsOf: folder)
  }

  private static func model(
    _ family: Family, _ configuration: Configuration, tokenizer: Tokenizer?,
    edit: @escaping @Sendable (String, inout [Double]) -> Void
  ) throws -> Model {
    let names = TensorNames(prefix: "") { _ in false }
    let description = try family.describe(configuration, names)
    let tensors = family.names(description, names).required(by: description)
    return try Model(
      name: "tiny", family: family, configuration: configuration,
      source: EditedWeights(seeded: SeededWeights(tensors, seed: 5), edit: edit), checkpoint: nil,
      tokenizer: tokenizer)
  }
}

/// Seeded weights of which a test changes some.
private struct EditedWeights: WeightSource {
  let seeded: SeededWeights
  let edit: @Sendable (String, inout [Double]) -> Void

  func shape(of name: String) -> [Int]? { seeded.shape(of: name) }

  func tensor<Element: Scalar>(_ name: String, as type: Element.Type, axes: [Axis])
    throws(Fault) -> Tensor<Element>
  {
    let drawn = try seeded.tensor(name, as: type, axes: axes)
    var elements = drawn.elements.map(Double.init)
    edit(name, &elements)
    return Tensor(axes, drawn.shape, elements.map(Element.init))
  }
}
