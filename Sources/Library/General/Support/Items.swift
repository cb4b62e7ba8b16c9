import Language

/// A value of the embedding's whose elements can be picked: a corpus, for one.
///
/// Elements are made one by one, so that a long value need not be in memory.
protocol Items: HostValue {
  /// How many elements there are.
  var count: Int { get }
  /// The element at a place that is there.
  func item(at place: Int) -> Value
  /// The elements at `places`, in that order, in the same kind of value.
  func picking(_ places: [Int]) -> Value
}

extension Items {
  /// The element at an index, which counts from the end where it is negative.
  func element(at index: Value) throws(Failure) -> Value? { try place(index) }

  /// The element or elements of a number or a range; nil for any other index.
  func place(_ index: Value) throws(Failure) -> Value? {
    if case .range(let range) = index {
      let (start, end) = (place(range.start), place(range.end))
      guard start <= end || range.count == 0 else { return picking([]) }
      try check(range.start, start)
      try check(range.end, end)
      return picking(range.count == 0 ? [] : Array(start...end))
    }
    guard let index = Int.from(index) else { return nil }
    try check(index, place(index))
    return item(at: place(index))
  }

  private func place(_ index: Int) -> Int { index < 0 ? index + count : index }

  private func check(_ index: Int, _ place: Int) throws(Failure) {
    guard (0..<count).contains(place) else {
      throw Failure(
        "index-out-of-range", "there is no element \(index) in the \(kind)",
        help: count == 0 ? "it has none" : "elements are 0 to \(count - 1)")
    }
  }
}
