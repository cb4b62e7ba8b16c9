import Language

extension Family {
  /// What commands speak of.
  public static let concepts = Family("concepts", "Ideas")
}

/// Pages of help on ideas that no single command stands for.
enum Concepts {
  static let entries = [
    addresses, positions, ranges, fields, tensors, pipelines, numbersAsText, sessions,
  ]

  static let addresses = Builtin(
    keyword: "addresses", "Names of everything inside a model, as values.",
    syntax: "L3   L3.H5   L3.H5.pattern   L2..4.mlp   L*.H*   L{0,3}.attn   L(i).H(j)",
    family: .concepts,
    alsoFoundAs: ["hook", "site", "activation", "where", "attention pattern", "residual stream"],
    details: """
      `L3` is a block; `L3.H5` a head, which is what it writes to the residual stream; under a head \
      stand `q` `k` `v` `rot_q` `rot_k` `scores` `pattern` `z` and `out`. Under a block also `attn` \
      and `mlp` (what each adds to the stream), `mlp.pre` and `mlp.post` around the activation, \
      `L3.N77` one neuron, `resid.pre` `resid.mid` `resid.post` the stream, and `ln1` `ln2` what the \
      norms give. Outside the blocks stand `embed`, `pos`, `final` and `logits`.

      Several at once: `L2..4`, `L{0,3,5}`, `L*`; the same behind `H` and `N`. Computed numbers stand \
      in parentheses: `L(i).H(j)`. Where heads share keys, `L5.H7` is a query head and `L5.KV1` a \
      group. `enc.` and `dec.` stand before the layer where a model has both.

      A position narrows an address: `L3.resid.post@-1`. An address is checked when it is used; a \
      wrong one is told the range that the model has. `address "blocks.3.attn.hook_pattern"` takes \
      the names of TransformerLens.
      """,
    examples: [
      Example("[L2.H3, L10.H0] | sort", shows: "Addresses are values with an order."),
      Example("L2..4.mlp == L{2,3,4}.mlp", shows: "And are compared by what they name."),
    ])

  static let positions = Builtin(
    keyword: "position", "Places in a prompt, counted or named by their text.",
    syntax: #"@3   @-1   @2..5   @..-1   @"Mary"   @*   @(i)"#, family: .concepts,
    alsoFoundAs: ["token", "index", "place"],
    details: """
      Positions count the tokens of a prompt from 0; `@-1` is the last one that is not padding. \
      `@"Mary"` is the token that holds this text, and an error says how to choose where several do. \
      Directly behind an address a position narrows it, as in `logits@-1`; with a space before it, it \
      is an operand of its own, as in `mask p @3`.

      In generation a position is found once, in the prompt: `during: prefill` keeps an intervention \
      to the prompt, `during: decode` to what is generated.
      """,
    examples: [Example("type @3", shows: "A position is a value.", gives: .string("position"))])

  static let ranges = Builtin(
    keyword: "ranges", "Whole numbers in a row, with both ends.",
    syntax: "2..5   0..-1   1..n - 1", family: .concepts,
    alsoFoundAs: ["range", "seq", "sequence", "interval"],
    details: """
      Without spaces a range is one literal and its ends may be signed; between anything else `..` is \
      an operator, looser than `+`. In a loop, and with `in`, it is its numbers; as an index a \
      negative end counts from the last element.
      """,
    examples: [
      Example("1..4 | each { it * it }", shows: "Its numbers.", gives: .numbers(1, 4, 9, 16)),
      Example("[5, 6, 7, 8][1..-1]", shows: "As an index.", gives: .numbers(6, 7, 8)),
    ])

  static let fields = Builtin(
    keyword: "fields", "Parts of a value: a record's fields, a table's columns, elements.",
    syntax: #"r.name   r["two words"]   t.column   t[0]   l[-1]   l[1..2]"#, family: .concepts,
    alsoFoundAs: ["get", "item", "element", "attribute", "property", "column"],
    details: """
      A record and a table's row have fields, a table columns, which are lists; models, prompts and \
      the like have fields of their own, which `help` lists for a value: `help (p)`. An index in \
      brackets picks an element, from the end where it is negative, and a range several.
      """,
    examples: [
      Example("{head: 1, score: 0.5}.score", shows: "A field.", gives: .number(0.5)),
      Example(
        "(table [{n: 1}, {n: 2}]).n[-1]", shows: "An element of a column.", gives: .number(2)),
    ])

  static let tensors = Builtin(
    keyword: "tensors", "Numbers along named axes, as `capture` gives them.",
    syntax: #"t[query: -1]   t[2]   t[key: "cat"]   t[0..2]   a + b"#, family: .concepts,
    alsoFoundAs: ["array", "slice", "index", "shape", "axis"],
    details: """
      An axis is picked by its name: `t[query: -1]` takes one entry and the axis goes away, a range \
      keeps it, and a label in quotes finds the entry that bears it. `t[2]` picks on the first axis. \
      `+ - * /` work entry by entry, with the axes matched by name. `mean`, `sum`, `min` and `max` \
      take all numbers, or go along the axes that `over:` names. `table` makes rows of a tensor, \
      `save` writes .npy and .safetensors.
      """,
    examples: [
      Example(
        #"(tensor [[1, 2], [3, 4]] axes: ["query", "key"])[query: -1] | sum"#,
        shows: "The last query's row.", gives: .number(7))
    ])

  static let pipelines = Builtin(
    keyword: "pipelines", "Commands in a row, each given what the one before it made.",
    syntax: "a | f x   a | f(x)   a | { it * 2 }", family: .concepts,
    alsoFoundAs: ["|", "pipe", "chain"],
    details: """
      `a | f x` calls `f` with `a` as its piped parameter, which `help f` names; a function of yours \
      takes it first. A block as a stage is called with the value as `it`. A line may end in `|`, and \
      in a file the next may begin with it. At the prompt a line that begins with `|` goes on from \
      `_`, the last value shown.
      """,
    examples: [
      Example(
        "[3, 1, 2] | sort | first 2 | { sum(it) }", shows: "Three stages.", gives: .number(3))
    ])

  static let numbersAsText = Builtin(
    keyword: "NaN", "What stands for no number, and the infinities.",
    syntax: "NaN   Infinity   -Infinity", family: .concepts,
    alsoFoundAs: ["not a number", "missing", "infinity", "masked"],
    details: """
      They are values: equal to themselves under `==`, last in `sort`, greyed in pictures. Masked \
      attention scores are -Infinity. In JSON they are the strings "NaN", "Infinity" and "-Infinity", \
      in CSV the same words; `from_json` and `read_csv` read them back as numbers. Statistics of \
      numbers with NaN among them are NaN.
      """,
    examples: [Example("log(0) == -Infinity", shows: "A value like others.", gives: .flag(true))])

  static let sessions = Builtin(
    keyword: "sessions", "What is kept of a session, and how it is replayed.",
    syntax: #"transcript "notes.md"   save_script "notes.probe"   sonde replay notes.md"#,
    family: .concepts, alsoFoundAs: ["journal", "transcript", "replay", "history", "recover"],
    details: """
      `transcript` writes what was typed and what came of it as Markdown; `sonde replay` runs such a \
      file again and shows what differs, except lines that begin with `time: `. `save_script` writes \
      only the inputs that worked. The journal keeps every entry before it runs: `sonde recover` \
      makes a transcript of a session that broke off. `_` is the last value shown.
      """)
}
