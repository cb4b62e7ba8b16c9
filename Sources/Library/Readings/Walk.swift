import Analysis
import Faults
import Language
import Transformers

extension Workbench {
  var walkCommand: Builtin {
    Builtin(
      "walk", "Shows one head's arithmetic at one position, with real numbers.",
      Parameter<SinglePrompt>("prompt", "The prompt.", .piped),
      Parameter<Address>("head", "The head, such as L1.H2."),
      Parameter<PositionSelector?>(
        "at",
        "The position that attends; the mask of a masked model, else the last token, if none.",
        .named),
      returns: "walk", family: .readings,
      alsoFoundAs: ["step by step", "query key value", "softmax", "how attention works"],
      details: """
        From the token's embedding to what the head writes: query, keys, products, mask, softmax, \
        weighted values, output. Each step's numbers are a field, such as `.query` or \
        `.weighted_values`; `.steps` is a table of all. Every step is computed again from the ones \
        before it, and `off` is how far that lies from what the model computed, relative to the \
        step's largest number.
        """,
      examples: [
        Example(
          #"load "random-tiny"; (walk (prompt "cat") L1.H2).steps.step | last 4"#,
          shows: "How the output is made.",
          gives: .strings("weighted values", "z", "out", "attention")),
        Example(
          #"load "random-tiny"; (walk (prompt "cat") L1.H2 at: @1).mask"#,
          shows: "The second token may not look at the third.",
          gives: .tensor([.init("key", labels: ["0 c", "1 a", "2 t"])], [1, 1, 0])),
        Example(
          #"load "random-tiny"; walk (prompt "cat") L1"#, shows: "It must be one head.",
          gives: .fails("wrong-address")),
      ]
    ) { [self] _, input, address, selector throws(Failure) in
      guard let layer = address.layers?.single, let head = address.headIndices?.single else {
        throw Failure(
          "wrong-address", "\(address) is not one head", argument: "head",
          help: "name one, such as L1.H2")
      }
      let experiment = try experiment()
      let row = try row(of: input.prompt)
      let walk = try faultsAsFailures { () throws(Fault) in
        try experiment.walk(
          row, layer: layer, head: head, at: address.positions ?? selector)
      }
      record(experiment, [row])
      return .host(WalkValue(walk: walk, notes: notes))
    }
  }
}
