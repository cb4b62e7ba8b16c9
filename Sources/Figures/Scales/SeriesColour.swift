/// Colours that tell series apart: hues a golden angle from one another.
enum SeriesColour {
  /// For a dark ground.
  static func onDark(_ index: Int) -> RGB {
    OKColour(lightness: 0.76, chroma: 0.14, hue: hue(index)).rgb
  }

  /// For a light ground.
  static func onLight(_ index: Int) -> RGB {
    OKColour(lightness: 0.55, chroma: 0.16, hue: hue(index)).rgb
  }

  private static func hue(_ index: Int) -> Double {
    (250 + 137.508 * Double(index)).truncatingRemainder(dividingBy: 360)
  }
}
