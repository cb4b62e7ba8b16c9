import Foundation
import Tensors

/// Choices by what two members are and how far apart they stand, through one hidden layer of tanh
/// units: who picks whom without any links, to compare with.
///
/// A pair is described by both vectors and eight numbers about the distance d from the member to the
/// candidate: whether it is in front, whether behind, ln(1 + |d|) on the side that it is on, and
/// whether d is -1, 1, -2 or 2. Nobody has a learnt description of its own.
public struct PerceptronChoice: ChoiceModel {
  /// How many numbers describe a distance.
  public static let distanceCount = 8

  private let width: Int
  private let hidden: Int
  private var adam: Adam

  /// A model that knows nothing yet: its first numbers are drawn from a seed.
  ///
  /// - Parameters:
  ///   - width: How long the members' vectors are.
  ///   - hidden: How many tanh units there are.
  ///   - rate: How far a step of Adam goes.
  public init(width: Int, hidden: Int = 256, rate: Double = 0.002, seed: UInt64) {
    self.width = width
    self.hidden = hidden
    var generator = SeededGenerator(seed: seed)
    let inputs = 2 * width + Self.distanceCount
    let deviation = 1 / Double(max(inputs, 1)).squareRoot()
    let first = (0..<(inputs * hidden)).map { _ in deviation * generator.normal() }
    let last = (0..<hidden).map { _ in generator.normal() / Double(hidden).squareRoot() }
    adam = Adam(first + [Double](repeating: 0, count: 2 * hidden) + last, rate: rate)
  }

  /// The rows of the parameters: candidate's vector, member's vector, distance, constant, nobody,
  /// output; each row is as long as there are hidden units.
  private var memberRow: Int { width }
  private var distanceRow: Int { 2 * width }
  private var constantRow: Int { distanceRow + Self.distanceCount }

  /// How well each candidate suits each member, [member, candidate + nobody].
  public func scores(_ group: ChoiceGroup) -> [Double] {
    forward(group, adam.parameters.elements).scores
  }

  /// Moves one step towards the choices of a group, and gives −ln p of them before the step.
  public mutating func learn(_ group: ChoiceGroup) -> Double {
    let (gradient, value) = slope(group, adam.parameters.elements)
    adam.step(gradient)
    return value
  }

  /// −Σ ln p of the choices, and its gradient by the parameters.
  func slope(_ group: ChoiceGroup, _ parameters: [Double]) -> (gradient: [Double], value: Double) {
    let (scores, units) = forward(group, parameters)
    let (slope, value) = group.surprise(scores)
    return (gradient(group, slope, units, parameters), value)
  }

  /// How many parameters there are.
  var parameterCount: Int { adam.parameters.count }

  /// The scores, and the hidden units of each pair, [member, candidate + nobody, unit].
  private func forward(_ group: ChoiceGroup, _ parameters: [Double]) -> (
    scores: [Double], units: Tensor<Double>
  ) {
    let count = group.count
    let row = count + 1
    let candidates = projected(group, parameters, from: 0)
    let members = projected(group, parameters, from: memberRow)
    var sums = [Double](repeating: 0, count: count * row * hidden)
    for member in 0..<count {
      for candidate in 0..<row {
        let start = (member * row + candidate) * hidden
        let isNobody = candidate == count
        for unit in 0..<hidden {
          sums[start + unit] =
            members[member * hidden + unit] + parameters[constantRow * hidden + unit]
            + (isNobody
              ? parameters[(constantRow + 1) * hidden + unit]
              : candidates[candidate * hidden + unit])
        }
        guard !isNobody else { continue }
        for (feature, number) in Self.features(candidate - member) {
          let from = (distanceRow + feature) * hidden
          for unit in 0..<hidden { sums[start + unit] += number * parameters[from + unit] }
        }
      }
    }
    var units = Tensor<Double>(["pair", .width], [count * row, hidden], sums)
    Kernels.activate(&units, .tanh)
    let outputs = Array(parameters[((constantRow + 2) * hidden)...])
    var scores = times(units, outputs, count * row, hidden)
    for member in 0..<count { scores[member * row + member] = -.infinity }
    return (scores, units)
  }

  /// vectors · W for the rows of the parameters from `row` on, [member, unit].
  private func projected(_ group: ChoiceGroup, _ parameters: [Double], from row: Int) -> [Double] {
    guard width > 0 else { return [Double](repeating: 0, count: group.count * hidden) }
    return product(
      Tensor([.position, .width], [group.count, width], group.vectors.map { Double($0) }), false,
      Tensor(
        [.width, "unit"], [width, hidden],
        Array(parameters[(row * hidden)..<((row + width) * hidden)])))
  }

  private func gradient(
    _ group: ChoiceGroup, _ slope: [Double], _ units: Tensor<Double>, _ parameters: [Double]
  ) -> [Double] {
    let count = group.count
    let row = count + 1
    let outputs = (constantRow + 2) * hidden
    var gradient = [Double](repeating: 0, count: parameters.count)
    var toCandidates = [Double](repeating: 0, count: count * hidden)
    var toMembers = toCandidates
    let values = units.elements
    for member in 0..<count {
      for candidate in 0..<row where candidate != member {
        let pair = member * row + candidate
        let own = slope[pair]
        guard own != 0 else { continue }
        let features = candidate == count ? [] : Self.features(candidate - member)
        for unit in 0..<hidden {
          let value = values[pair * hidden + unit]
          gradient[outputs + unit] += own * value
          let change = own * parameters[outputs + unit] * (1 - value * value)
          toMembers[member * hidden + unit] += change
          gradient[constantRow * hidden + unit] += change
          if candidate == count {
            gradient[(constantRow + 1) * hidden + unit] += change
          } else {
            toCandidates[candidate * hidden + unit] += change
          }
          for (feature, number) in features {
            gradient[(distanceRow + feature) * hidden + unit] += number * change
          }
        }
      }
    }
    guard width > 0 else { return gradient }
    let vectors = Tensor<Double>(
      [.position, .width], [count, width], group.vectors.map { Double($0) })
    for (row, changes) in [(0, toCandidates), (memberRow, toMembers)] {
      let part = product(
        vectors, true, Tensor([.position, "unit"], [count, hidden], changes))
      gradient.replaceSubrange((row * hidden)..<((row + width) * hidden), with: part)
    }
    return gradient
  }

  /// What describes a distance: the numbers that are not zero, by their places.
  private static func features(_ distance: Int) -> [(Int, Double)] {
    let isBehind = distance > 0
    var features = [
      (isBehind ? 1 : 0, 1.0), (isBehind ? 3 : 2, log(1 + Double(abs(distance)))),
    ]
    if let place = [-1, 1, -2, 2].firstIndex(of: distance) { features.append((4 + place, 1)) }
    return features
  }

  private func product(_ a: Tensor<Double>, _ isTurned: Bool, _ b: Tensor<Double>) -> [Double] {
    // The shapes are those of the parameters, so the product is always there.
    (try? Kernels.matmul(a, transposeA: isTurned, b, transposeB: false))?.elements ?? []
  }

  private func times(_ units: Tensor<Double>, _ vector: [Double], _ rows: Int, _ columns: Int)
    -> [Double]
  {
    let values = units.elements
    return (0..<rows).map { row in
      var sum = 0.0
      for column in 0..<columns { sum += values[row * columns + column] * vector[column] }
      return sum
    }
  }
}
