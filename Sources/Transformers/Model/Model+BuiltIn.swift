import Checkpoints
import Faults
import Tokenizers

extension Model {
  /// A small GPT-2 with seeded random numbers and a byte tokenizer, made in memory.
  ///
  /// It knows nothing, but every command works on it without a file; the examples in help, docs and
  /// tests run on it.
  ///
  /// - Throws: `Fault` never in practice: the configuration is fixed.
  public static func randomTiny(seed: UInt64 = 0) throws(Fault) -> Model {
    let tokenizer = Tokenizer.bytes()
    let configuration: Configuration
    do {
      configuration = try Configuration(
        parsing: """
          {"model_type": "gpt2", "architectures": ["GPT2LMHeadModel"], "n_embd": 32, "n_layer": 2, "n_head": 4, "n_positions": 128,
           "vocab_size": \(tokenizer.vocabularySize), "layer_norm_epsilon": 1e-5, "tie_word_embeddings": false}
          """)
    } catch {
      throw Fault(error)
    }
    let family = Family.gpt2
    let names = TensorNames(prefix: family.prefixes[0]) { _ in false }
    let description = try family.describe(configuration, names)
    let tensors = family.names(description, names).required(by: description)
    return try Model(
      name: "random-tiny", family: family, configuration: configuration,
      source: SeededWeights(tensors, seed: seed), checkpoint: nil, tokenizer: tokenizer)
  }
}
