import Language

/// Heat maps and images as PNG files.
public enum PNG {
  /// The file of a heat map, of heat maps side by side, of a tensor with two axes, or of an image
  /// [channel, height, width]; nil for what is none of these.
  ///
  /// - Throws: `wrong-type` for labels that the built-in font cannot draw, and `too-large`.
  public static func file(for value: Value) throws(Failure) -> [UInt8]? {
    switch value {
    case .figure(let figure): return try file(for: figure)
    case .tensor(let tensor): return try file(for: tensor)
    case .host(let host):
      switch host.presentation {
      case .figure(let figure): return try file(for: figure)
      case .tensor(let tensor): return try file(for: tensor)
      default: return nil
      }
    default: return nil
    }
  }

  private static func file(for tensor: TensorValue) throws(Failure) -> [UInt8]? {
    switch tensor.axes.count {
    case 2 where tensor.count > 0:
      return try file(for: Figure(.heatMap(Figure.HeatMap(tensor)), notes: tensor.notes))
    case 3 where [1, 3].contains(tensor.axes[0].count) && tensor.count > 0:
      return PNGFile.bytes(try checked(image(tensor)))
    default: return nil
    }
  }

  private static func file(for figure: Figure) throws(Failure) -> [UInt8]? {
    switch figure.content {
    case .heatMap(let map):
      return PNGFile.bytes(try checked(try PNGHeatMap(figure, map).raster()))
    case .panels(let panels):
      var parts: [Raster] = []
      for panel in panels {
        guard case .heatMap(let map) = panel.content else { return nil }
        parts.append(try checked(try PNGHeatMap(panel, map).raster()))
      }
      return PNGFile.bytes(try checked(try sideBySide(parts, figure)))
    case .bars, .lines, .scatter: return nil
    }
  }

  private static func checked(_ raster: Raster) throws(Failure) -> Raster {
    if raster.width > 0 { return raster }
    throw Failure(
      "too-large", "the picture would have more than \(Raster.largestCount) pixels",
      argument: "value", help: "take a part of it, or save it as .svg")
  }

  /// Pictures in a grid about as wide as it is high, under the figure's title.
  private static func sideBySide(
    _ parts: [Raster], _ figure: Figure
  ) throws(Failure) -> Raster {
    let width = parts.map(\.width).max() ?? 1
    let height = parts.map(\.height).max() ?? 1
    var across = 1
    while across < parts.count, across * width < (parts.count + across - 1) / across * height {
      across += 1
    }
    let rows = (parts.count + across - 1) / across
    let title = try PNGHeatMap.plain(figure.title)
    let top = title.isEmpty ? 0 : 30
    var raster = Raster(
      width: max(across * width, Raster.width(of: title) + 20), height: top + rows * height)
    if raster.width == 0 { return raster }
    raster.write(title, 10, 10)
    for (index, part) in parts.enumerated() {
      raster.draw(part, index % across * width, top + index / across * height)
    }
    return raster
  }

  /// An image [channel, height, width]: numbers between 0 and 1, or between 0 and 255, as they are;
  /// others from the least to the greatest.
  private static func image(_ tensor: TensorValue) -> Raster {
    let (channels, height, width) = (
      tensor.axes[0].count, tensor.axes[1].count, tensor.axes[2].count
    )
    let numbers = tensor.doubles
    let finite = numbers.filter(\.isFinite)
    let (least, greatest) = (finite.min() ?? 0, finite.max() ?? 1)
    let (low, high): (Double, Double) =
      if least >= 0, greatest <= 1 { (0, 1) } else if least >= 0, greatest <= 255 { (0, 255) } else
      {
        (least, greatest)
      }
    let size = max(1, 256 / max(width, height, 1))
    var raster = Raster(width: width * size, height: height * size)
    func level(_ channel: Int, _ row: Int, _ column: Int) -> UInt8 {
      let number = numbers[(channel * height + row) * width + column]
      guard number.isFinite, high > low else { return 128 }
      return UInt8(max(0, min(255, ((number - low) / (high - low) * 255).rounded())))
    }
    if raster.width == 0 { return raster }
    for row in 0..<height {
      for column in 0..<width {
        let levels = (0..<3).map { level(min($0, channels - 1), row, column) }
        raster.fill(
          column * size, row * size, size, size,
          RGB(red: levels[0], green: levels[1], blue: levels[2]))
      }
    }
    return raster
  }
}
