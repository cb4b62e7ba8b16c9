import Checkpoints
import Faults
import Foundation

/// How the values of an image become those that a model expects: times a factor, then for each channel
/// less the mean, over the deviation.
///
/// Nothing is guessed from the values: the model's `preprocessor_config.json` says what is done, and
/// what it leaves out is as in the transformers library's class for ViT and DeiT.
public struct ImageScaling: Sendable, Hashable {
  /// What values are multiplied by; nil when they are not.
  public var factor: Double?
  /// The mean and the deviation of each channel; none when they are not normalised.
  public var means: [Double] = [], deviations: [Double] = []

  /// What a person wants done, whatever the file says; nil leaves it to the file.
  public struct Wish: Sendable, Hashable {
    /// Whether values are multiplied by the factor.
    public var rescale: Bool?
    /// Whether the mean is taken off and the deviation divided by.
    public var normalize: Bool?

    /// A wish, or none.
    public init(rescale: Bool? = nil, normalize: Bool? = nil) {
      self.rescale = rescale
      self.normalize = normalize
    }
  }

  /// Reads the settings of a model that reads images of so many channels.
  ///
  /// - Throws: `CheckpointError` when they are no such settings, or ask for what is not computed.
  init(_ settings: Configuration, channels count: Int, _ wish: Wish) throws(CheckpointError) {
    let key = settings.firstPresent("image_processor_type", "feature_extractor_type")
    let type = try settings.string(key, default: "ViTImageProcessor")
    let isKnown = type.hasPrefix("ViT") || type.hasPrefix("DeiT")
    for key in ["rescale_offset", "offset"] where !isKnown {
      if try settings.bool(key, default: false) {
        throw settings.unsupported(key, known: "images without an offset", found: "true")
      }
    }
    let rescales = try settings.bool("do_rescale", default: true)
    if wish.rescale ?? rescales {
      factor = try settings.double("rescale_factor", default: 1 / 255)
    }
    let normalizes = try settings.bool("do_normalize", default: true)
    guard wish.normalize ?? normalizes else { return }
    func numbers(_ key: String) throws(CheckpointError) -> [Double] {
      if let one = try? settings.optionalDouble(key) { return [one] }
      guard isKnown || settings.has(key) else {
        throw settings.invalid(key, expected: "a number for each channel", found: "missing")
      }
      return try settings.doubles(key, default: [0.5])
    }
    let found = (means: try numbers("image_mean"), deviations: try numbers("image_std"))
    func each(_ numbers: [Double]) -> [Double] {
      numbers.count == 1 ? Array(repeating: numbers[0], count: count) : numbers
    }
    (means, deviations) = (each(found.means), each(found.deviations))
    guard means.count == count, deviations.count == count, deviations.allSatisfy({ $0 > 0 }) else {
      throw settings.invalid(
        "image_mean, image_std",
        expected: "a mean and a positive deviation for each of \(count) channels",
        found: "\(found.means) and \(found.deviations)")
    }
  }

  /// The values that the model expects for an image, channel by channel.
  public func scaled(_ values: [Double]) -> [Double] {
    let size = values.count / max(means.count, 1)
    return values.enumerated().map { index, value in
      let value = value * (factor ?? 1)
      guard !means.isEmpty else { return value }
      let channel = min(index / max(size, 1), means.count - 1)
      return (value - means[channel]) / deviations[channel]
    }
  }

  /// What is done, in a few words.
  public var summary: String {
    var steps: [String] = []
    if let factor {
      let inverse = (1 / factor).rounded()
      let isFraction = inverse > 1 && abs(factor * inverse - 1) < 1e-12
      steps.append(isFraction ? "over \(Int(inverse))" : "times \(factor)")
    }
    func text(_ numbers: [Double]) -> String {
      Set(numbers).count == 1 ? "\(numbers[0])" : "\(numbers)"
    }
    if !means.isEmpty { steps.append("less \(text(means)), over \(text(deviations))") }
    return steps.isEmpty ? "as they are" : steps.joined(separator: ", then ")
  }
}

extension Model {
  /// How images are scaled for the model; nil where it has no `preprocessor_config.json` and nobody
  /// wishes anything.
  ///
  /// - Throws: `Fault` when `preprocessor_config.json` cannot be read.
  public func imageScaling(_ wish: ImageScaling.Wish = .init()) throws(Fault) -> ImageScaling? {
    guard let patches = description.embedding.patches else { return nil }
    let url = folder?.appendingPathComponent("preprocessor_config.json")
    let isThere = url.map { FileManager.default.fileExists(atPath: $0.path) } ?? false
    do throws(CheckpointError) {
      if let url, isThere {
        return try ImageScaling(
          Configuration(contentsOf: url), channels: patches.channels, wish)
      }
      guard wish != ImageScaling.Wish() else { return nil }
      let wish = ImageScaling.Wish(
        rescale: wish.rescale ?? false, normalize: wish.normalize ?? false)
      return try ImageScaling(.empty, channels: patches.channels, wish)
    } catch {
      throw Fault(error)
    }
  }
}
