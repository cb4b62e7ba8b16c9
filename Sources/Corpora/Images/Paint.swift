import Tensors

/// The colours of an object, and where its bands run.
struct Paint {
  /// The brighter colour.
  let bright: [Double]
  /// The colour between bands.
  let dark: [Double]
  private let isStriped: Bool
  /// The direction across the bands, and the first band's place.
  private let acrossX: Double
  private let acrossY: Double
  private let phase: Double

  /// From one bright band to the next, in pixels.
  private static let period = 5.0

  init(_ attributes: ImageAttributes, _ random: inout SeededGenerator) {
    let shade = 0.85 + 0.15 * random.uniform()
    bright = attributes.colour.channels.map { channel in
      min(max(shade * channel + 0.1 * (random.uniform() - 0.5), 0), 1)
    }
    dark = bright.map { 0.25 * $0 }
    isStriped = attributes.texture == .striped
    // Half of a circle's directions, by its rational parametrisation: no sine differs by machine.
    let turn = 2 * random.uniform() - 1
    let scale = 1 + turn * turn
    acrossX = (1 - turn * turn) / scale
    acrossY = 2 * turn / scale
    phase = random.uniform()
  }

  /// How much of the bright colour a point has, from 0 to 1, with soft edges between bands.
  func brightness(_ x: Double, _ y: Double) -> Double {
    guard isStriped else { return 1 }
    let place = (acrossX * x + acrossY * y) / Self.period + phase
    let way = place - place.rounded(.down)
    // A triangle wave, steep enough that a band's edge is one pixel wide.
    let wave = abs(way - 0.5) - 0.25
    return min(max(0.5 + wave * Self.period, 0), 1)
  }
}

extension ImageAttributes.Colour {
  /// Red, green and blue.
  var channels: [Double] {
    switch self {
    case .red: [1, 0.25, 0.2]
    case .orange: [1, 0.6, 0.15]
    case .yellow: [1, 0.95, 0.25]
    case .green: [0.3, 0.95, 0.3]
    case .cyan: [0.25, 0.9, 0.95]
    case .blue: [0.35, 0.5, 1]
    case .magenta: [0.95, 0.35, 0.9]
    case .white: [0.95, 0.95, 0.95]
    }
  }
}
