/// A picture as data: what is to be seen, without how it is drawn.
public struct Figure: Sendable, Hashable {
  /// Which way a colour scale goes.
  public enum Scale: Sendable, Hashable {
    /// From the least value to the greatest.
    case sequential
    /// Away from zero in two directions, the same length each.
    case diverging
  }

  /// Rows and columns of numbers as colours.
  ///
  /// NaN and infinite entries are greyed.
  public struct HeatMap: Sendable, Hashable {
    /// The rows' labels, `values.count` of them.
    public let rows: [String]
    /// The columns' labels.
    public let columns: [String]
    /// The numbers, row by row.
    public let values: [[Double]]
    /// The colour scale.
    public let scale: Scale
    /// The name of the axis that runs down.
    public let rowTitle: String
    /// The name of the axis that runs across.
    public let columnTitle: String
    /// What stands in the cells, row by row; empty where the numbers do.
    public let texts: [[String]]

    /// Makes a heat map.
    public init(
      rows: [String], columns: [String], values: [[Double]], scale: Scale = .sequential,
      rowTitle: String = "", columnTitle: String = "", texts: [[String]] = []
    ) {
      self.rows = rows
      self.columns = columns
      self.values = values
      self.scale = scale
      self.rowTitle = rowTitle
      self.columnTitle = columnTitle
      self.texts = texts
    }
  }

  /// A named run of points.
  public struct Series: Sendable, Hashable {
    /// The name in the legend; empty where there is only one.
    public let name: String
    /// The horizontal places.
    public let x: [Double]
    /// The heights, as many.
    public let y: [Double]
    /// A label for each point, or none at all.
    public let labels: [String]

    /// Makes a series.
    public init(_ name: String, x: [Double], y: [Double], labels: [String] = []) {
      self.name = name
      self.x = x
      self.y = y
      self.labels = labels
    }
  }

  /// What is drawn.
  public enum Content: Sendable, Hashable {
    /// Colours in a grid.
    case heatMap(HeatMap)
    /// A bar for each label.
    case bars(labels: [String], values: [Double])
    /// Lines through points; `ticks` name the places 0, 1, … on the horizontal axis, if any.
    case lines([Series], ticks: [String])
    /// Points.
    case scatter([Series])
    /// Pictures side by side, each with its own title and notes; points and lines of all have the
    /// same series, so that one legend serves them.
    case panels([Figure])
  }

  /// What is drawn.
  public let content: Content
  /// The title; may be empty.
  public let title: String
  /// What the numbers are: the scale of a heat map, the height of the others.
  public let valueLabel: String
  /// What the horizontal axis of lines and points is.
  public let xLabel: String
  /// What must be said with the picture; shown under it.
  public let notes: [String]

  /// Makes a picture.
  public init(
    _ content: Content, title: String = "", valueLabel: String = "", xLabel: String = "",
    notes: [String] = []
  ) {
    self.content = content
    self.title = title
    self.valueLabel = valueLabel
    self.xLabel = xLabel
    self.notes = notes
  }

  /// One line that says what the picture shows.
  public var summary: String {
    let what: String
    switch content {
    case .heatMap(let map): what = "heat map, \(map.rows.count) × \(map.columns.count)"
    case .bars(let labels, _): what = "bars, \(labels.count)"
    case .lines(let series, _): what = "plot, \(series.count) series"
    case .scatter(let series): what = "scatter, \(series.reduce(0) { $0 + $1.x.count }) points"
    case .panels(let panels): what = "\(panels.count) panels"
    }
    return title.isEmpty ? what : "\(what): \(title)"
  }
}
