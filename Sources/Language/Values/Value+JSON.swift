extension Value {
  /// The value as a display object, `{"kind": "number", "value": 3}`, as `--json` shows it.
  public var displayJSON: JSON {
    var fields: [(String, JSON)] = [("kind", .string(kind))]
    switch self {
    case .null: break
    case .bool, .number, .string, .list, .record: fields.append(("value", plainJSON))
    case .range(let range):
      fields.append(("start", .number(Double(range.start))))
      fields.append(("end", .number(Double(range.end))))
    case .table(let table):
      fields.append(("columns", .array(table.names.map { .string($0) })))
      let rows = Interruption.mappingOrStopping(0..<table.rowCount) { row in
        JSON.array(table.columns.map { $0.values[row].plainJSON })
      }
      fields.append(("rows", .array(rows)))
      Self.add(table.notes, to: &fields)
    case .tensor(let tensor):
      fields += tensor.jsonFields
      Self.add(tensor.notes, to: &fields)
    case .function(let function):
      fields.append(("name", .string(function.name)))
      fields.append(("signature", .string(function.signature)))
    case .error(let error): fields += error.jsonFields
    case .figure(let figure):
      fields += figure.jsonFields
      Self.add(figure.notes, to: &fields)
    case .host(let value): fields.append(("value", value.json))
    }
    return .object(fields)
  }

  /// The value as plain data: lists as arrays, records as objects, tables as arrays of objects.
  public var plainJSON: JSON {
    switch self {
    case .null: .null
    case .bool(let value): .bool(value)
    case .number(let value): .number(value)
    case .string(let value): .string(value)
    case .list(let list): .array(Interruption.mappingOrStopping(list, \.plainJSON))
    case .record(let record): .object(record.fields.map { ($0, $1.plainJSON) })
    case .range(let range): .array([.number(Double(range.start)), .number(Double(range.end))])
    case .table(let table):
      .array(
        Interruption.mappingOrStopping(0..<table.rowCount) { Value.record(table.row($0)).plainJSON }
      )
    case .tensor(let tensor): .object(tensor.jsonFields)
    case .function(let function): .string(function.name)
    case .error(let error): .object(error.jsonFields)
    case .figure(let figure): .object(figure.jsonFields)
    case .host(let value): value.json
    }
  }

  /// Whether the value has more parts than a text of it could have, each counted as often as it
  /// occurs: values that share parts may be far larger written out than they are.
  public var isTooLargeForText: Bool {
    var left = 20_000_000
    return !isCounted(&left)
  }

  private func isCounted(_ left: inout Int) -> Bool {
    left -= 1
    switch self {
    case .list(let list): return Self.areCounted(list.elements, &left)
    case .record(let record): return Self.areCounted(record.values, &left)
    case .table(let table): return table.columns.allSatisfy { Self.areCounted($0.values, &left) }
    case .tensor(let tensor): left -= tensor.count / 4
    default: break
    }
    return left > 0
  }

  private static func areCounted(_ values: [Value], _ left: inout Int) -> Bool {
    for value in values {
      if !value.isCounted(&left) || Interruption.isCurrentRequested { return false }
    }
    return left > 0
  }

  private static func add(_ notes: [String], to fields: inout [(String, JSON)]) {
    if !notes.isEmpty { fields.append(("notes", .array(notes.map { .string($0) }))) }
  }
}

extension TensorValue {
  /// Axes, shape, labels where there are any, and the numbers in row-major order.
  var jsonFields: [(String, JSON)] {
    var fields: [(String, JSON)] = [
      ("axes", .array(axes.map { .string($0.name) })),
      ("shape", .array(shape.map { .number(Double($0)) })),
    ]
    if axes.contains(where: { $0.labels != nil }) {
      let labels = axes.map { axis in
        axis.labels.map { JSON.array($0.map { .string($0) }) } ?? .null
      }
      fields.append(("labels", .array(labels)))
    }
    switch storage {
    case .floats(let values): fields.append(("data", .floats(values)))
    case .doubles(let values): fields.append(("data", .doubles(values)))
    }
    return fields
  }
}

extension ErrorValue {
  /// Code, message and line.
  var jsonFields: [(String, JSON)] {
    [("code", .string(code)), ("message", .string(message)), ("line", .number(Double(line)))]
  }
}

extension Figure {
  /// The type of picture, its title and its data.
  var jsonFields: [(String, JSON)] {
    var fields: [(String, JSON)] = []
    func strings(_ texts: [String]) -> JSON { .array(texts.map { .string($0) }) }
    func series(_ all: [Series]) -> JSON {
      .array(
        all.map {
          .object([
            ("name", .string($0.name)), ("x", .doubles($0.x)), ("y", .doubles($0.y)),
            ("labels", strings($0.labels)),
          ])
        })
    }
    switch content {
    case .heatMap(let map):
      fields = [
        ("figure", .string("heatmap")), ("rows", strings(map.rows)),
        ("columns", strings(map.columns)), ("values", .array(map.values.map { .doubles($0) })),
      ]
    case .bars(let labels, let values):
      fields = [
        ("figure", .string("bars")), ("labels", strings(labels)), ("values", .doubles(values)),
      ]
    case .lines(let all, let ticks):
      fields = [("figure", .string("lines")), ("series", series(all)), ("ticks", strings(ticks))]
    case .scatter(let all):
      fields = [("figure", .string("scatter")), ("series", series(all))]
    case .panels(let panels):
      fields = [
        ("figure", .string("panels")), ("panels", .array(panels.map { .object($0.jsonFields) })),
      ]
    }
    return [("title", .string(title)), ("value", .string(valueLabel))] + fields
  }
}
