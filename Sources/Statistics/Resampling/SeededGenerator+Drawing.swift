import Tensors

extension SeededGenerator {
  /// A number from `0..<count`, each with the same chance.
  public mutating func index(below count: Int) -> Int {
    // The high half of a 128-bit product; the bias is count / 2⁶⁴.
    Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }

  /// `0..<count` in random order (Fisher and Yates).
  public mutating func permutation(_ count: Int) -> [Int] {
    var places = Array(0..<count)
    permute(&places)
    return places
  }

  /// Puts elements in random order.
  public mutating func permute<Element>(_ elements: inout [Element]) {
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, index(below: last + 1))
    }
  }

  /// `size` different numbers from `0..<count`, in ascending order; all of them when there are
  /// fewer.
  public mutating func sample(_ size: Int, of count: Int) -> [Int] {
    if size >= count { return Array(0..<count) }
    var places = Array(0..<count)
    for place in 0..<max(size, 0) { places.swapAt(place, place + index(below: count - place)) }
    return places.prefix(max(size, 0)).sorted()
  }
}
