import Language

/// Colours for places on a scale, evenly spaced to the eye.
///
/// Lightness runs linearly, so that a scale still reads in grey. On a dark ground small values are
/// dark, on a light ground light: what is near nothing recedes.
struct ColourScale {
  /// What the picture stands on.
  enum Ground {
    case dark
    case light
  }

  let kind: Figure.Scale
  let ground: Ground

  /// The colour at a place from 0 to 1; on a diverging scale 0.5 is zero.
  func colour(_ place: Double) -> RGB {
    guard place.isFinite else { return .missing }
    let place = min(1, max(0, place))
    switch kind {
    case .sequential: return sequential(place)
    case .diverging: return diverging(2 * place - 1)
    }
  }

  /// Dark ground: violet, red, orange, pale yellow.
  ///
  /// Light ground: pale yellow, green, deep blue.
  private func sequential(_ place: Double) -> RGB {
    switch ground {
    case .dark:
      OKColour(
        lightness: 0.20 + 0.74 * place, chroma: 0.05 + 0.45 * place * (1 - place) + 0.05 * place,
        hue: 285 + 180 * place
      ).rgb
    case .light:
      OKColour(
        lightness: 0.98 - 0.66 * place, chroma: 0.02 + 0.28 * place * (1 - place) + 0.08 * place,
        hue: 110 + 155 * place
      ).rgb
    }
  }

  /// Blue below zero, orange-red above, the ground's grey at zero; both sides alike in lightness.
  private func diverging(_ side: Double) -> RGB {
    let strength = abs(side)
    let lightness =
      ground == .dark ? 0.24 + 0.56 * strength : 0.97 - 0.47 * strength
    return OKColour(
      lightness: lightness, chroma: 0.19 * strength, hue: side < 0 ? 250 : 40
    ).rgb
  }
}
