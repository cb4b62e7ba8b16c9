/// What lasts from entry to entry: the names, the imported files and the last value shown.
///
/// An entry that fails is undone: everything it wrote gets its old value back.
final class Session: @unchecked Sendable {
  /// The names bound at the top level.
  let names = Namespace()
  /// The imported files by path.
  var modules: [String: Module] = [:]
  /// The last value shown.
  var lastShown: Value?
  /// How many values have been shown.
  var showCount = 0
  /// The number of the entry that runs.
  private(set) var entry = 0
  private var log: [(cell: Cell, old: Value?)] = []

  /// What an imported file came to.
  enum Module {
    case loading
    case loaded(Value)
  }

  /// What bringing the session back needs besides the log.
  struct Savepoint {
    let cells: [String: Cell]
    let functions: Set<String>
    let modules: [String: Module]
  }

  /// Begins an entry.
  func begin() -> Savepoint {
    entry += 1
    log = []
    return Savepoint(cells: names.cells, functions: names.functions, modules: modules)
  }

  /// Ends an entry that ran to its end.
  func commit() { log = [] }

  /// Takes back what the entry wrote.
  func undo(to savepoint: Savepoint) {
    for (cell, old) in log.reversed() { cell.value = old }
    log = []
    names.cells = savepoint.cells
    names.functions = savepoint.functions
    modules = savepoint.modules
  }

  /// Writes a cell and remembers what it held before the entry.
  func write(_ value: Value, to cell: Cell) {
    if cell.entry != entry {
      log.append((cell, cell.value))
      cell.entry = entry
    }
    cell.value = value
  }

  /// The bound names with their values, in the order of the names.
  var bindings: [(String, Value)] {
    names.cells.compactMap { name, cell in cell.value.map { (name, $0) } }.sorted { $0.0 < $1.0 }
  }
}
