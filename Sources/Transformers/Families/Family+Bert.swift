import Checkpoints

extension Family {
  /// BERT (Devlin et al., 2019): post-norm, learned positions and segments, bidirectional; with the
  /// masked-language-model head or the classifier where the checkpoint has one, and a bare encoder
  /// otherwise.
  public static let bert = BertLikeFamily(
    name: "bert", prefix: "bert.", isPreNorm: false, epsilon: 1e-12,
    vocabularySize: 30522, isCountedFromPadding: false,
    headLandmark: "cls.predictions.transform.dense.weight",
    headMatrix: "cls.predictions.decoder.weight",
    head: { tensors, matrix in
      let at = "cls.predictions."
      let norm = TensorNames(prefix: "", holds: tensors.has).norm(at + "transform.LayerNorm")
      return OutputNames(
        transform: (
          MatrixName(at + "transform.dense.weight", bias: at + "transform.dense.bias"), norm
        ),
        vocabulary: MatrixName(
          matrix,
          bias: tensors.has(at + "decoder.bias") ? at + "decoder.bias" : at + "bias"))
    },
    classifier: { tensors in
      OutputNames(
        transform: (
          MatrixName(
            tensors.body("pooler.dense.weight"), bias: tensors.body("pooler.dense.bias")), nil
        ),
        vocabulary: MatrixName("classifier.weight", bias: "classifier.bias"))
    }
  ).family
}
