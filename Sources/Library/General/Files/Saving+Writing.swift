import Checkpoints
import Foundation
import Language
import Tensors

extension Saving {
  /// Writes a file whole or not at all.
  static func write(
    _ content: SaveFormat.Content, to url: URL, overwrite: Bool
  ) throws(CheckpointError) {
    switch content {
    case .activations(let activations):
      try ActivationFile.write(activations, to: url, overwrite: overwrite)
    case .bytes(let data): try AtomicFile.save(data, to: url, overwrite: overwrite)
    case .array(let tensor):
      switch tensor.storage {
      case .floats(let values):
        try NumPyFile.write(stored(tensor, values), to: url, overwrite: overwrite)
      case .doubles(let values):
        try NumPyFile.write(stored(tensor, values), to: url, overwrite: overwrite)
      }
    case .tensors(let named):
      let entries = named.map { name, tensor in
        switch tensor.storage {
        case .floats(let values): SafetensorsFile.Entry(name, stored(tensor, values))
        case .doubles(let values): SafetensorsFile.Entry(name, stored(tensor, values))
        }
      }
      try SafetensorsFile.write(
        entries, metadata: metadata(named), to: url, overwrite: overwrite)
    }
  }

  private static func stored<Element: Scalar>(
    _ tensor: TensorValue, _ values: [Element]
  ) -> Tensor<Element> {
    Tensor(tensor.axes.map { Tensors.Axis($0.name) }, tensor.shape, values)
  }

  /// What the format itself cannot hold: `NAME.axes`, `NAME.labels` and `NAME.notes`, as JSON.
  private static func metadata(_ named: [(name: String, tensor: TensorValue)]) -> [String: String] {
    var metadata: [String: String] = [:]
    for (name, tensor) in named {
      func strings(_ texts: [String]) -> JSON { .array(texts.map { .string($0) }) }
      metadata["\(name).axes"] = strings(tensor.axes.map(\.name)).text
      if tensor.axes.contains(where: { $0.labels != nil }) {
        let labels = tensor.axes.map { $0.labels.map(strings) ?? .null }
        metadata["\(name).labels"] = JSON.array(labels).text
      }
      if !tensor.notes.isEmpty { metadata["\(name).notes"] = strings(tensor.notes).text }
    }
    return metadata
  }

  /// Why a file was not written, by the name that the user gave it.
  ///
  /// - Parameter replacing: How a file that is there is replaced; by `save` if nothing is said.
  static func failure(
    _ error: CheckpointError, _ path: String, argument: String = "path", replacing: String? = nil
  ) -> Failure {
    switch error {
    case .alreadyExists:
      Failure(
        "file-exists", "`\(path)` is there already", argument: argument,
        help: replacing ?? "replace it: … | save \(Value.quoted(path)) overwrite: true")
    case .foreign:
      Failure(
        "not-replaced", "`\(path)` was not written by Sonde, or has changed since",
        argument: argument,
        help: "choose another name, or remove it first: only what Sonde wrote is replaced")
    case .unwritable(_, let reason):
      Failure(
        "cannot-write", "cannot write `\(path)`: \(reason)", argument: argument,
        help: "nothing was changed; another folder may do")
    default: Failure("cannot-write", "cannot write `\(path)`: \(error)", argument: argument)
    }
  }
}
