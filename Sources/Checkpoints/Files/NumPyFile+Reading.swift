import Foundation
import Tensors

extension NumPyFile {
  /// Reads an array of numbers or truth values, in either order of bytes and of axes; axes are called
  /// `axis0`, `axis1` and so on.
  ///
  /// - Throws: `CheckpointError` when the file is none of the format, holds something else than
  ///   numbers, or is not as long as its header says.
  public static func read(_ url: URL) throws(CheckpointError) -> Tensor<Double> {
    let file = try MappedFile(url)
    let header = try NumPyHeader(file)
    let stored = UnsafeRawBufferPointer(rebasing: file.bytes[header.dataStart...])
    var numbers = ConvertedNumbers<Double>(count: header.count)
    let isFilled =
      header.isBigEndian
      ? withLittleEndian(stored, width: header.type.bitCount / 8) {
        numbers.fill(from: $0, storedAs: header.type)
      } : numbers.fill(from: stored, storedAs: header.type)
    guard isFilled else { throw header.damaged("it holds no numbers") }
    try file.verify()
    if header.isByColumns { numbers = byRows(numbers, shape: header.shape) }
    return Tensor(
      borrowing: UnsafeRawPointer(numbers.numbers), owner: numbers,
      axes: header.shape.indices.map { Axis("axis\($0)") }, shape: header.shape)
  }

  /// Gives the body the same numbers with the bytes of each in the other order.
  private static func withLittleEndian<Result>(
    _ bytes: UnsafeRawBufferPointer, width: Int, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    withUnsafeTemporaryAllocation(byteCount: max(bytes.count, 1), alignment: 8) { swapped in
      for index in bytes.indices {
        swapped[index - index % width + width - 1 - index % width] = bytes[index]
      }
      return body(UnsafeRawBufferPointer(rebasing: swapped[..<bytes.count]))
    }
  }

  /// Numbers of which the first axis runs fastest, with the last one fastest.
  private static func byRows(_ numbers: ConvertedNumbers<Double>, shape: [Int])
    -> ConvertedNumbers<Double>
  {
    let result = ConvertedNumbers<Double>(count: numbers.count)
    var strides: [Int] = []
    for size in shape.dropLast() { strides.append((strides.last ?? 1) * size) }
    strides.insert(1, at: 0)
    var place = Array(repeating: 0, count: shape.count)
    var source = 0
    for target in 0..<numbers.count {
      result.numbers[target] = numbers.numbers[source]
      for axis in shape.indices.reversed() {
        place[axis] += 1
        source += strides[axis]
        guard place[axis] == shape[axis] else { break }
        source -= place[axis] * strides[axis]
        place[axis] = 0
      }
    }
    return result
  }
}
