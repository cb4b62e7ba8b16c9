import Corpora
import Foundation
import Tensors
import Testing

@Suite struct PNGImageTests {
  /// Two pixels, beside the file that Python's zlib and struct make of them.
  @Test func bytesAreThoseOfTheReference() throws {
    let pixels = Tensor<Float>(
      ["channel", "height", "width"], [3, 1, 2], [1.5, 0, -1, 1, 128.0 / 255, 64.0 / 255])
    let expected = """
      iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAEklEQVR4AQEHAPj/AP8AgAD/QAo/Ar/w\
      8mM3AAAAAElFTkSuQmCC
      """
    #expect(try PNGImage.data(pixels).base64EncodedString() == expected)
  }

  @Test func largePicturesHaveSeveralBlocks() throws {
    let data = try PNGImage.data(Tensor(zeros: ["channel", "height", "width"], [3, 200, 150]))
    // Signature, three chunks of 12 bytes and their contents; rows are one byte longer than their
    // pixels, and every 65535 bytes have a header of five.
    #expect(data.count == 8 + 36 + 13 + 2 + 4 + 200 * 451 + 2 * 5)
  }

  @Test func refusesOtherShapes() {
    #expect(throws: ImageError.self) { try PNGImage.data(Tensor(zeros: ["a", "b"], [3, 2])) }
  }
}
