import Foundation

/// Members of a group of which each picks another one, or none: words that pick their heads, for
/// instance.
public struct ChoiceGroup: Sendable {
  /// What a member picked.
  public enum Choice: Sendable, Hashable {
    /// Another member.
    case member(Int)
    /// Nobody.
    case nobody
  }

  /// How many members there are.
  public let count: Int
  /// How strongly pairs are linked, [gate, member, candidate].
  public let gates: [Float]
  /// How strongly members are linked to each anchor, a stand-in for nobody, [anchor, gate, member].
  public let anchors: [Float]
  /// A vector of each member, [member, width]; empty for none.
  public let vectors: [Float]
  /// What each member picked; nil for one that is neither learnt from nor scored.
  public let choices: [Choice?]

  /// A group from its parts.
  ///
  /// `gates` holds whole squares of count × count, `anchors` for each anchor as many rows of count as
  /// there are gates, `vectors` a row for each member.
  public init(
    count: Int, gates: [Float], anchors: [Float] = [], vectors: [Float] = [],
    choices: [Choice?]
  ) {
    precondition(choices.count == count && count > 0, "a choice for each of at least one member")
    precondition(gates.count % (count * count) == 0, "gates are squares")
    let gateCount = gates.count / (count * count)
    precondition(
      gateCount == 0 ? anchors.isEmpty : anchors.count % (gateCount * count) == 0,
      "anchors have every gate")
    precondition(vectors.count % count == 0, "a vector for each member")
    self.count = count
    self.gates = gates
    self.anchors = anchors
    self.vectors = vectors
    self.choices = choices
  }

  /// How many gates there are.
  public var gateCount: Int { gates.count / (count * count) }
  /// How many anchors there are.
  public var anchorCount: Int { gateCount == 0 ? 0 : anchors.count / (gateCount * count) }
  /// How long vectors are.
  public var width: Int { vectors.count / count }
}

/// A model of who picks whom, which learns from groups one by one.
public protocol ChoiceModel: Sendable {
  /// How well each candidate suits each member, [member, candidate + nobody]; -infinity for itself.
  func scores(_ group: ChoiceGroup) -> [Double]
  /// Moves one step towards the choices of a group, and gives −ln p of them before the step.
  mutating func learn(_ group: ChoiceGroup) -> Double
}

extension ChoiceModel {
  /// The candidate of each member with the greatest score; of equal ones the first.
  public func picks(_ group: ChoiceGroup) -> [ChoiceGroup.Choice] {
    let scores = scores(group)
    let width = group.count + 1
    return (0..<group.count).map { member in
      var best = group.count
      for candidate in 0..<group.count
      where candidate != member
        && scores[member * width + candidate] > scores[member * width + best]
      { best = candidate }
      return best == group.count ? .nobody : .member(best)
    }
  }
}

extension ChoiceGroup {
  /// The gradient of −Σ ln p of the choices with respect to scores, shaped as they are, and its value.
  func surprise(_ scores: [Double]) -> (gradient: [Double], value: Double) {
    let width = count + 1
    var gradient = [Double](repeating: 0, count: scores.count)
    var value = 0.0
    for (member, choice) in choices.enumerated() {
      guard let choice else { continue }
      let start = member * width
      let picked: Int
      switch choice {
      case .member(let candidate): picked = candidate
      case .nobody: picked = count
      }
      var most = -Double.infinity
      for candidate in 0..<width { most = max(most, scores[start + candidate]) }
      var sum = 0.0
      for candidate in 0..<width {
        let power = exp(scores[start + candidate] - most)
        gradient[start + candidate] = power
        sum += power
      }
      for candidate in 0..<width { gradient[start + candidate] /= sum }
      gradient[start + picked] -= 1
      value += log(sum) + most - scores[start + picked]
    }
    return (gradient, value)
  }
}
