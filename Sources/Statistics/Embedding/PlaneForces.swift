import Foundation
import Tensors

/// What moves the points of an embedding: attraction by affinity, and repulsion of all pairs.
struct PlaneForces: Sendable {
  let attractionX: [Double]
  let attractionY: [Double]
  let repulsionX: [Double]
  let repulsionY: [Double]
  /// The sum of q = 1 / (1 + distance²) over all ordered pairs.
  let sum: Double

  private static let blockLength = 64

  private struct Block: Sendable {
    var attractionX: [Double] = []
    var attractionY: [Double] = []
    var repulsionX: [Double] = []
    var repulsionY: [Double] = []
    var sum = 0.0
  }

  /// - Parameter angle: the angle of Barnes and Hut; 0 to visit all pairs.
  init(_ x: [Double], _ y: [Double], _ affinities: NeighborAffinities, angle: Double) {
    let count = x.count
    let tree = angle > 0 ? QuadTree(x, y) : nil
    let all = angle > 0 ? nil : AllPairs(x, y)
    let blocks = Workers.map((count + Self.blockLength - 1) / Self.blockLength) { index -> Block in
      var block = Block()
      let start = index * Self.blockLength
      for point in start..<min(start + Self.blockLength, count) {
        var (pullX, pullY) = (0.0, 0.0)
        for place in affinities.starts[point]..<affinities.starts[point + 1] {
          let other = Int(affinities.neighbors[place])
          let (differenceX, differenceY) = (x[point] - x[other], y[point] - y[other])
          let nearness = 1 / (1 + differenceX * differenceX + differenceY * differenceY)
          pullX += affinities.values[place] * nearness * differenceX
          pullY += affinities.values[place] * nearness * differenceY
        }
        block.attractionX.append(pullX)
        block.attractionY.append(pullY)
        let push =
          tree?.repulsion(x[point], y[point], angle: angle)
          ?? all?.repulsion(x[point], y[point]) ?? (x: 0, y: 0, sum: 0)
        block.repulsionX.append(push.x)
        block.repulsionY.append(push.y)
        block.sum += push.sum
      }
      return block
    }
    attractionX = blocks.flatMap(\.attractionX)
    attractionY = blocks.flatMap(\.attractionY)
    repulsionX = blocks.flatMap(\.repulsionX)
    repulsionY = blocks.flatMap(\.repulsionY)
    sum = blocks.reduce(0) { $0 + $1.sum }
  }
}

/// Repulsion summed over all pairs, eight at a time.
private struct AllPairs: Sendable {
  private typealias Lane = SIMD8<Double>
  private let x: [Lane]
  private let y: [Lane]

  init(_ x: [Double], _ y: [Double]) {
    self.x = Self.lanes(x)
    self.y = Self.lanes(y)
  }

  /// What fills up the last lane lies so far away that it moves nothing.
  private static func lanes(_ numbers: [Double]) -> [Lane] {
    stride(from: 0, to: numbers.count, by: 8).map { start in
      var lane = Lane(repeating: 1e100)
      for place in start..<min(start + 8, numbers.count) { lane[place - start] = numbers[place] }
      return lane
    }
  }

  func repulsion(_ pointX: Double, _ pointY: Double) -> (x: Double, y: Double, sum: Double) {
    var (forceX, forceY, sum) = (Lane.zero, Lane.zero, Lane.zero)
    let (hereX, hereY) = (Lane(repeating: pointX), Lane(repeating: pointY))
    for place in x.indices {
      let (differenceX, differenceY) = (hereX - x[place], hereY - y[place])
      let nearness = 1 / (1 + differenceX * differenceX + differenceY * differenceY)
      sum += nearness
      let squared = nearness * nearness
      forceX += squared * differenceX
      forceY += squared * differenceY
    }
    return (forceX.sum(), forceY.sum(), sum.sum() - 1)
  }
}
