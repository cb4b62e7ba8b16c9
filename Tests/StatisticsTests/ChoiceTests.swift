import Foundation
@testable import Statistics
import Tensors
import Testing

/// Models of who picks whom.
@Suite struct ChoiceTests {
  /// A group whose second gate holds a random tree, the others noise.
  private func group(
    _ count: Int, seed: UInt64, gates: Int = 3, anchors: Int = 1, width: Int = 0,
    isTree: Bool = true
  ) -> ChoiceGroup {
    var random = SeededGenerator(seed: seed)
    var numbers = (0..<(gates * count * count)).map { _ in Float(random.uniform()) }
    var roots = (0..<(anchors * gates * count)).map { _ in Float(random.uniform()) }
    let vectors = (0..<(count * width)).map { _ in Float(random.normal()) }
    let choices = (0..<count).map { member -> ChoiceGroup.Choice? in
      member == 0 ? ChoiceGroup.Choice.nobody : .member(Int(random.next() % UInt64(member)))
    }
    if isTree {
      for member in 0..<count {
        for candidate in 0..<count {
          numbers[(count + member) * count + candidate] =
            choices[member] == .member(candidate) ? 1 : 0
        }
        for anchor in 0..<anchors {
          roots[(anchor * gates + 1) * count + member] =
            choices[member] == ChoiceGroup.Choice.nobody ? 1 : 0
        }
      }
    }
    return ChoiceGroup(
      count: count, gates: numbers, anchors: roots, vectors: vectors, choices: choices)
  }

  private func accuracy(_ model: some ChoiceModel, _ groups: [ChoiceGroup]) -> Double {
    var (right, all) = (0, 0)
    for group in groups {
      for (picked, choice) in zip(model.picks(group), group.choices) {
        if let choice {
          all += 1
          if picked == choice { right += 1 }
        }
      }
    }
    return Double(right) / Double(all)
  }

  @Test func aTreeInOneGateIsFound() {
    var model = GatedChoice(gates: 3, anchors: 1, rate: 0.02)
    for seed in 0..<200 { _ = model.learn(group(7, seed: UInt64(seed))) }
    let unseen = (1000..<1020).map { group(7, seed: UInt64($0)) }
    #expect(accuracy(model, unseen) == 1)
    let weights = model.gateWeights
    #expect(weights[1] > 10 * abs(weights[0]) && weights[1] > 10 * abs(weights[2]))
    // Where no gate holds the tree, there is little to learn.
    var blind = GatedChoice(gates: 3, anchors: 1, rate: 0.02)
    for seed in 0..<200 { _ = blind.learn(group(7, seed: UInt64(seed), isTree: false)) }
    let blank = (1000..<1020).map { group(7, seed: UInt64($0), isTree: false) }
    #expect(accuracy(blind, blank) < 0.6)
  }

  @Test(arguments: [0, 3]) func theGatedGradientIsTheSlope(width: Int) {
    let group = group(5, seed: 4, gates: 4, anchors: 2, width: width, isTree: false)
    let model = GatedChoice(gates: 4, anchors: 2, width: width)
    expectSlope(model.parameterCount) { model.slope(group, $0) }
  }

  @Test(arguments: [0, 3]) func thePerceptronsGradientIsTheSlope(width: Int) {
    let group = group(5, seed: 4, gates: 0, anchors: 0, width: width, isTree: false)
    let model = PerceptronChoice(width: width, hidden: 6, seed: 1)
    expectSlope(model.parameterCount) { model.slope(group, $0) }
  }

  /// Central differences at random parameters.
  private func expectSlope(
    _ count: Int, _ slope: ([Double]) -> (gradient: [Double], value: Double)
  ) {
    var random = SeededGenerator(seed: 8)
    let parameters = (0..<count).map { _ in 0.5 * random.normal() }
    let gradient = slope(parameters).gradient
    for place in 0..<count {
      var (above, below) = (parameters, parameters)
      above[place] += 1e-5
      below[place] -= 1e-5
      let expected = (slope(above).value - slope(below).value) / 2e-5
      #expect(abs(gradient[place] - expected) < 1e-7, "\(place)")
    }
  }

  @Test func thePerceptronLearnsAnOffset() {
    func chain(_ count: Int) -> ChoiceGroup {
      ChoiceGroup(
        count: count, gates: [],
        choices: (0..<count).map { $0 == 0 ? ChoiceGroup.Choice.nobody : .member($0 - 1) })
    }
    var model = PerceptronChoice(width: 0, hidden: 16, rate: 0.01, seed: 3)
    for step in 0..<300 { _ = model.learn(chain(4 + step % 5)) }
    let picks = model.picks(chain(6))
    #expect(Array(picks.dropFirst()) == (0..<5).map { ChoiceGroup.Choice.member($0) })
  }

  @Test func whoIsNotScoredDoesNotTeach() {
    let silent = ChoiceGroup(
      count: 2, gates: [0, 1, 1, 0], anchors: [0.5, 0.5], choices: [nil, nil])
    var model = GatedChoice(gates: 1, anchors: 1)
    #expect(model.learn(silent) == 0)
    #expect(model.gateWeights == [0])
    #expect(model.scores(silent)[0] == -.infinity)
  }
}
