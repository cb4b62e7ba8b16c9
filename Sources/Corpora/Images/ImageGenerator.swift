import Tensors

/// Makes images of one bright object on a dark ground, 32 by 32 pixels, in ten classes.
///
/// Shape and texture make the class; colour, place, size and a slight turn are drawn without regard
/// to it. Images have numbers, and every image can be made without those before it. The same seed
/// gives the same bits on every machine.
public struct ImageGenerator: Sendable {
  /// What images are for; the two kinds never share one.
  public enum Split: String, Sendable, CaseIterable {
    /// To learn from.
    case train
    /// To test on.
    case test
  }

  /// The height and width of an image.
  public static let side = 32
  /// The names of the classes, by label.
  public static var classNames: [String] { ImageAttributes.classNames }

  /// The number of the image that `next` makes.
  public var position = 0
  private let seed: UInt64
  private let split: Split

  /// A generator that stands at its first image.
  public init(seed: UInt64, split: Split) {
    var random = SeededGenerator(seed: seed)
    self.seed = random.next()
    self.split = split
  }

  /// Makes the next image.
  public mutating func next() -> LabelledImage {
    defer { position += 1 }
    return image(position)
  }

  /// Makes the image with this number.
  public func image(_ number: Int) -> LabelledImage {
    var random = source(number)
    let attributes = Self.chooseAttributes(&random)
    return Self.draw(attributes, &random)
  }

  /// What the image with this number shows, without drawing it.
  public func attributes(_ number: Int) -> ImageAttributes {
    var random = source(number)
    return Self.chooseAttributes(&random)
  }

  /// The random source of one image.
  private func source(_ number: Int) -> SeededGenerator {
    // Even seeds for training and odd ones for testing, so that none is ever shared.
    let parity: UInt64 = split == .train ? 0 : 1
    let own = seed &+ UInt64(truncatingIfNeeded: number)
    var mixer = SeededGenerator(seed: own << 1 | parity)
    return SeededGenerator(seed: mixer.next())
  }

  private static func chooseAttributes(_ random: inout SeededGenerator) -> ImageAttributes {
    func pick<Choice>(_ choices: [Choice]) -> Choice {
      choices[Int(random.uniform() * Double(choices.count))]
    }
    let middle = Double(side) / 2
    return ImageAttributes(
      shape: pick(ImageAttributes.Shape.allCases), texture: pick(ImageAttributes.Texture.allCases),
      colour: pick(ImageAttributes.Colour.allCases),
      centreX: middle + 6 * (random.uniform() - 0.5),
      centreY: middle + 6 * (random.uniform() - 0.5), size: 8.5 + 3 * random.uniform())
  }

  private static func draw(
    _ attributes: ImageAttributes, _ random: inout SeededGenerator
  ) -> LabelledImage {
    let ground = Ground(&random)
    let paint = Paint(attributes, &random)
    // Up to some nine degrees either way.
    let turn = 0.16 * (random.uniform() - 0.5)
    let scale = 1 + turn * turn
    let (cosine, sine) = ((1 - turn * turn) / scale, 2 * turn / scale)
    let area = side * side
    var pixels = [Float](repeating: 0, count: 3 * area)
    var mask = [Float](repeating: 0, count: area)
    for row in 0..<side {
      for column in 0..<side {
        let (x, y) = (Double(column) + 0.5, Double(row) + 0.5)
        let (dx, dy) = (x - attributes.centreX, y - attributes.centreY)
        let distance =
          attributes.size
          * Outline.distance(
            attributes.shape, (cosine * dx + sine * dy) / attributes.size,
            (cosine * dy - sine * dx) / attributes.size)
        let cover = min(max(0.5 - distance, 0), 1)
        let brightness = cover > 0 ? paint.brightness(dx, dy) : 0
        let place = row * side + column
        mask[place] = cover > 0.5 ? 1 : 0
        for channel in 0..<3 {
          let behind = ground.value(channel, x / Double(side), y / Double(side))
          let front =
            paint.dark[channel] + brightness * (paint.bright[channel] - paint.dark[channel])
          let value = behind + cover * (front - behind) + 0.02 * Self.noise(&random)
          pixels[channel * area + place] = Float(min(max(value, 0), 1))
        }
      }
    }
    return LabelledImage(
      pixels: Tensor(["channel", "height", "width"], [3, side, side], pixels),
      mask: Tensor(["height", "width"], [side, side], mask), attributes: attributes)
  }

  /// About normal with deviation 1: the sum of four uniform numbers, which takes no logarithm.
  private static func noise(_ random: inout SeededGenerator) -> Double {
    let bits = random.next()
    let sum = (bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + (bits >> 48)
    return (Double(sum) - 2 * 65535) / (65535 * (1.0 / 3).squareRoot())
  }
}
