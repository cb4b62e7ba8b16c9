import Foundation

/// A colour of the screen.
struct RGB: Hashable {
  let red: UInt8
  let green: UInt8
  let blue: UInt8

  /// Grey for what is not finite.
  static let missing = RGB(red: 128, green: 128, blue: 128)

  /// The colour as it stands in SVG.
  var hex: String { String(format: "#%02x%02x%02x", red, green, blue) }

  /// The relative luminance, 0 for black to 1 for white.
  var luminance: Double {
    func linear(_ value: UInt8) -> Double {
      let part = Double(value) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// Whether text on this colour should be white: where white has the greater contrast.
  var wantsWhiteText: Bool { luminance < 0.18 }

  /// The nearest entry of the xterm palette: the 6 × 6 × 6 cube at 16, the greys at 232.
  var paletteIndex: Int {
    let levels = [0, 95, 135, 175, 215, 255]
    func nearest(_ value: UInt8) -> Int {
      levels.indices.min { abs(levels[$0] - Int(value)) < abs(levels[$1] - Int(value)) } ?? 0
    }
    let cube = (nearest(red), nearest(green), nearest(blue))
    let mean = (Int(red) + Int(green) + Int(blue)) / 3
    let step = min(23, max(0, (mean - 3) / 10))
    let grey = 8 + 10 * step
    let cubeDistance = distance(levels[cube.0], levels[cube.1], levels[cube.2])
    if distance(grey, grey, grey) < cubeDistance { return 232 + step }
    return 16 + 36 * cube.0 + 6 * cube.1 + cube.2
  }

  private func distance(_ red: Int, _ green: Int, _ blue: Int) -> Int {
    let (a, b, c) = (Int(self.red) - red, Int(self.green) - green, Int(self.blue) - blue)
    return a * a + b * b + c * c
  }
}

/// A colour in OKLCH, in which equal steps look equal: lightness 0–1, chroma, hue in degrees.
///
/// Ottosson, "A perceptual color space for image processing", 2020.
struct OKColour {
  var lightness: Double
  var chroma: Double
  var hue: Double

  /// The screen's colour, with as much of the chroma as the screen can show.
  var rgb: RGB {
    var low = 0.0
    var high = chroma
    if let exact = Self.linear(lightness, chroma, hue) { return Self.encoded(exact) }
    for _ in 0..<12 {
      let middle = (low + high) / 2
      if Self.linear(lightness, middle, hue) != nil { low = middle } else { high = middle }
    }
    return Self.encoded(Self.linear(lightness, low, hue) ?? [lightness, lightness, lightness])
  }

  /// Linear red, green and blue; nil when one lies outside 0–1.
  private static func linear(_ lightness: Double, _ chroma: Double, _ hue: Double) -> [Double]? {
    let angle = hue * .pi / 180
    let a = chroma * cos(angle)
    let b = chroma * sin(angle)
    let long = pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3)
    let middle = pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3)
    let short = pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3)
    let parts = [
      4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
      -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
      -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    ]
    return parts.allSatisfy { $0 > -0.0005 && $0 < 1.0005 } ? parts : nil
  }

  private static func encoded(_ parts: [Double]) -> RGB {
    let bytes = parts.map { part -> UInt8 in
      let clipped = min(1, max(0, part))
      let encoded = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * pow(clipped, 1 / 2.4) - 0.055
      return UInt8((encoded * 255).rounded())
    }
    return RGB(red: bytes[0], green: bytes[1], blue: bytes[2])
  }
}
