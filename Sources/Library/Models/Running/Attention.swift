import Analysis
import Language
import Transformers

extension Workbench {
  var attentionCommand: Builtin {
    Builtin(
      "attention", "Shows where heads look: a heat map of one head's pattern.",
      Parameter<PromptInput>("prompt", "A prompt or a batch.", .piped),
      Parameter<AddressInput>("heads", "One head, or several, such as L1.H2, L1.H* or L1."),
      returns: "figure or tensor", family: .running, alsoFoundAs: ["pattern", "heat map", "look"],
      details: """
        Rows are the tokens that attend (queries), columns the tokens attended to (keys); each row \
        sums to one. Several heads, or a batch, give a tensor; `L1.H2.scores` shows what enters \
        the softmax.
        """,
      examples: [
        Example(
          #"load "random-tiny"; attention (prompt "cat") L1.H2"#, shows: "One head's heat map."),
        Example(
          #"load "random-tiny"; (attention (prompt "cat") L1.H*).axes"#,
          shows: "Several heads give a tensor.", gives: .strings("head", "query", "key")),
      ]
    ) { [self] _, input, address throws(Failure) in
      let addresses = try address.addresses.map { address throws(Failure) in
        try address.attentionPattern
      }
      let tensor = try capture(addresses, of: input)
      return tensor.axes.count == 2
        ? .figure(Self.heatMap(tensor, title: addresses[0].description)) : .tensor(tensor)
    }
  }

  /// The heat map of a pattern, [query, key].
  private static func heatMap(_ tensor: TensorValue, title: String) -> Figure {
    let numbers = tensor.doubles
    let width = tensor.axes[1].count
    let values = (0..<tensor.axes[0].count).map { Array(numbers[$0 * width..<($0 + 1) * width]) }
    func labels(_ axis: TensorValue.Axis) -> [String] { (0..<axis.count).map(axis.label) }
    let map = Figure.HeatMap(
      rows: labels(tensor.axes[0]), columns: labels(tensor.axes[1]), values: values,
      rowTitle: tensor.axes[0].name, columnTitle: tensor.axes[1].name)
    return Figure(
      .heatMap(map), title: title, valueLabel: title.hasSuffix("scores") ? "score" : "attention",
      notes: tensor.notes)
  }
}

extension Address {
  /// The pattern of the heads that the address names; of all of a layer's where it names a layer.
  fileprivate var attentionPattern: Address {
    get throws(Failure) {
      var address = self
      switch part {
      case .head(_, .pattern, _), .head(_, .scores, _): break
      case .head(let heads, .out, let cross): address.part = .head(heads, .pattern, cross: cross)
      case .block: address.part = .head(.all, .pattern, cross: false)
      case .attn(let cross): address.part = .head(.all, .pattern, cross: cross)
      default:
        throw Failure(
          "wrong-address", "\(self) has no attention pattern", argument: "heads",
          help: "name a head, such as L1.H2, or capture the value:   capture p \(self)")
      }
      return address
    }
  }
}
