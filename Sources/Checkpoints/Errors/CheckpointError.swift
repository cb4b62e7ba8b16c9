import Foundation

/// Why a checkpoint could not be read, or a file not be written.
public enum CheckpointError: Error, Equatable, Sendable {
  /// Nothing lies at a path.
  case notFound(file: URL)
  /// A folder holds no weights that can be read; `other` names a file in another format.
  case noWeights(folder: URL, other: String?)
  /// A folder has no `config.json`.
  case noConfiguration(folder: URL)
  /// The system refused to open or read a file, or it is not a regular file.
  case unreadable(file: URL, reason: String)
  /// A file contradicts itself or its format; `offset` is in bytes from its start.
  case damaged(file: URL, tensor: String?, offset: Int?, problem: String)
  /// A shard that the index promises is not there.
  case missingShard(file: URL, index: URL)
  /// No tensor has this name.
  case missingTensor(name: String, nearest: String?)
  /// None of these tensors is there.
  case missingTensors([String])
  /// A tensor has another shape than was asked for.
  case wrongShape(tensor: String, expected: String, found: [Int], file: URL)
  /// A tensor is stored in a number type that cannot be read as what was asked for.
  case unsupportedType(tensor: String, type: StoredType, wanted: String, file: URL)
  /// A stored integer is outside of what `Int` holds.
  case integerOutOfRange(tensor: String, file: URL)
  /// A key of a configuration is missing or holds something else; `key` is its path, dots between.
  case badConfiguration(file: String, key: String, expected: String, found: String)
  /// A key of a configuration asks, rightly, for something that is not computed here; `known` is
  /// what is.
  case unsupported(file: String, key: String, known: String, found: String)
  /// A file was written again while it was in use, so that what was read of it is worth nothing.
  case changed(file: URL)
  /// A file could not be written; what was at its place before is still there.
  case unwritable(file: URL, reason: String)
  /// A file is already there that is not as Sonde wrote it, so that it must stay.
  case foreign(file: URL)
  /// A file is already there, and overwriting was not asked for.
  case alreadyExists(file: URL)
}
