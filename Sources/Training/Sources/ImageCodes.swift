import Checkpoints
import Corpora
import Faults
import Foundation
import Tensors
import Tokenizers
import Transformers

/// Images as rows of ids: a class token, then one code for each patch.
public struct ImageCodes: Sendable {
  /// The patches that the codes stand for.
  public let codebook: Codebook
  /// How many ids come before the first code: those of the special tokens.
  public static let offset = 4

  /// Codes that are learnt from training images.
  ///
  /// - Throws: `Fault` when there are fewer patches than codes.
  public static func learned(seed: UInt64) throws(Fault) -> ImageCodes {
    let source = ImageSource(seed: seed)
    do {
      let images = source.images(step: 0, count: 600).map(\.pixels)
      return ImageCodes(codebook: try Codebook.learned(from: images, seed: seed))
    } catch {
      throw Fault("bad-recipe", "\(error)")
    }
  }

  /// Codes of a codebook.
  public init(codebook: Codebook) {
    self.codebook = codebook
  }

  /// The codes of a model that reads them, from its folder.
  ///
  /// - Throws: `Fault` when the folder has no codebook.
  public init(beside folder: URL) throws(Fault) {
    let file = folder.appendingPathComponent(TrainedModel.codebookName)
    let centres: Tensor<Float>
    do {
      centres = try Checkpoint(contentsOf: file).tensor(
        "centres", as: Float.self, axes: ["code", "value"], shape: nil)
    } catch {
      throw Fault(error)
    }
    let side = Int(Double(centres.shape[1] / 3).squareRoot().rounded())
    do {
      self.init(codebook: try Codebook(centres: centres, patch: side))
    } catch {
      throw Fault("bad-checkpoint", "\(file.path): \(error)")
    }
  }

  /// How many ids there are.
  public var vocabularySize: Int { Self.offset + codebook.count }

  /// The ids of an image, [channel, height, width] from 0 to 1.
  ///
  /// - Throws: `Fault` when the patches do not fit the image.
  public func ids(of pixels: Tensor<Float>) throws(Fault) -> [Int] {
    do {
      return [SpecialPieces.beginningID] + (try codebook.encode(pixels).map { $0 + Self.offset })
    } catch {
      throw Fault("shape-mismatch", "\(error)")
    }
  }
}
