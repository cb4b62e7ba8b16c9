import Language

extension Value {
  /// The plain value behind one of the embedding's: its table, tensor or figure where it is shown
  /// as one, itself otherwise.
  var presented: Value {
    var value = self
    for _ in 0..<8 {
      guard case .host(let host) = value else { return value }
      switch host.presentation {
      case .text, .fitted: return value
      case .table(let table): return .table(table)
      case .tensor(let tensor): return .tensor(tensor)
      case .figure(let figure): return .figure(figure)
      case .value(let inner): value = inner
      }
    }
    return value
  }

  /// The values as a list, as a table when all are records with the same fields in one order, or as
  /// a corpus when all are texts of one.
  static func gathered(_ values: [Value]) -> Value {
    if let corpus = CorpusValue(texts: values) { return .host(corpus) }
    var rows: [Record] = []
    rows.reserveCapacity(values.count)
    for value in values {
      guard case .record(let row) = value, row.count > 0,
        rows.first.map({ $0.names == row.names }) ?? true
      else { return .list(List(values)) }
      rows.append(row)
    }
    return rows.isEmpty ? .list([]) : .table(Table(rows: rows))
  }
}
