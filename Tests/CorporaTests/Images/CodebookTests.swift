import Corpora
import Statistics
import Tensors
import Testing

@Suite struct CodebookTests {
  static func images(_ split: ImageGenerator.Split, _ count: Int) -> [Tensor<Float>] {
    let generator = ImageGenerator(seed: 3, split: split)
    return (0..<count).map { generator.image($0).pixels }
  }

  @Test func codesStandForPatchesInOrder() throws {
    // Entry n is a patch whose elements are all n.
    let entries = (0..<4).flatMap { entry in [Float](repeating: Float(entry), count: 12) }
    let book = try Codebook(centres: Tensor(["code", .width], [4, 12], entries), patch: 2)
    let codes = [3, 0, 1, 2, 2, 1]
    let picture = try book.decode(codes, columns: 3)
    #expect(picture.shape == [3, 4, 6])
    #expect(picture[1, 0, 0] == 3)
    #expect(picture[2, 1, 5] == 1)
    #expect(picture[0, 3, 1] == 2)
    #expect(try book.encode(picture) == codes)
  }

  @Test func learnedEntriesResembleNewImages() throws {
    let book = try Codebook.learned(
      from: Self.images(.train, 60), codes: 64, seed: 2, iterations: 8)
    #expect(book.count == 64)
    #expect(book.centres.shape == [64, 48])
    var (error, spread, used) = (0.0, 0.0, Set<Int>())
    for image in Self.images(.test, 20) {
      let codes = try book.encode(image)
      #expect(codes.count == 64)
      used.formUnion(codes)
      let (wanted, found) = (image.elements, try book.decode(codes, columns: 8).elements)
      let mean = Double(wanted.reduce(0, +)) / Double(wanted.count)
      for (value, other) in zip(wanted, found) {
        error += Double(value - other) * Double(value - other)
        spread += (Double(value) - mean) * (Double(value) - mean)
      }
    }
    #expect(error < 0.35 * spread, "\(error / spread) of the variance is left")
    #expect(used.count > 40)
    let again = try Codebook.learned(
      from: Self.images(.train, 60), codes: 64, seed: 2, iterations: 8)
    #expect(again.centres.elements == book.centres.elements)
  }

  @Test func refusesWhatDoesNotFit() throws {
    let book = try Codebook(centres: Tensor(zeros: ["code", .width], [2, 48]), patch: 4)
    #expect(throws: ImageError.self) {
      try book.encode(Tensor(zeros: ["c", "h", "w"], [3, 6, 8]))
    }
    #expect(throws: ImageError.self) {
      try book.encode(Tensor(zeros: ["c", "h", "w"], [1, 8, 8]))
    }
    #expect(throws: ImageError.code(2, count: 2)) { try book.decode([0, 2], columns: 2) }
    #expect(throws: ImageError.self) { try book.decode([0, 1, 1], columns: 2) }
    #expect(throws: ImageError.self) {
      try Codebook(centres: Tensor(zeros: ["code", .width], [2, 48]), patch: 5)
    }
    #expect(throws: ImageError.noImages) { try Codebook.learned(from: [], seed: 1) }
    #expect(throws: StatisticsError.clusterCount(128, points: 64)) {
      try Codebook.learned(from: Self.images(.train, 1), seed: 1)
    }
  }
}
