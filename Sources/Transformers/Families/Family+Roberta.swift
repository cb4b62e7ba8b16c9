import Checkpoints

extension Family {
  /// RoBERTa (Liu et al., 2019): BERT with positions that count the tokens that are not padding, from
  /// behind the padding id on, and heads of its own.
  public static let roberta = robertaLike(name: "roberta", prefix: "roberta.", isPreNorm: false)

  /// RoBERTa with the norms in front of each part and one behind the last block (Ott et al., 2019).
  public static let robertaPreLayerNorm = robertaLike(
    name: "roberta-prelayernorm", prefix: "roberta_prelayernorm.", isPreNorm: true)

  private static func robertaLike(name: String, prefix: String, isPreNorm: Bool) -> Family {
    BertLikeFamily(
      name: name, prefix: prefix, isPreNorm: isPreNorm, epsilon: 1e-12,
      vocabularySize: 50265, isCountedFromPadding: true,
      headActivation: .gelu, headLandmark: "lm_head.dense.weight",
      headMatrix: "lm_head.decoder.weight",
      head: { tensors, matrix in
        OutputNames(
          transform: (
            MatrixName("lm_head.dense.weight", bias: "lm_head.dense.bias"),
            NormNames(gain: "lm_head.layer_norm.weight", bias: "lm_head.layer_norm.bias")
          ),
          vocabulary: MatrixName(
            matrix,
            bias: tensors.has("lm_head.decoder.bias") ? "lm_head.decoder.bias" : "lm_head.bias"))
      },
      classifier: { _ in
        OutputNames(
          transform: (MatrixName("classifier.dense.weight", bias: "classifier.dense.bias"), nil),
          vocabulary: MatrixName(
            "classifier.out_proj.weight", bias: "classifier.out_proj.bias"))
      }
    ).family
  }
}
