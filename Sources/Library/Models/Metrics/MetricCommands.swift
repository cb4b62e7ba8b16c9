import Analysis
import Language
import Transformers

/// The commands that make metrics.
///
/// They need no model: a metric is checked when it is used.
enum MetricCommands {
  static let builtins = [logit, logitDiff, prob, logProb, rank, loss, entropy, kl]

  private static let place = Parameter<PositionSelector?>(
    "at",
    "Where the prediction is read; at the mask of a masked model, else at the last token, if none.",
    .named)
  private static let naming = """
    A token is named by the text that it adds in running text (" She" is the piece that adds that \
    text after a word, whatever the vocabulary calls it), or by its id. A classifier's label is \
    named in the same way; one that several tasks have, with its task in front ("number.plural"). \
    Probabilities, ranks and entropies are those within a task.
    """

  private static func value(_ kind: Metric.Kind, _ position: PositionSelector?) -> Value {
    .host(MetricValue(metric: Metric(kind, at: position)))
  }

  static let logit = Builtin(
    "logit", "Makes the metric that reads a token's logit.",
    Parameter<TokenName>("token", "The token."), place,
    returns: "metric", family: .metrics, alsoFoundAs: ["score"], details: naming,
    examples: [
      Example(
        #"load "random-tiny"; measure (prompt "the cat") (logit "s") | round 3"#,
        shows: "The logit of `s` behind the prompt.", gives: .number(0.122))
    ]
  ) { _, token, at throws(Failure) in value(.logit(token), at) }

  static let logitDiff = Builtin(
    "logit_diff", "Makes the metric that reads one token's logit less another's.",
    Parameter<TokenName>("token", "The token whose logit counts."),
    Parameter<TokenName>("other", "The token whose logit is taken away."), place,
    returns: "metric", family: .metrics, alsoFoundAs: ["logit difference", "gap"], details: naming,
    examples: [
      Example(
        #"load "random-tiny"; measure (prompt "the cat") (logit_diff "s" "s")"#,
        shows: "A token's own difference is nothing.", gives: .number(0)),
      Example(
        #"load "random-tiny"; measure (prompt "the cat") (logit_diff "is" "s")"#,
        shows: "A text that is several tokens is refused.", gives: .fails("several-tokens")),
    ]
  ) { _, token, other, at throws(Failure) in value(.logitDiff(token, other), at) }

  static let prob = Builtin(
    "prob", "Makes the metric that reads the probability of a token, or of a longer text.",
    Parameter<TokenName>("token", "The token, or at the prompt's end a text of several."), place,
    returns: "metric", family: .metrics, alsoFoundAs: ["probability"], details: naming,
    examples: [
      Example(
        #"load "random-tiny"; measure(prompt("the cat"), prob("sat")) < 0.001"#,
        shows: "A text of three tokens.", gives: .flag(true))
    ]
  ) { _, token, at throws(Failure) in value(.prob(token), at) }

  static let logProb = Builtin(
    "log_prob", "Makes the metric that reads the natural logarithm of a probability.",
    Parameter<TokenName>("token", "The token, or at the prompt's end a text of several."), place,
    returns: "metric", family: .metrics, alsoFoundAs: ["log probability", "logprob"],
    details: naming,
    examples: [
      Example(
        """
        load "random-tiny"
        let p = prompt "the cat"
        close(measure(p, log_prob("s")), log(measure(p, prob("s"))), within: 1e-9)
        """, shows: "It is the logarithm of `prob`.", gives: .flag(true))
    ]
  ) { _, token, at throws(Failure) in value(.logProb(token), at) }

  static let rank = Builtin(
    "rank", "Makes the metric that reads a token's rank; the likeliest has rank 1.",
    Parameter<TokenName>("token", "The token."), place,
    returns: "metric", family: .metrics, alsoFoundAs: ["place"], details: naming,
    examples: [
      Example(
        """
        load "random-tiny"
        let best = (predict (prompt "the cat") top: 1)[0].id
        measure (prompt "the cat") (rank best)
        """, shows: "The likeliest token has rank 1.", gives: .number(1))
    ]
  ) { _, token, at throws(Failure) in value(.rank(token), at) }

  static let loss = Builtin(
    "loss", "Makes the metric that reads the mean surprise at the prompt's own tokens, in nats.",
    returns: "metric", family: .metrics, alsoFoundAs: ["perplexity", "cross entropy", "surprise"],
    details: """
      For a causal model the mean of −ln p over all tokens behind the first; for a masked model \
      over the masked ones.
      """,
    examples: [
      Example(
        #"load "random-tiny"; measure(prompt("the cat"), loss) > 5"#,
        shows: "A model that knows nothing is much surprised.", gives: .flag(true))
    ]
  ) { _ throws(Failure) in value(.loss, nil) }

  static let entropy = Builtin(
    "entropy", "Makes the metric that reads the entropy of the prediction, in nats.", place,
    returns: "metric", family: .metrics, alsoFoundAs: ["uncertainty"],
    examples: [
      Example(
        #"load "random-tiny"; measure(prompt("the cat"), entropy) < log(260)"#,
        shows: "At most the logarithm of the vocabulary.", gives: .flag(true))
    ]
  ) { _, at throws(Failure) in value(.entropy, at) }

  static let kl = Builtin(
    "kl", "Makes the metric that reads how far the prediction is from the untouched one, in nats.",
    place,
    returns: "metric", family: .metrics, alsoFoundAs: ["divergence", "Kullback-Leibler"],
    details: """
      Σ p ln(p / q) where p is the prediction of the model without any intervention and q the one \
      with all that are active.
      """,
    examples: [
      Example(
        #"load "random-tiny"; measure (prompt "the cat") kl"#,
        shows: "Nothing is changed, so nothing differs.", gives: .number(0)),
      Example(
        #"load "random-tiny"; with zero(L0) { measure(prompt("the cat"), kl) > 0 }"#,
        shows: "A block without effect is noticed.", gives: .flag(true)),
    ]
  ) { _, at throws(Failure) in value(.kl, at) }
}
