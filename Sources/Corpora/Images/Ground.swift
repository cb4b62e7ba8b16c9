import Tensors

/// A dark, softly clouded ground: random values on a coarse lattice with a smooth surface through
/// them, one for each channel.
struct Ground {
  private static let cells = 4
  private var lattice: [Double] = []

  init(_ random: inout SeededGenerator) {
    let corners = (Self.cells + 1) * (Self.cells + 1)
    for _ in 0..<3 {
      let level = 0.06 + 0.12 * random.uniform()
      for _ in 0..<corners {
        lattice.append(level + 0.14 * (random.uniform() - 0.5))
      }
    }
  }

  /// The value of a channel at a point, where both coordinates run from 0 to 1.
  func value(_ channel: Int, _ x: Double, _ y: Double) -> Double {
    let (column, right) = Self.cell(x)
    let (row, down) = Self.cell(y)
    let corners = Self.cells + 1
    let first = channel * corners * corners + row * corners + column
    let upper = lattice[first] + right * (lattice[first + 1] - lattice[first])
    let second = first + corners
    let lower = lattice[second] + right * (lattice[second + 1] - lattice[second])
    return upper + down * (lower - upper)
  }

  /// The cell that a coordinate falls into, and the eased way through it.
  private static func cell(_ coordinate: Double) -> (Int, Double) {
    let scaled = coordinate * Double(cells)
    let cell = min(max(Int(scaled), 0), cells - 1)
    let way = scaled - Double(cell)
    return (cell, way * way * (3 - 2 * way))
  }
}
