import Analysis
import Language
import Transformers

extension Workbench {
  var attentionCommand: Builtin {
    Builtin(
      "attention", "Shows where heads look: a heat map of one head's pattern.",
      Parameter<PromptInput>("prompt", "A prompt or a batch.", .piped),
      Parameter<AddressInput>("heads", "One head, or several, such as L1.H2, L1.H* or L1."),
      returns: "figure", family: .running, alsoFoundAs: ["pattern", "heat map", "look"],
      details: """
        Rows are the tokens that attend (queries), columns the tokens attended to (keys); each row \
        sums to one. Several heads, or a batch, give a picture of each; `L1.H2.scores` shows what \
        enters the softmax. The numbers are those of `capture p L1.H*.pattern`.
        """,
      examples: [
        Example(
          #"load "random-tiny"; attention (prompt "cat") L1.H2"#, shows: "One head's heat map."),
        Example(
          #"load "random-tiny"; (attention (prompt "cat") L1 | type) == (attention (prompt "cat") L1.H2 | type)"#,
          shows: "A layer gives a picture of each of its heads.", gives: .flag(true)),
      ]
    ) { [self] _, input, address throws(Failure) in
      let addresses = try address.addresses.map { address throws(Failure) in
        try address.attentionPattern
      }
      let tensor = try capture(addresses, of: input)
      let title = addresses.map(\.description).joined(separator: " ")
      return .figure(try Self.pictures(tensor, title: title))
    }
  }

  /// The heat map of a pattern, or one for each pattern that the axes before the last two tell apart.
  private static func pictures(_ tensor: TensorValue, title: String) throws(Failure) -> Figure {
    if tensor.axes.count <= 2 { return heatMap(tensor, title: title) }
    let outer = tensor.axes[0]
    guard tensor.axes.dropLast(2).reduce(1, { $0 * $1.count }) <= mostPictures else {
      throw Failure(
        "too-large", "there would be more than \(mostPictures) pictures", argument: "heads",
        help: "name fewer heads, or take the numbers:   capture p L1.H*.pattern")
    }
    var panels: [Figure] = []
    for index in 0..<outer.count {
      let part = try tensor.picking(.one(index), axis: 0)
      let label = outer.labels == nil ? "\(outer.name) \(index)" : outer.label(index)
      let inner = try pictures(part, title: label)
      if case .panels(let further) = inner.content {
        panels += further.map {
          Figure($0.content, title: "\(label), \($0.title)", valueLabel: $0.valueLabel)
        }
      } else {
        panels.append(Figure(inner.content, title: label, valueLabel: inner.valueLabel))
      }
    }
    return Figure(
      .panels(panels), title: title, valueLabel: title.hasSuffix("scores") ? "score" : "attention",
      notes: tensor.notes)
  }

  private static var mostPictures: Int { 512 }

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
