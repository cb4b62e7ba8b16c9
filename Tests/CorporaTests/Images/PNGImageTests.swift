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

  @Test func sheetsShowEveryImage() throws {
    let image = Tensor<Float>(["channel", "height", "width"], [1, 1, 2], [0.5, 1])
    let sheet = try ContactSheet.layOut([image, image, image], columns: 2, magnification: 2)
    #expect(sheet.shape == [1, 2 * 4 + 2, 2 * 6 + 2])
    #expect(sheet.elements.count { $0 == 1 } == 3 * 4)
    #expect(sheet[0, 2, 2] == 0.5)
    #expect(sheet[0, 3, 11] == 1)
    #expect(sheet[0, 0, 0] == 0.3)
  }

  @Test func refusesOtherShapes() {
    #expect(throws: ImageError.self) { try PNGImage.data(Tensor(zeros: ["a", "b"], [3, 2])) }
    #expect(throws: ImageError.noImages) { try ContactSheet.layOut([], columns: 3) }
    let (small, large) = (
      Tensor<Float>(zeros: ["c", "h", "w"], [3, 1, 1]),
      Tensor<Float>(zeros: ["c", "h", "w"], [3, 2, 1])
    )
    #expect(throws: ImageError.self) { try ContactSheet.layOut([small, large], columns: 3) }
  }
}
