import Foundation

/// What a safetensors file says about one tensor, checked against the file's size.
public struct StoredTensor: Sendable {
  /// The tensor's name.
  public let name: String
  /// The number type of its elements.
  public let type: StoredType
  /// How many entries each dimension has; empty for a single number.
  public let shape: [Int]
  /// The file that holds it.
  public let file: URL
  /// Where its bytes lie, from the start of the file.
  public let byteRange: Range<Int>
}
