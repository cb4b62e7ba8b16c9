import Language

extension Workbench {
  var loadCommand: Builtin {
    Builtin(
      "load", "Loads a model and uses it.",
      Parameter<String>(
        "source",
        "A name of `models`, a folder, a .safetensors file, or a name in the Hugging Face cache.",
        .piped),
      returns: "model", family: .models, alsoFoundAs: ["open", "checkpoint", "safetensors"],
      details: """
        A folder holds config.json and the weights as safetensors; the tokenizer's files lie beside \
        them. Names and shapes of all tensors are checked, numbers are read when they are needed. \
        `models` lists those that come with the program, with what each is for: "tiny-lm" is the one \
        to begin with. "random-tiny" has seeded random numbers and is made in memory. Nothing is \
        downloaded: a model of the Hugging Face hub, such as "gpt2", is found by its name once \
        `hf download gpt2` has put it into the cache. What the checkpoint holds and the model \
        does not use is named where a number may depend on it: `info` lists all of it, and `check` \
        fails.
        """,
      examples: [
        Example(
          #"load "tiny-lm""#, shows: "A small language model that comes with the program.",
          gives: .notRun("it reads files beside the program")),
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
      let unused = loaded.model.unused
      if !unused.isEmpty {
        context.output.write("not used: \(unused.summary) (see info)")
      }
      return .host(ModelValue(loaded, on: self))
    }
  }
}
