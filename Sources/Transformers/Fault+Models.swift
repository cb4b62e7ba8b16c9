import Faults

extension Fault {
  /// What needs a distribution over tokens was asked of a classifier.
  public static let noVocabulary = Fault(
    "no-vocabulary", "this model is a classifier: its logits stand for labels, not for tokens",
    help: "see what it predicts with   predict p")
}
