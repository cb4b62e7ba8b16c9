/// How well a score tells one class from the other.
public enum AreaUnderCurve {
  /// The chance that an item of the class has the higher score than one outside, ties counting half
  /// (Mann and Whitney, 1947): 1 where the score tells them apart, 0.5 where it tells nothing.
  ///
  /// Scores that are NaN are left out; NaN where either side is empty.
  public static func of(_ scores: [Double], isMember: [Bool]) -> Double {
    precondition(scores.count == isMember.count, "a class for each score")
    let kept = scores.indices.filter { !scores[$0].isNaN }
    let ranks = Ranks.of(kept.map { scores[$0] })
    var (sum, members) = (0.0, 0.0)
    for (place, item) in kept.enumerated() where isMember[item] {
      sum += ranks[place]
      members += 1
    }
    let others = Double(kept.count) - members
    guard members > 0, others > 0 else { return .nan }
    return (sum - members * (members + 1) / 2) / (members * others)
  }
}
