import Language

/// Making tensors.
enum TensorMaking {
  static let tensor = Builtin(
    "tensor", "Makes a tensor of numbers in lists, of tensors of one shape, or of a table.",
    Parameter<Value>(
      "value", "Numbers in lists, a list of tensors, or a table of numbers.", .piped),
    Parameter<[String]?>("axes", "The names of the axes, the slowest first.", .named),
    Parameter<Record?>("labels", "Labels of the entries, a list for each axis named.", .named),
    returns: "tensor", family: .tables, alsoFoundAs: ["array", "matrix", "vector", "stack"],
    details:
      "Axes are called `index` in a vector, `row` and `column` in a matrix, else `axis0` and "
      + "so on. Tensors in a list are put behind one another along a new first axis, `item`.",
    examples: [
      Example(
        "tensor [[1, 2], [3, 4]]", shows: "Two rows of two.",
        gives: .tensor([.init("row", count: 2), .init("column", count: 2)], [1, 2, 3, 4])),
      Example(
        #"tensor [0.1, 0.9] axes: ["key"] labels: {key: ["the", "cat"]}"#,
        shows: "A vector with labels.",
        gives: .tensor([.init("key", labels: ["the", "cat"])], [0.1, 0.9])),
      Example(
        "tensor [[1, 2], [3]]", shows: "Rows must be of one length.",
        gives: .fails("shape-mismatch")),
    ]
  ) { _, value, axes, labels throws(Failure) in
    var made = try tensor(value.presented)
    if let axes { made = try renamed(made, axes) }
    if let labels { made = try labelled(made, labels) }
    return .tensor(made)
  }

  /// The tensor that a plain value makes.
  static func tensor(_ value: Value) throws(Failure) -> TensorValue {
    switch value {
    case .tensor(let tensor): return tensor
    case .table(let table): return try tensor(table)
    case .range(let range):
      let numbers = try Rows.numbers(of: range)
      return TensorValue(axes: [.init("index", count: numbers.count)], storage: .doubles(numbers))
    case .list(let list):
      let tensors = list.compactMap { if case .tensor(let tensor) = $0 { tensor } else { nil } }
      if !tensors.isEmpty, tensors.count == list.count { return try stacked(tensors) }
      return try nested(list)
    default:
      throw Failure(
        "wrong-type", "\(value.kindWithArticle) makes no tensor", argument: "value",
        help: "a list of numbers does: tensor [1, 2, 3]")
    }
  }

  /// Tensors of one shape behind one another along a new first axis, `item`.
  static func stacked(_ tensors: [TensorValue]) throws(Failure) -> TensorValue {
    let first = tensors[0]
    for tensor in tensors
    where tensor.shape != first.shape || tensor.axes.map(\.name) != first.axes.map(\.name) {
      throw Failure(
        "shape-mismatch",
        "the tensors differ in shape: \(first.shapeText) and \(tensor.shapeText)")
    }
    let name = first.axisIndex("item") == nil ? "item" : "items"
    let axes = [.init(name, count: tensors.count)] + first.axes
    let notes = tensors.flatMap(\.notes).distinct
    var floats: [Float] = []
    for tensor in tensors {
      guard case .floats(let values) = tensor.storage else {
        return TensorValue(
          axes: axes, storage: .doubles(tensors.flatMap(\.doubles)), notes: notes)
      }
      floats += values
    }
    return TensorValue(axes: axes, storage: .floats(floats), notes: notes)
  }

  private static func tensor(_ table: Table) throws(Failure) -> TensorValue {
    let columns = try table.columns.map { column throws(Failure) in
      try NumberSource.numbers(column.values, in: "column `\(column.name)`")
    }
    let numbers = (0..<table.rowCount).flatMap { row in columns.map { $0[row] } }
    return TensorValue(
      axes: [.init("row", count: table.rowCount), .init("column", labels: table.names)],
      storage: .doubles(numbers), notes: table.notes)
  }

  private static func nested(_ list: List) throws(Failure) -> TensorValue {
    var shape: [Int] = []
    var level: Value = .list(list)
    while case .list(let inner) = level, shape.count < 16 {
      shape.append(inner.count)
      guard let next = inner.first else { break }
      level = next
    }
    var numbers: [Double] = []
    try gather(list, shape[...], into: &numbers)
    let names =
      switch shape.count {
      case 1: ["index"]
      case 2: ["row", "column"]
      default: shape.indices.map { "axis\($0)" }
      }
    return TensorValue(
      axes: zip(names, shape).map { .init($0, count: $1) }, storage: .doubles(numbers))
  }

  private static func gather(
    _ list: List, _ shape: ArraySlice<Int>, into numbers: inout [Double]
  ) throws(Failure) {
    guard list.count == shape.first else {
      throw Failure(
        "shape-mismatch",
        "lists beside one another have \(shape.first ?? 0) and \(list.count) elements",
        argument: "value", help: "every row of a tensor has the same length")
    }
    for element in list {
      switch element {
      case .number(let number) where shape.count == 1: numbers.append(number)
      case .list(let inner) where shape.count > 1:
        try gather(inner, shape.dropFirst(), into: &numbers)
      default:
        throw Failure(
          "shape-mismatch",
          "\(element.kindWithArticle) stands where a \(shape.count == 1 ? "number" : "list") must be",
          argument: "value")
      }
    }
  }

  private static func renamed(
    _ tensor: TensorValue, _ names: [String]
  ) throws(Failure) -> TensorValue {
    guard names.count == tensor.axes.count, Set(names).count == names.count else {
      throw Failure(
        "shape-mismatch",
        "the tensor has \(Value.count(tensor.axes.count, "axis", "axes")) and "
          + "\(Value.count(Set(names).count, "different name")) for them", argument: "axes",
        help: "the tensor is \(tensor.shapeText)")
    }
    let axes = zip(names, tensor.axes).map { name, axis in
      axis.labels.map { TensorValue.Axis(name, labels: $0) } ?? .init(name, count: axis.count)
    }
    return TensorValue(axes: axes, storage: tensor.storage, notes: tensor.notes)
  }

  private static func labelled(
    _ tensor: TensorValue, _ labels: Record
  ) throws(Failure) -> TensorValue {
    var axes = tensor.axes
    for (name, value) in labels.fields {
      let place = try tensor.axis(name, argument: "labels")
      guard case .list(let list) = value, list.count == axes[place].count else {
        throw Failure(
          "length-mismatch", "axis `\(name)` has \(axes[place].count) entries to label",
          argument: "labels", help: "give a list of as many strings")
      }
      axes[place] = .init(name, labels: list.map(\.plainText))
    }
    return TensorValue(axes: axes, storage: tensor.storage, notes: tensor.notes)
  }
}

extension TensorValue {
  /// The place of an axis that must be there.
  func axis(_ name: String, argument: String) throws(Failure) -> Int {
    if let place = axisIndex(name) { return place }
    throw Failure(
      "unknown-axis", "the tensor has no axis `\(name)`", argument: argument,
      help: Suggestion.help(for: name, among: axes.map(\.name)) ?? "it is \(shapeText)")
  }
}

extension Value {
  /// A count with a noun whose plural is its own.
  static func count(_ number: Int, _ noun: String, _ plural: String) -> String {
    "\(number) \(number == 1 ? noun : plural)"
  }
}
