import Foundation
import Tensors

/// A trained model's weights and configuration on disk, in the layout that Hugging Face uses.
///
/// Opening one maps its files and checks their headers; numbers are read when a tensor is asked for.
public struct Checkpoint: Sendable {
  /// The folder that holds the files.
  public let folder: URL
  /// What `config.json` says; empty where one weight file was opened that has none beside it.
  public let configuration: Configuration
  /// The names of all tensors, in alphabetical order.
  public let names: [String]
  /// The size of all weight files together.
  public let byteCount: Int

  let weights: [MappedFile]
  private let tensors: [String: (stored: StoredTensor, file: MappedFile)]

  /// Opens a folder that holds `config.json` and either `model.safetensors` or the shards that
  /// `model.safetensors.index.json` names, or else a single `.safetensors` file.
  ///
  /// - Throws: `CheckpointError` that names the file, and what in it is wrong and where.
  public init(contentsOf place: URL) throws(CheckpointError) {
    let files = try CheckpointFiles(at: place)
    configuration =
      try files.configuration.map { url throws(CheckpointError) in
        try Configuration(contentsOf: url)
      } ?? .empty
    folder = files.folder
    weights = files.weights
    tensors = files.tensors
    names = files.tensors.keys.sorted()
    byteCount = files.weights.reduce(0) { $0 + $1.bytes.count }
  }

  /// Makes sure that nobody has written into the weight files since they were opened: what was computed
  /// with their numbers counts only then.
  ///
  /// - Throws: `CheckpointError.changed` with the file.
  public func verify() throws(CheckpointError) {
    for file in weights { try file.verify() }
  }

  /// What is stored under a name, or nil where nothing is.
  public func stored(_ name: String) -> StoredTensor? { tensors[name]?.stored }

  /// Those of `names` that the checkpoint does not hold, in the order given.
  public func missing(_ names: [String]) -> [String] {
    names.filter { tensors[$0] == nil }
  }

  func located(
    _ name: String
  ) throws(CheckpointError) -> (
    stored: StoredTensor, bytes: UnsafeRawBufferPointer, file: MappedFile
  ) {
    guard let (stored, file) = tensors[name] else {
      throw .missingTensor(name: name, nearest: NearestName.find(name, in: names))
    }
    return (stored, UnsafeRawBufferPointer(rebasing: file.bytes[stored.byteRange]), file)
  }
}
