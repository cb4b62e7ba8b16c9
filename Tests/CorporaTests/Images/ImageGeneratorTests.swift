import Corpora
import Tensors
import Testing

@Suite struct ImageGeneratorTests {
  static func images(_ count: Int, seed: UInt64 = 5, _ split: ImageGenerator.Split = .train)
    -> [LabelledImage]
  {
    var generator = ImageGenerator(seed: seed, split: split)
    return (0..<count).map { _ in generator.next() }
  }

  /// A checksum of the bits of all pixels.
  static func checksum(_ images: [LabelledImage]) -> UInt64 {
    var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    for value in images.flatMap(\.pixels.elements) {
      sum = (sum ^ UInt64(value.bitPattern)) &* 0x100_0000_01B3
    }
    return sum
  }

  @Test func shapesAreAsPromised() {
    for image in Self.images(50) {
      #expect(image.pixels.shape == [3, 32, 32])
      #expect(image.pixels.axes.map(\.name) == ["channel", "height", "width"])
      #expect(image.pixels.elements.allSatisfy { (0...1).contains($0) })
      #expect(image.mask.shape == [32, 32])
      #expect(image.mask.elements.allSatisfy { $0 == 0 || $0 == 1 })
      #expect((0..<10).contains(image.label))
      let name = "\(image.attributes.texture.rawValue) \(image.attributes.shape.rawValue)"
      #expect(ImageGenerator.classNames[image.label] == name)
    }
    #expect(Set(ImageGenerator.classNames).count == 10)
  }

  @Test func sameSeedSameBits() {
    let first = Self.checksum(Self.images(20))
    #expect(first == Self.checksum(Self.images(20)))
    #expect(first != Self.checksum(Self.images(20, seed: 6)))
    // Written down once: every machine must come to the same bits.
    #expect(first == 12_324_746_257_141_393_292)
  }

  @Test func imagesHaveNumbers() {
    var generator = ImageGenerator(seed: 5, split: .test)
    generator.position = 7
    let image = generator.next()
    #expect(image.pixels.elements == Self.images(8, .test)[7].pixels.elements)
    #expect(generator.position == 8)
  }

  @Test func splitsShareNoImage() {
    let train = Set(Self.images(200, .train).map(\.pixels.elements))
    let test = Set(Self.images(200, .test).map(\.pixels.elements))
    #expect(train.count == 200)
    #expect(test.count == 200)
    #expect(train.isDisjoint(with: test))
  }

  /// The object is where the mask is: brighter there, and around the centre that is told.
  @Test func masksCoverTheObject() {
    for image in Self.images(60) {
      let (pixels, mask) = (image.pixels, image.mask)
      var sums = (inside: 0.0, outside: 0.0, count: 0.0)
      var box = (left: 32, right: 0, top: 32, bottom: 0)
      for y in 0..<32 {
        for x in 0..<32 {
          let brightest = Double((0..<3).map { pixels[$0, y, x] }.max() ?? 0)
          guard mask[y, x] == 1 else {
            sums.outside += brightest
            continue
          }
          sums.inside += brightest
          sums.count += 1
          box = (min(box.left, x), max(box.right, x), min(box.top, y), max(box.bottom, y))
        }
      }
      #expect(sums.count > 40)
      #expect(sums.inside / sums.count > 0.4)
      #expect(sums.outside / (1024 - sums.count) < 0.35)
      let attributes = image.attributes
      #expect(abs(Double(box.left + box.right + 1) / 2 - attributes.centreX) < 2.5)
      #expect(abs(Double(box.top + box.bottom + 1) / 2 - attributes.centreY) < 2.5)
      #expect(abs(Double(box.right - box.left + 1) - 2 * attributes.size) < 5)
      #expect(box.left > 0 && box.top > 0 && box.right < 31 && box.bottom < 31)
    }
  }

  /// Neither colour nor place nor size tells the class, and all classes are about as frequent.
  @Test func attributesAreIndependent() {
    let count = 4000
    let generator = ImageGenerator(seed: 11, split: .train)
    let found = (0..<count).map { generator.attributes($0) }
    func share(_ isCounted: (ImageAttributes) -> Bool) -> Double {
      Double(found.count(where: isCounted)) / Double(count)
    }
    for label in 0..<10 {
      #expect(abs(share { $0.label == label } - 0.1) < 0.025)
      for colour in ImageAttributes.Colour.allCases {
        #expect(abs(share { $0.label == label && $0.colour == colour } - 1.0 / 80) < 0.009)
      }
      for half in [
        share { $0.label == label && $0.centreX < 16 },
        share { $0.label == label && $0.centreY < 16 },
        share { $0.label == label && $0.size < 10 },
      ] {
        #expect(abs(half - 0.05) < 0.018)
      }
    }
  }

  /// Not trivial: the class with the nearest mean image is right more often than chance, and far
  /// from always.
  @Test func pixelsAloneDoNotGiveTheClass() {
    var sums = [[Float]](repeating: [Float](repeating: 0, count: 3072), count: 10)
    var counts = [Float](repeating: 0, count: 10)
    for image in Self.images(300) {
      counts[image.label] += 1
      for (place, value) in image.pixels.elements.enumerated() { sums[image.label][place] += value }
    }
    let means = zip(sums, counts).map { sum, count in sum.map { $0 / count } }
    var right = 0
    for image in Self.images(100, .test) {
      let pixels = image.pixels.elements
      let distances = means.map { mean in
        zip(mean, pixels).reduce(Float(0)) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      }
      let nearest = distances.indices.min { distances[$0] < distances[$1] }
      right += nearest == image.label ? 1 : 0
    }
    #expect((25...75).contains(right), "\(right) of 100")
  }
}
