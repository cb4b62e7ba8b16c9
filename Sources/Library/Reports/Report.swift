import Language

extension Workbench {
  var reportCommand: Builtin {
    Builtin(
      "report", "Writes a page for a browser that shows a whole analysis.",
      Parameter<ReportKind>(
        "what", "What the page is about: attention or geometry.", choices: ReportKind.choices,
        takesWord: true),
      Parameter<Value>("of", "Of what: a prompt for attention, a corpus for geometry.", .piped),
      Parameter<String>("to", "The file, which ends in .html.", .named),
      Parameter<MetricInput?>(
        "measure", "What each head's ablation changes; without it the prompt's loss.", .named),
      Parameter<Bool>(
        "ablations", "Whether each head is switched off once.", .named, default: true),
      Parameter<AddressInput?>(
        "heads", "The heads on the page, of one attention, such as L2..4 or L1.H3; all if none.",
        .named),
      Parameter<Bool?>(
        "neurons",
        "Whether queries and keys are on the page; where they take little if nothing is said.",
        .named),
      Parameter<String?>("title", "The heading; it names the model by default.", .named),
      Parameter<Int?>(
        "seed", "For samples of a corpus; the session's seed by default.", .named, in: .from(0)),
      Parameter<Bool>(
        "overwrite", "Whether a file that is there may be replaced.", .named, default: false),
      returns: "null", family: .heads,
      alsoFoundAs: ["html", "bertviz", "head view", "model view", "browser", "page"],
      writesFiles: true,
      details: """
        The page is one file: it needs no network and loads nothing. `report attention` shows the \
        heads of a layer as lines between the tokens, all heads as a grid of small pictures, the \
        query of a token times the keys number by number, and the change of a metric when each head \
        is set to zero, in the grid and in a table. A model with an encoder and a decoder has three \
        attentions on its page; for an image the weights lie over its patches. Everything can be \
        reached with the keyboard, is there as a table too, and prints on white. `heads` keeps some \
        heads only, which makes the page of a large model small and quick to write.

        Weights are kept in 256 steps: to 0.004 at a weight of one, to 0.0004 at one hundredth. \
        Where the prompt has no loss (nothing is masked, a classifier, no target) the page says so \
        and goes without changes; `measure` gives it another metric.

        `report geometry` takes small samples of a corpus and shows layer by layer how much of a \
        token can be read off its vector, what near vectors share, how alike layers are, where \
        tokens lie along principal components and by t-SNE, what comes from other tokens, how much \
        layers change tokens, and whether axes are privileged. What the corpus is too small for is \
        left out and named. `mutual_information`, `preservation`, `similarity`, `pca`, `tsne`, \
        `stream_mixing`, `amount_of_change`, `amount_of_influence` and `axis_alignment` do the same \
        with other sizes.
        """,
      examples: [
        Example(
          #"load "random-tiny"; report attention (prompt "the cat") to: "attention.html""#,
          shows: "Heads, patterns and ablations of a prompt."),
        Example(
          #"load "random-tiny"; report attention (prompt "the cat") to: "layer.html" heads: L1"#,
          shows: "The heads of one layer."),
        Example(
          #"load "random-tiny"; report geometry (corpus "english" count: 30) to: "geometry.html""#,
          shows: "What vectors of a corpus hold, layer by layer."),
        Example(
          #"load "random-tiny"; report attention "a" to: "a.txt""#,
          shows: "A page ends in .html.", gives: .fails("unknown-format")),
        Example(
          #"load "random-tiny"; report attentoin "a" to: "a.html""#,
          shows: "What there is, the message says.", gives: .fails("unknown-choice")),
      ]
    ) {
      [self] context, what, subject, path, metric, ablations, heads, neurons, title, seed, overwrite
        throws(Failure) in
      let file = try PageFile(path, overwrite: overwrite, context)
      switch what {
      case .attention:
        let request = AttentionRequest(
          metric: metric, hasAblations: ablations, hasNeurons: neurons, heads: heads, title: title)
        let page = try attentionPage(of: subject, request, context)
        try file.write(page.html)
      case .geometry:
        let given = [
          ("measure", metric != nil), ("heads", heads != nil), ("neurons", neurons != nil),
        ]
        if let (name, _) = given.first(where: \.1) {
          throw Failure(
            "conflicting-arguments", "`\(name)` is of pages about attention, not about geometry",
            argument: name, help: "leave it out")
        }
        try file.write(geometryPage(of: subject, title: title, seed: seed, context).html)
      }
      return .null
    }
  }
}
