import Checkpoints
import Faults
import Foundation

/// How the values of an image from 0 to 1 become those that a model expects: for each channel, less
/// the mean, over the deviation.
public struct ImageScaling: Sendable, Hashable {
  /// The mean of each channel.
  public var means: [Double]
  /// The deviation of each channel.
  public var deviations: [Double]

  /// Reads `preprocessor_config.json` in a folder; nil where there is none, or it asks for nothing.
  ///
  /// - Throws: `Fault` when the file cannot be read.
  init?(folder: URL, channels: Int) throws(Fault) {
    let url = folder.appendingPathComponent("preprocessor_config.json")
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    do throws(CheckpointError) {
      let settings = try Configuration(contentsOf: url)
      guard try settings.bool("do_normalize", default: true) else { return nil }
      means = try settings.doubles("image_mean", default: [])
      deviations = try settings.doubles("image_std", default: [])
      guard !means.isEmpty || !deviations.isEmpty else { return nil }
      guard means.count == channels, deviations.count == channels,
        deviations.allSatisfy({ $0 > 0 })
      else {
        throw settings.invalid(
          "image_mean, image_std",
          expected: "a mean and a positive deviation for each of \(channels) channels",
          found: "\(means) and \(deviations)")
      }
    } catch {
      throw Fault(error)
    }
  }

  /// The values that the model expects for an image, channel by channel.
  public func scaled(_ values: [Double]) -> [Double] {
    let size = values.count / max(means.count, 1)
    return values.enumerated().map { index, value in
      let channel = min(index / max(size, 1), means.count - 1)
      return (value - means[channel]) / deviations[channel]
    }
  }
}

extension Model {
  /// How images are scaled for the model; nil where they go in as they are.
  ///
  /// - Throws: `Fault` when `preprocessor_config.json` cannot be read.
  public func imageScaling() throws(Fault) -> ImageScaling? {
    guard let patches = description.embedding.patches, let folder else { return nil }
    return try ImageScaling(folder: folder, channels: patches.channels)
  }
}
