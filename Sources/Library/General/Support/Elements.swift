import Language

/// Values in order that can be gone through: rows, or a tensor along its first axis.
enum Elements: Argument {
  case rows(Rows)
  case tensor(TensorValue)

  static var kind: String { "list, range, table or tensor" }

  static func from(_ value: Value) throws(Failure) -> Elements? {
    if case .tensor(let tensor) = value.presented {
      if tensor.axes.isEmpty {
        throw Failure("wrong-type", "a tensor without axes has no elements to go through")
      }
      return .tensor(tensor)
    }
    return try Rows.from(value).map { .rows($0) }
  }

  var count: Int {
    switch self {
    case .rows(let rows): rows.count
    case .tensor(let tensor): tensor.axes[0].count
    }
  }

  /// The element at a place.
  func value(at place: Int) throws(Failure) -> Value {
    switch self {
    case .rows(let rows): rows.value(at: place)
    case .tensor(let tensor): try tensor.picking(.one(place), axis: 0).value
    }
  }

  /// Neighbouring elements, in the same kind of value.
  func slice(_ places: Range<Int>) throws(Failure) -> Value {
    switch self {
    case .rows(let rows): rows.picking(Array(places))
    case .tensor(let tensor):
      // An empty range starts behind the last entry: from 0 to -1 would be all of them.
      .tensor(
        try tensor.picking(
          .range(
            places.isEmpty
              ? NumberRange(count, count - 1)
              : NumberRange(places.lowerBound, places.upperBound - 1)), axis: 0))
    }
  }
}
