import Analysis
import Language
import Tensors
import Transformers

extension Workbench {
  var rolloutCommand: Builtin {
    Builtin(
      "rollout", "Multiplies attention through the layers: what each token is made of at the end.",
      Parameter<SinglePrompt>("prompt", "The prompt.", .piped),
      Parameter<HeadFusion>(
        "fusion", "How a layer's heads become one.", .named, default: .mean,
        choices: HeadFusion.choices),
      Parameter<ResidualShare>(
        "residual", "How much of a token stays in a step, from 0 to 1; or a list, one for each.",
        .named, default: .same(0.5)),
      Parameter<SpecialRule>(
        "special", "What becomes of class, separator, start and end tokens.", .named,
        default: .keep,
        choices: SpecialRule.choices),
      Parameter<SideInput?>(
        "side", "One side of a model with two stacks; both together if none.", .named,
        choices: SideInput.choices),
      Parameter<Bool>(
        "by_layer", "Whether to give every step as a tensor.", .named, default: false),
      returns: "figure or tensor", family: .heads,
      alsoFoundAs: ["attention rollout", "Abnar", "information flow", "attribution"],
      details: """
        Each layer's heads become one matrix A, each step is residual · I + (1 − residual) · A with \
        rows scaled to one, and steps are multiplied from the first to the last (Abnar and Zuidema \
        2020). A row says what share of the token behind the last layer came from each token of the \
        input, if shares multiply. Under the picture stands how much of themselves tokens keep, and \
        how much they would keep if all attention were even: what a rollout shows beyond that is the \
        model's doing. In a model with two stacks source tokens are marked with `enc`, and each \
        layer of the decoder makes two steps, one for its own attention and one for that to the source.
        """,
      examples: [
        Example(
          #"load "random-tiny"; rollout (prompt "cat")"#,
          shows: "Where each token came from."),
        Example(
          """
          load "random-tiny"
          let r = rollout (prompt "cat") by_layer: true
          [r.shape, sum(r[1][2])]
          """,
          shows: "Behind each of two layers, three by three; rows sum to one."),
        Example(
          #"load "random-tiny"; (rollout (prompt "cat") residual: 1 by_layer: true)[1][0]"#,
          shows: "Without attention a token stays what it is.",
          gives: .tensor([.init("key", labels: ["0 c", "1 a", "2 t"])], [1, 0, 0])),
        Example(
          #"load "random-tiny"; rollout (prompt "cat") residual: [0.5]"#,
          shows: "There are two steps.", gives: .fails("shape-mismatch")),
      ]
    ) { [self] _, input, fusion, residual, special, side, byLayer throws(Failure) in
      var options = MixingOptions()
      options.fusion = fusion
      options.residual = residual
      options.special = special
      options.stack = side?.stack
      let experiment = try experiment()
      let row = try row(of: input.prompt)
      let (mixing, even) = try onModel { () throws(ModelError) in
        (try experiment.mixing(row, options), try experiment.mixing(row, options.even))
      }
      record(experiment, [row])
      let products = try onModel { () throws(ModelError) in try mixing.rollout() }
      let nulls = try onModel { () throws(ModelError) in try even.rollout() }
      let picture = MixingPicture(
        mixing, row: row, queries: mixing.shownQueries, model: experiment.model.description)
      var notes = mixing.notes(options)
      if let own = products.last?.ownShare(mixing.shownQueries),
        let null = nulls.last?.ownShare(mixing.shownQueries)
      {
        notes.append(
          "tokens keep \(NumberText.rounded(100 * own)) % of themselves; with even attention "
            + "\(NumberText.rounded(100 * null)) %")
      }
      notes += self.notes
      guard byLayer else {
        return .figure(
          picture.figure(products.last, title: "rollout", valueLabel: "share", notes: notes))
      }
      return .tensor(picture.tensor(products, steps: mixing.steps.map(\.name), notes: notes))
    }
  }
}

extension MixingOptions {
  /// The same with attention taken to be even.
  fileprivate var even: MixingOptions {
    var options = self
    options.isEven = true
    return options
  }
}

extension Tensor<Double> {
  /// The mean of the diagonal entries of [query, key] at some queries.
  fileprivate func ownShare(_ queries: [Int]) -> Double? {
    guard !queries.isEmpty else { return nil }
    return queries.reduce(0) { $0 + self[$1, $1] } / Double(queries.count)
  }
}
