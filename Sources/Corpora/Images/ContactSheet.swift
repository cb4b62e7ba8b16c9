import Tensors

/// Lays images out side by side, to look at many at once.
public enum ContactSheet {
  /// One picture of all `images`, row by row, each pixel magnified and a dark gap around each.
  ///
  /// - Parameters:
  ///   - images: all of one shape, channel, height, width.
  ///   - columns: how many lie in a row; at least 1.
  ///   - magnification: how many pixels of the sheet a pixel is high and wide; at least 1.
  /// - Throws: `ImageError` when there is no image, or they differ in shape.
  public static func layOut(
    _ images: [Tensor<Float>], columns: Int, magnification: Int = 3
  ) throws(ImageError) -> Tensor<Float> {
    guard let first = images.first else { throw .noImages }
    guard first.shape.count == 3 else {
      throw .shape(what: "an image", expected: "[channel, height, width]", found: first.shape)
    }
    for image in images where image.shape != first.shape {
      throw .shape(what: "an image of the sheet", expected: "\(first.shape)", found: image.shape)
    }
    let (channels, height, width) = (first.shape[0], first.shape[1], first.shape[2])
    let (columns, scale, gap) = (max(columns, 1), max(magnification, 1), 2)
    let rows = (images.count + columns - 1) / columns
    let sheetHeight = rows * (height * scale + gap) + gap
    let sheetWidth = columns * (width * scale + gap) + gap
    var sheet = [Float](repeating: 0.3, count: channels * sheetHeight * sheetWidth)
    for (index, image) in images.enumerated() {
      let top = index / columns * (height * scale + gap) + gap
      let left = index % columns * (width * scale + gap) + gap
      let elements = image.elements
      for channel in 0..<channels {
        for y in 0..<height * scale {
          let target = (channel * sheetHeight + top + y) * sheetWidth + left
          let source = (channel * height + y / scale) * width
          for x in 0..<width * scale {
            sheet[target + x] = elements[source + x / scale]
          }
        }
      }
    }
    return Tensor(first.axes, [channels, sheetHeight, sheetWidth], sheet)
  }
}
