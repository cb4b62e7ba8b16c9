import Language

/// The part of the plane that a plot shows: that of all finite points.
struct PlotFrame {
  let x: ValueScale
  let y: ValueScale

  init(_ series: [Figure.Series]) {
    x = Self.extent(series.flatMap(\.x))
    y = Self.extent(series.flatMap(\.y))
  }

  /// From the least to the greatest; numbers that are all the same get some room around them.
  private static func extent(_ values: [Double]) -> ValueScale {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else {
      return ValueScale(low: 0, high: 1)
    }
    if high > low { return ValueScale(low: low, high: high) }
    let reach = max(abs(low) * 0.1, 0.5)
    return ValueScale(low: low - reach, high: high + reach)
  }
}
