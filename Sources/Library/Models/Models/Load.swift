import Language

extension Workbench {
  var loadCommand: Builtin {
    Builtin(
      "load", "Loads a model and uses it.",
      Parameter<String>(
        "source",
        "A folder, a .safetensors file, a name in the Hugging Face cache, or \"random-tiny\".",
        .piped),
      returns: "model", family: .models, alsoFoundAs: ["open", "checkpoint", "safetensors"],
      details: """
        A folder holds config.json and the weights as safetensors; the tokenizer's files lie beside \
        them. Names and shapes of all tensors are checked, numbers are read when they are needed. \
        "random-tiny" is a small model with seeded random numbers that is made in memory.
        """,
      examples: [
        Example(
          #"load "random-tiny""#, shows: "A built-in model is loaded.",
          gives: .text(
            "random-tiny: gpt2, 2 layers, 4 heads, width 32, 260 tokens, 46.2 thousand parameters")),
        Example(
          #"let m = load "random-tiny"; m.layers"#, shows: "A model has fields.", gives: .number(2)),
        Example(
          #"load "random-tin""#, shows: "A mistyped name is told from near ones.",
          gives: .fails("model-not-found")),
      ]
    ) { [self] context, source throws(Failure) in
      let locations = ModelLocations(context.options)
      let loaded = add(try locations.model(source))
      return .host(ModelValue(loaded, on: self))
    }
  }
}
