extension TensorValue {
  /// What an index picks of one axis.
  public enum Pick: Sendable, Hashable {
    /// One entry, counted from the back when negative; the axis goes away.
    case one(Int)
    /// Several neighbouring entries, both ends included; the axis stays.
    case range(NumberRange)
    /// The entry of a label; the axis goes away.
    case label(String)
  }

  /// The tensor at one entry or some entries of an axis.
  ///
  /// A tensor whose last axis went away has one number and no axes.
  public func picking(_ pick: Pick, axis: Int) throws(Failure) -> TensorValue {
    let (places, keeps) = try places(of: pick, axis: axis)
    let inner = axes[(axis + 1)...].reduce(1) { $0 * $1.count }
    let outer = axes[..<axis].reduce(1) { $0 * $1.count }
    let step = axes[axis].count * inner
    let run = places.count * inner
    func gather<T>(_ values: [T]) -> [T] {
      var result: [T] = []
      result.reserveCapacity(outer * run)
      for block in 0..<outer {
        let start = block * step + places.lowerBound * inner
        result.append(contentsOf: values[start..<(start + run)])
      }
      return result
    }
    let picked: Storage =
      switch storage {
      case .floats(let values): .floats(gather(values))
      case .doubles(let values): .doubles(gather(values))
      }
    var axes = axes
    if keeps { axes[axis] = axes[axis].selecting(places) } else { axes.remove(at: axis) }
    return TensorValue(axes: axes, storage: picked, notes: notes)
  }

  private func places(of pick: Pick, axis: Int) throws(Failure) -> (Range<Int>, keeps: Bool) {
    let axis = axes[axis]
    switch pick {
    case .one(let index):
      let place = index < 0 ? index + axis.count : index
      guard place >= 0, place < axis.count else {
        throw Failure(
          "index-out-of-range", "axis `\(axis.name)` has no entry \(index)",
          help: Self.validRange(axis))
      }
      return (place..<(place + 1), false)
    case .range(let range):
      guard let places = range.places(in: axis.count) else {
        throw Failure(
          "index-out-of-range", "axis `\(axis.name)` has no entries \(range.start)..\(range.end)",
          help: Self.validRange(axis))
      }
      return (places, true)
    case .label(let label):
      let found = axis.labels?.indices.filter { axis.labels?[$0] == label } ?? []
      guard let place = found.first, found.count == 1 else {
        let message =
          found.isEmpty
          ? "axis `\(axis.name)` has no entry labelled \"\(label)\""
          : "axis `\(axis.name)` has \(found.count) entries labelled \"\(label)\""
        throw Failure(
          "index-out-of-range", message,
          help: found.isEmpty
            ? Suggestion.help(for: label, among: axis.labels ?? [])
            : "use the number of one: " + found.prefix(8).map(String.init).joined(separator: ", "))
      }
      return (place..<(place + 1), false)
    }
  }

  private static func validRange(_ axis: Axis) -> String {
    axis.count == 0
      ? "the axis is empty"
      : "entries are 0 to \(axis.count - 1), or -1 for the last"
  }

  /// The only number of a tensor without axes.
  public var scalar: Double? { axes.isEmpty ? storage[0] : nil }

  /// The tensor, or the number that it is when it has no axes left.
  public var value: Value { scalar.map { .number($0) } ?? .tensor(self) }
}
