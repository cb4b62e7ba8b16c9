import Analysis
import Language
import Tensors
import Transformers

extension Workbench {
  var walkCommand: Builtin {
    Builtin(
      "walk", "Shows one head's arithmetic at one position, with real numbers.",
      Parameter<SinglePrompt>("prompt", "The prompt.", .piped),
      Parameter<Address>("head", "The head, such as L1.H2."),
      Parameter<PositionSelector>(
        "at", "The position that attends; the last token if none.", .named,
        default: .indices([-1])),
      returns: "table", family: .readings,
      alsoFoundAs: ["step by step", "query key value", "softmax", "how attention works"],
      details: """
        From the token's embedding to what the head writes: query, keys, products, mask, softmax, \
        weighted values, output. `values` holds each step's numbers, `off` how far the step, \
        computed again from the ones before it, lies from what the model computed, relative to its \
        largest number.
        """,
      examples: [
        Example(
          #"load "random-tiny"; (walk (prompt "cat") L1.H2).step | last 4"#,
          shows: "How the output is made.",
          gives: .strings("weighted values", "z", "out", "attention")),
        Example(
          #"load "random-tiny"; let w = walk (prompt "cat") L1.H2 at: @1; w[8].values"#,
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
      let walk = try onModel { () throws(ModelError) in
        try experiment.walk(
          row, layer: layer, head: head, at: address.positions ?? selector)
      }
      record(experiment, [row])
      return .table(walk.table(notes: notes))
    }
  }
}

extension Walk {
  /// The steps as a table.
  fileprivate func table(notes: [String]) -> Table {
    var lines = ["L\(layer).H\(head) at @\(position), \(Value.quoted(row.tokens[position].text))"]
    lines.append(
      addsUp
        ? "every step follows from the ones before, to rounding"
        : "a step does not follow from the ones before: an intervention acts in this layer")
    return Table(
      [
        Table.Column("step", steps.map { .string($0.name) }),
        Table.Column("what", steps.map { .string($0.formula) }),
        Table.Column("shape", steps.map { .string($0.shapeText) }),
        Table.Column("numbers", steps.map { .string($0.numbersText) }),
        Table.Column("off", steps.map { $0.deviation.map { .number($0) } ?? .null }),
        Table.Column("values", steps.map { .tensor($0.tensor(row)) }),
      ], notes: lines + notes)
  }
}

extension Walk.Step {
  fileprivate var shapeText: String {
    zip(values.axes, values.shape).map { "\($0) \($1)" }.joined(separator: " × ")
  }

  /// The first few numbers.
  fileprivate var numbersText: String {
    let all = values.doubles
    let shown = all.prefix(6).map { NumberText.rounded($0) }
    return shown.joined(separator: " ") + (all.count > shown.count ? " …" : "")
  }

  /// All numbers, keys labelled with their tokens.
  fileprivate func tensor(_ row: PromptRow) -> TensorValue {
    let axes = zip(values.axes, values.shape).map { axis, count in
      (axis == .key || axis == .position) && count == row.count
        ? TensorValue.Axis(axis.name, labels: (0..<count).map { row.label($0) })
        : TensorValue.Axis(axis.name, count: count)
    }
    switch values {
    case .single(let tensor): return TensorValue(axes: axes, storage: .floats(tensor.elements))
    case .double(let tensor): return TensorValue(axes: axes, storage: .doubles(tensor.elements))
    }
  }
}
