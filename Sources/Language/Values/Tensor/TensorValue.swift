/// Numbers along named axes, row-major: the last axis runs fastest.
///
/// Captured float32 data stays float32; arithmetic and summaries go through float64.
public struct TensorValue: Sendable {
  /// One axis.
  public struct Axis: Sendable, Hashable {
    /// The name, such as `query`.
    public let name: String
    /// The number of entries.
    public let count: Int
    /// A label for each entry, or nil where the entries are only numbered.
    public let labels: [String]?

    /// Makes an axis.
    public init(_ name: String, count: Int) {
      self.name = name
      self.count = count
      labels = nil
    }

    /// Makes an axis with a label for each entry.
    public init(_ name: String, labels: [String]) {
      self.name = name
      count = labels.count
      self.labels = labels
    }

    /// The label of an entry, or its number.
    public func label(_ index: Int) -> String { labels?[index] ?? String(index) }

    /// The axis of the entries at `indices`.
    func selecting(_ indices: Range<Int>) -> Axis {
      if let labels { return Axis(name, labels: Array(labels[indices])) }
      if indices == 0..<count { return self }
      return Axis(name, labels: indices.map(String.init))
    }
  }

  /// The numbers.
  public enum Storage: Sendable {
    /// As float32.
    case floats([Float])
    /// As float64.
    case doubles([Double])

    /// How many there are.
    public var count: Int {
      switch self {
      case .floats(let values): values.count
      case .doubles(let values): values.count
      }
    }

    /// The number at a place.
    public subscript(index: Int) -> Double {
      switch self {
      case .floats(let values): Double(values[index])
      case .doubles(let values): values[index]
      }
    }

    /// The numbers at places that lie `stride` apart.
    func slice(_ places: Range<Int>) -> Storage {
      switch self {
      case .floats(let values): .floats(Array(values[places]))
      case .doubles(let values): .doubles(Array(values[places]))
      }
    }
  }

  /// The axes, slowest first; names are unique.
  public let axes: [Axis]
  /// The numbers, as many as the axes' counts multiply to.
  public let storage: Storage
  /// What must be said with the numbers, such as which interventions held; shown under them.
  public let notes: [String]

  /// Makes a tensor.
  ///
  /// The storage must hold as many numbers as the axes say, and axes must have different names.
  public init(axes: [Axis], storage: Storage, notes: [String] = []) {
    precondition(
      axes.reduce(1) { $0 * $1.count } == storage.count, "a tensor's axes and numbers must agree")
    precondition(Set(axes.map(\.name)).count == axes.count, "a tensor's axes need their own names")
    self.axes = axes
    self.storage = storage
    self.notes = notes
  }

  /// The counts of the axes.
  public var shape: [Int] { axes.map(\.count) }
  /// How many numbers there are.
  public var count: Int { storage.count }

  /// The numbers as float64.
  public var doubles: [Double] {
    switch storage {
    case .floats(let values): values.map(Double.init)
    case .doubles(let values): values
    }
  }

  /// The place of the axis of a name.
  public func axisIndex(_ name: String) -> Int? { axes.firstIndex { $0.name == name } }

  /// The axes and their counts: `[query 5, key 5]`.
  public var shapeText: String {
    "[" + axes.map { "\($0.name) \($0.count)" }.joined(separator: ", ") + "]"
  }
}
