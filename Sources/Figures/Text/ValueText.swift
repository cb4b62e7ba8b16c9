import Language

/// Writes any value as text for people, by its kind.
public struct ValueText: Sendable {
  /// How it is written.
  public let style: RenderStyle

  /// Makes a writer.
  public init(_ style: RenderStyle) { self.style = style }

  /// The value's lines, without a line break at the end.
  public func text(_ value: Value) -> String { lines(value).joined(separator: "\n") }

  private var ink: Ink { Ink(colour: style.colour) }

  private func lines(_ value: Value) -> [String] {
    switch value {
    case .table(let table): return TableText(table: table, style: style).lines()
    case .tensor(let tensor): return TensorText(tensor: tensor, style: style).lines()
    case .figure(let figure): return lines(figure)
    case .string(let text): return [text.contains("\n") ? text : value.text]
    case .list(let list): return lines(list)
    case .record(let record): return lines(record)
    case .function(let function): return lines(function)
    case .error(let error):
      return [DiagnosticText(isColoured: style.colour != .none).text(error.diagnostic)]
    case .host(let host): return lines(host)
    case .null, .bool, .number, .range: return [value.text]
    }
  }

  private func lines(_ host: any HostValue) -> [String] {
    switch host.presentation {
    case .text(let text): [text]
    case .fitted(let text): [text(style.width)]
    case .table(let table): TableText(table: table, style: style).lines()
    case .tensor(let tensor): TensorText(tensor: tensor, style: style).lines()
    case .figure(let figure): lines(figure)
    case .value(.host(let inner)): [inner.description]
    case .value(let value): lines(value)
    }
  }

  private func lines(_ figure: Figure) -> [String] {
    var lines = figure.title.isEmpty ? [] : [ink.paint(Columns.oneLine(figure.title), .strong)]
    switch figure.content {
    case .heatMap(let map):
      lines += HeatMapText(map, valueLabel: figure.valueLabel, style: style).lines()
    case .bars(let labels, let values):
      lines += BarsText(
        labels: labels, values: values, valueLabel: figure.valueLabel, style: style
      ).lines()
    case .lines(let series, let ticks):
      lines += plot(figure, series, ticks: ticks, isJoined: true)
    case .scatter(let series):
      lines += plot(figure, series, ticks: [], isJoined: false)
    case .panels(let panels):
      lines += PanelsText(panels: panels, style: style) { self.lines($0) }.lines()
    }
    return lines + ink.notes(figure.notes, width: style.width)
  }

  private func plot(
    _ figure: Figure, _ series: [Figure.Series], ticks: [String], isJoined: Bool
  ) -> [String] {
    PlotText(
      series: series, ticks: ticks, isJoined: isJoined, xLabel: figure.xLabel,
      valueLabel: figure.valueLabel, style: style
    ).lines()
  }

  private func lines(_ function: FunctionValue) -> [String] {
    let signature = function.signature
    return function.documentation.isEmpty ? [signature] : [signature, function.documentation]
  }

  /// On one line where it fits, else an element on each line.
  private func lines(_ list: List) -> [String] {
    let line = Value.list(list).text(limit: style.width)
    if DisplayWidth.of(line) <= style.width, !line.contains("…") { return [line] }
    let limit = style.maxRows ?? .max
    let shown = list.count > limit ? limit : list.count
    if list.allSatisfy({ if case .number = $0 { true } else { false } }) {
      return numbers(list)
    }
    var lines = ["["]
    for item in list.prefix(shown) {
      lines.append("  " + element(item, width: style.width - 3) + ",")
    }
    if shown < list.count {
      lines.append(ink.paint("  … \(list.count - shown) more; `show` prints all", .quiet))
    }
    return lines + ["]"]
  }

  private func numbers(_ list: List) -> [String] {
    let limit = (style.maxRows ?? .max / 20) * 8
    let words = list.prefix(limit).map { $0.text + "," }
    var lines = DisplayWidth.wrapped(words, to: style.width - 2).map { "  " + $0 }
    if list.count > limit {
      lines.append(ink.paint("  … \(list.count - limit) more; `show` prints all", .quiet))
    }
    return ["["] + lines + ["]"]
  }

  private func lines(_ record: Record) -> [String] {
    let line = Value.record(record).text(limit: style.width)
    if DisplayWidth.of(line) <= style.width, !line.contains("…") { return [line] }
    let names = record.names.map { Columns.oneLine($0) }
    let widest = min(names.map { DisplayWidth.of($0) }.max() ?? 0, style.width / 3)
    return zip(names, record.values).map { name, value in
      ink.paint(Columns.left(name, widest), .strong) + "  "
        + element(value, width: style.width - widest - 2)
    }
  }

  /// A value inside another one, on one line.
  private func element(_ value: Value, width: Int) -> String {
    let text = Columns.oneLine(style.maxRows == nil ? value.text : value.text(limit: width * 2))
    return style.maxRows == nil ? text : DisplayWidth.truncate(text, width)
  }
}
