/// How an image becomes tokens: it is cut into patches, and each is projected.
///
/// Tokens of its own, such as a class token, stand in front.
public struct PatchDescription: Sendable, Hashable {
  /// How many channels an image has.
  public var channels: Int
  /// The size of an image.
  public var height: Int, width: Int
  /// The size of a patch.
  public var patchHeight: Int, patchWidth: Int
  /// What the tokens in front of the patches are called, first to last.
  public var leading: [String]

  /// A description from its parts; patches divide the image.
  public init(
    channels: Int, height: Int, width: Int, patchHeight: Int, patchWidth: Int, leading: [String]
  ) {
    self.channels = channels
    self.height = height
    self.width = width
    self.patchHeight = patchHeight
    self.patchWidth = patchWidth
    self.leading = leading
  }

  /// How many patches lie below each other, and beside each other.
  public var rows: Int { height / patchHeight }
  /// How many patches lie beside each other.
  public var columns: Int { width / patchWidth }
  /// How many numbers a patch has.
  public var patchSize: Int { channels * patchHeight * patchWidth }
  /// How many tokens an image becomes.
  public var tokenCount: Int { leading.count + rows * columns }
  /// The shape of an image, [channel, height, width].
  public var imageShape: [Int] { [channels, height, width] }

  /// The tokens' texts: the names of the leading ones, then each patch's row and column.
  public var tokenTexts: [String] {
    leading + (0..<rows).flatMap { row in (0..<columns).map { "\(row),\($0)" } }
  }

  /// The numbers of an image patch by patch, each [channel, row, column].
  func patches(of image: [Float]) -> [Float] {
    var result: [Float] = []
    result.reserveCapacity(image.count)
    for top in stride(from: 0, to: rows * patchHeight, by: patchHeight) {
      for left in stride(from: 0, to: columns * patchWidth, by: patchWidth) {
        for channel in 0..<channels {
          for row in top..<top + patchHeight {
            let start = (channel * height + row) * width + left
            result += image[start..<start + patchWidth]
          }
        }
      }
    }
    return result
  }
}
