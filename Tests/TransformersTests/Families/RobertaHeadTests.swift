import Checkpoints
import Testing
import Transformers

@Suite struct RobertaHeadTests {
  /// The transformers library uses the exact GELU there, whatever `hidden_act` says of the body.
  @Test(arguments: [Family.roberta, .robertaPreLayerNorm])
  func headHasTheExactGELU(_ family: Family) throws {
    let configuration = try Configuration(
      parsing: """
        {"model_type": "\(family.name)", "architectures": ["XForMaskedLM"], "hidden_size": 8,
         "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16,
         "vocab_size": 20, "max_position_embeddings": 12, "type_vocab_size": 1, "pad_token_id": 1,
         "hidden_act": "gelu_new"}
        """)
    let model = try family.describe(configuration, TensorNames(prefix: "") { _ in false })
    #expect(model.output?.transform?.activation == .gelu)
    #expect(model.blocks[0].mlp.activation == .geluTanh)
  }
}
