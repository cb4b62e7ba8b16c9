import Foundation
import Testing

@testable import Tensors

@Suite struct RotaryTests {
  @Test(arguments: [RotaryTable<Float>.Layout.halves, .interleaved], [6, 16, 20])
  func turnsEachPairByItsAngle(layout: RotaryTable<Float>.Layout, rotaryWidth: Int) {
    var numbers = Numbers(seed: 9)
    let before: Tensor<Float> = numbers.tensor(
      [.row, .position, .head, .headWidth], [2, 3, 2, 20])
    let pairs = rotaryWidth / 2
    let frequencies = (0..<pairs).map { pow(100, -Double($0) / Double(pairs)) }
    let table = RotaryTable<Float>(
      rotaryWidth: rotaryWidth, inverseFrequencies: frequencies, attentionScale: 1.25,
      layout: layout)
    let positions = [[0, 1, 700], [5, 6]]
    var after = before
    Kernels.rotary(&after, positions: positions, table)
    var expected = before.doubles
    for (row, places) in positions.enumerated() {
      for (token, position) in places.enumerated() {
        for head in 0..<2 {
          let start = ((row * 3 + token) * 2 + head) * 20
          for pair in 0..<pairs {
            let (a, b) = layout == .halves ? (pair, pair + pairs) : (2 * pair, 2 * pair + 1)
            let angle = Double(position) * frequencies[pair]
            let (x, y) = (expected[start + a], expected[start + b])
            expected[start + a] = 1.25 * (x * cos(angle) - y * sin(angle))
            expected[start + b] = 1.25 * (y * cos(angle) + x * sin(angle))
          }
        }
      }
    }
    #expect(largestDifference(after.doubles, expected) < 1e-6)
  }

  @Test func tablesGrowWhileOthersRead() {
    let table = RotaryTable<Double>(rotaryWidth: 2, inverseFrequencies: [1])
    Workers.parallel(64) { index in
      let angles = table.angles(below: index * 7 + 1)
      #expect(angles[index * 14] == cos(Double(index * 7)))
    }
  }
}
