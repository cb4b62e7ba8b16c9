import Language

/// Pictures as SVG documents that can be read and edited by hand: text is text, and there are
/// neither scripts nor fonts from elsewhere.
public enum SVG {
  /// The document of a figure.
  public static func document(for figure: Figure) -> String {
    switch figure.content {
    case .heatMap(let map): SVGHeatMap(figure, map).document()
    case .bars(let labels, let values): SVGBars(figure, labels: labels, values: values).document()
    case .lines(let series, let ticks):
      SVGPlot(figure, series, ticks: ticks, isJoined: true).document()
    case .scatter(let series): SVGPlot(figure, series, ticks: [], isJoined: false).document()
    case .panels(let panels): SVGPanels(figure, panels).document()
    }
  }

  /// The document of anything that can be drawn; nil for what cannot.
  public static func document(for value: Value) -> String? {
    figure(for: value).map { document(for: $0) }
  }

  /// The figure that a value is drawn as: a tensor with one or two axes, or a table with a column
  /// of numbers.
  private static func figure(for value: Value) -> Figure? {
    switch value {
    case .figure(let figure): return figure
    case .tensor(let tensor): return figure(for: tensor)
    case .table(let table): return figure(for: table)
    case .host(let host):
      switch host.presentation {
      case .figure(let figure): return figure
      case .tensor(let tensor): return figure(for: tensor)
      case .table(let table): return figure(for: table)
      case .text, .fitted, .value: return nil
      }
    default: return nil
    }
  }

  private static func figure(for tensor: TensorValue) -> Figure? {
    if tensor.count == 0 { return nil }
    switch tensor.axes.count {
    case 1:
      let axis = tensor.axes[0]
      return Figure(
        .bars(labels: (0..<axis.count).map { axis.label($0) }, values: tensor.doubles),
        title: axis.name, notes: tensor.notes)
    case 2: return Figure(.heatMap(Figure.HeatMap(tensor)), notes: tensor.notes)
    default: return nil
    }
  }

  /// Bars of the column that is drawn with bars, or of the last one of numbers; the labels are the
  /// texts beside it.
  private static func figure(for table: Table) -> Figure? {
    func numbers(_ column: Table.Column) -> [Double]? {
      var numbers: [Double] = []
      for value in column.values {
        guard case .number(let number) = value else { return nil }
        numbers.append(number)
      }
      return numbers.isEmpty ? nil : numbers
    }
    let numeric = table.columns.filter { numbers($0) != nil }
    let drawn = numeric.first { $0.style != .plain } ?? numeric.last
    guard let drawn, let values = numbers(drawn) else { return nil }
    let beside = table.columns.first { numbers($0) == nil } ?? table.columns[0]
    return Figure(
      .bars(labels: beside.values.map(\.plainText), values: values), valueLabel: drawn.name,
      notes: table.notes)
  }
}
