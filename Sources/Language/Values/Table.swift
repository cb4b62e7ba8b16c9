/// Named columns of one length, in order.
///
/// Its rows are records.
public struct Table: Sendable {
  /// How a column of numbers is drawn.
  public enum Style: Sendable, Hashable {
    /// As they are.
    case plain
    /// Text to be read: columns further right are left out before it is cut to a few words.
    case prose
    /// With a bar beside each number, full at `maximum`.
    case bar(maximum: Double)
  }

  /// A column.
  public struct Column: Sendable {
    /// Its name, unique in the table.
    public let name: String
    /// One value for each row.
    public let values: [Value]
    /// How it is drawn.
    public let style: Style

    /// Makes a column.
    public init(_ name: String, _ values: [Value], style: Style = .plain) {
      self.name = name
      self.values = values
      self.style = style
    }
  }

  private final class Storage: Sendable {
    let columns: [Column]
    let rowCount: Int
    let notes: [String]
    let depth: Int

    init(_ columns: [Column], _ rowCount: Int, _ notes: [String]) {
      self.columns = columns
      self.rowCount = rowCount
      self.notes = notes
      depth = 1 + (columns.map { List.depth(of: $0.values) }.max() ?? 0)
    }
  }

  private let storage: Storage

  /// Makes a table; shorter columns are filled with null, of columns with one name the first stays.
  public init(_ columns: [Column], notes: [String] = []) {
    let rowCount = columns.map(\.values.count).max() ?? 0
    var seen: Set<String> = []
    let filled = columns.filter { seen.insert($0.name).inserted }.map { column in
      let missing = rowCount - column.values.count
      return missing == 0
        ? column
        : Column(
          column.name, column.values + Array(repeating: .null, count: missing), style: column.style)
    }
    storage = Storage(filled, rowCount, notes)
  }

  /// Makes a table from records: its columns are the fields in the order of their appearance, and
  /// what a record lacks is null.
  ///
  /// The columns that this kind of table always has are named first, so that they are there when no
  /// record is.
  public init(rows: [Record], always names: [String] = [], notes: [String] = []) {
    var names = names
    var seen = Set(names)
    for row in rows where !Interruption.isCurrentRequested {
      for name in row.names where seen.insert(name).inserted { names.append(name) }
    }
    self.init(
      names.map { name in
        Column(name, Interruption.mappingOrStopping(rows) { $0[name] ?? .null })
      }, notes: notes)
  }

  /// The columns in order.
  public var columns: [Column] { storage.columns }
  /// The columns' names.
  public var names: [String] { storage.columns.map(\.name) }
  /// The number of rows.
  public var rowCount: Int { storage.rowCount }
  /// What must be said with the table, such as which interventions held; shown under it.
  public var notes: [String] { storage.notes }
  /// The nesting, 1 for a table of plain values.
  public var depth: Int { storage.depth }

  /// The column of a name.
  public subscript(name: String) -> Column? { storage.columns.first { $0.name == name } }

  /// A row as a record; `index` must be one of the table's.
  public func row(_ index: Int) -> Record {
    Record(storage.columns.map { ($0.name, $0.values[index]) })
  }

  /// All rows as records.
  public var rows: [Record] { Interruption.mappingOrStopping(0..<rowCount, row) }

  /// The table of the rows at `indices`, in that order, with the same columns and notes.
  public func selecting(_ indices: [Int]) -> Table {
    Table(
      columns.map { column in
        Column(
          column.name, Interruption.mappingOrStopping(indices) { column.values[$0] },
          style: column.style)
      }, notes: notes)
  }
}
