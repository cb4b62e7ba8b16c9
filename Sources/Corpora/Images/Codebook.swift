import Statistics
import Tensors

/// Patches of images as discrete tokens: the id of the entry that is most like each patch.
///
/// Patches are square, lie beside each other without overlap, and are read row by row. An entry is a
/// patch written out as channel, row, column.
public struct Codebook: Sendable {
  /// The entries; axes code, width.
  public let centres: Tensor<Float>
  /// The height and width of a patch.
  public let patch: Int

  /// A codebook of entries that were learned before, such as stored ones.
  ///
  /// - Throws: `ImageError` when the entries are no matrix of patches of three channels.
  public init(centres: Tensor<Float>, patch: Int) throws(ImageError) {
    guard patch > 0, centres.shape.count == 2, centres.shape[0] > 0,
      centres.shape[1] == 3 * patch * patch
    else {
      throw .shape(
        what: "the codebook", expected: "[codes, 3 x \(patch) x \(patch)]", found: centres.shape)
    }
    self.centres = centres
    self.patch = patch
  }

  /// How many codes there are.
  public var count: Int { centres.shape[0] }

  /// Learns a codebook from the patches of images, by k-means.
  ///
  /// - Parameters:
  ///   - images: channel, height, width each; sides are multiples of `patch`.
  ///   - codes: how many entries; no more than there are patches.
  ///   - seed: the same seed gives the same codebook.
  /// - Throws: `ImageError` when an image has no patches of this size; `StatisticsError` when there
  ///   are fewer patches than codes.
  public static func learned(
    from images: [Tensor<Float>], codes: Int = 128, patch: Int = 4, seed: UInt64,
    iterations: Int = 30
  ) throws -> Codebook {
    guard !images.isEmpty else { throw ImageError.noImages }
    var elements: [Float] = []
    for image in images {
      try appendPatches(of: image, patch, to: &elements)
    }
    let width = 3 * patch * patch
    let points = Tensor<Float>(["patch", .width], [elements.count / width, width], elements)
    let clustering = try KMeans.fit(
      points: points, clusters: codes, seed: seed, iterations: iterations)
    return try Codebook(
      centres: clustering.centres.reshaped(["code", .width], clustering.centres.shape),
      patch: patch)
  }

  /// The codes of an image's patches, row by row.
  ///
  /// - Throws: `ImageError` when the image cannot be cut into patches; `StatisticsError` when it
  ///   holds a number that is not finite.
  public func encode(_ pixels: Tensor<Float>) throws -> [Int] {
    var elements: [Float] = []
    try Self.appendPatches(of: pixels, patch, to: &elements)
    let width = centres.shape[1]
    return try KMeans.assign(
      Tensor(["patch", .width], [elements.count / width, width], elements), to: centres)
  }

  /// The image whose patches are the entries with these codes, `columns` in each row.
  ///
  /// - Throws: `ImageError` when the codes do not fill rows, or one is not in the book.
  public func decode(_ codes: [Int], columns: Int) throws(ImageError) -> Tensor<Float> {
    guard columns > 0, !codes.isEmpty, codes.count.isMultiple(of: columns) else {
      throw .shape(
        what: "the list of codes", expected: "[rows x \(columns)]", found: [codes.count])
    }
    for code in codes where !(0..<count).contains(code) { throw .code(code, count: count) }
    let (height, width) = (codes.count / columns * patch, columns * patch)
    let entries = centres.elements
    var pixels = [Float](repeating: 0, count: 3 * height * width)
    for (place, code) in codes.enumerated() {
      let (top, left) = (place / columns * patch, place % columns * patch)
      for offset in 0..<3 * patch * patch {
        let (channel, inside) = (offset / (patch * patch), offset % (patch * patch))
        let (y, x) = (top + inside / patch, left + inside % patch)
        pixels[(channel * height + y) * width + x] = entries[code * 3 * patch * patch + offset]
      }
    }
    return Tensor(["channel", "height", "width"], [3, height, width], pixels)
  }

  private static func appendPatches(
    of pixels: Tensor<Float>, _ patch: Int, to elements: inout [Float]
  ) throws(ImageError) {
    let shape = pixels.shape
    guard patch > 0, shape.count == 3, shape[0] == 3, shape[1] > 0, shape[2] > 0,
      shape[1].isMultiple(of: patch), shape[2].isMultiple(of: patch)
    else {
      throw .shape(
        what: "an image", expected: "[3, height, width] with sides that are multiples of \(patch)",
        found: shape)
    }
    let (height, width) = (shape[1], shape[2])
    let values = pixels.elements
    for top in stride(from: 0, to: height, by: patch) {
      for left in stride(from: 0, to: width, by: patch) {
        for channel in 0..<3 {
          for row in top..<top + patch {
            let start = (channel * height + row) * width + left
            elements.append(contentsOf: values[start..<start + patch])
          }
        }
      }
    }
  }
}
