extension StringProtocol {
  /// How many letters there are, counted in steps; too few when the run was asked to stop.
  public var stoppableCount: Int {
    var count = 0
    var place = startIndex
    while place < endIndex, !Interruption.isCurrentRequested {
      guard let next = index(place, offsetBy: Self.step, limitedBy: endIndex) else {
        return count + distance(from: place, to: endIndex)
      }
      count += Self.step
      place = next
    }
    return count
  }

  /// The place of a letter, gone to in steps; an earlier one when the run was asked to stop.
  func index(stoppablyAt count: Int) -> Index {
    var place = startIndex
    var left = count
    while left > 0, !Interruption.isCurrentRequested {
      place = index(place, offsetBy: Swift.min(left, Self.step), limitedBy: endIndex) ?? endIndex
      left -= Self.step
    }
    return place
  }

  private static var step: Int { 1 << 15 }
}
