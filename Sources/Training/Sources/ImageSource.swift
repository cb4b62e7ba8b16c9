import Corpora
import Faults
import Tensors
import Transformers

/// Images of the project's own generator.
struct ImageSource: Sendable {
  private let generator: ImageGenerator

  /// How the values of images are brought to a mean of 0, as the model's own files say it.
  static let (mean, deviation): (Float, Float) = (0.5, 0.5)

  init(seed: UInt64) {
    generator = ImageGenerator(seed: seed, split: .train)
  }

  /// The images of a step.
  func images(step: Int, count: Int) -> [LabelledImage] {
    (step * count..<(step + 1) * count).map(generator.image)
  }

  /// The values as the model reads them.
  static func scaled(_ pixels: Tensor<Float>) -> Tensor<Float> {
    Tensor(pixels.axes, pixels.shape, pixels.elements.map { ($0 - mean) / deviation })
  }
}

/// Images as patches, and their classes.
struct ImageBatches: BatchMaker {
  let source: ImageSource
  let rows: Int

  mutating func batch(step: Int) throws(Fault) -> TrainingBatch {
    let images = source.images(step: step, count: rows)
    return TrainingBatch(
      Batch(images: images.map { ImageSource.scaled($0.pixels) }), .all, right: images.map(\.label))
  }
}

/// Images as rows of codes, and their classes.
struct CodeBatches: BatchMaker {
  let source: ImageSource
  let codes: ImageCodes
  let rows: Int

  mutating func batch(step: Int) throws(Fault) -> TrainingBatch {
    let images = source.images(step: step, count: rows)
    let ids = try images.map { image throws(Fault) in try codes.ids(of: image.pixels) }
    return TrainingBatch(Batch(ids: ids), .all, right: images.map(\.label))
  }
}
