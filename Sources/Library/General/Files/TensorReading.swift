import Checkpoints
import Foundation
import Language
import Tensors

/// The command that reads tensors from files.
enum TensorReading {
  static let builtins = [readTensor]

  static let readTensor = Builtin(
    "read_tensor", "Reads a tensor from a .npy or .safetensors file.",
    Parameter<String>("path", "The file, relative to the working directory.", .piped),
    Parameter<String?>(
      "name", "Which tensor of a .safetensors file; not needed where it has one.", .named),
    returns: "tensor", family: .files, alsoFoundAs: ["open", "numpy", "load array", "image"],
    details: "Numbers of any kind and truth values become a tensor; axes are called `index` in a "
      + "vector, `row` and `column` in a matrix, else `axis0` and so on.",
    examples: [
      Example(
        #"save (tensor [[1, 2], [3, 4]]) "t.npy"; read_tensor "t.npy""#,
        shows: "What `save` wrote.",
        gives: .tensor([.init("row", count: 2), .init("column", count: 2)], [1, 2, 3, 4])),
      Example(
        #"save "no tensor" "t.txt"; read_tensor "t.txt""#, shows: "The ending must be known.",
        gives: .fails("unknown-format")),
    ]
  ) { context, path, name throws(Failure) in
    let url = URL(fileURLWithPath: try context.pathForReading(path))
    do throws(CheckpointError) {
      switch url.pathExtension.lowercased() {
      case "npy" where name == nil: return value(try NumPyFile.read(url))
      case "safetensors":
        let file = try Checkpoint(contentsOf: url)
        let tensor = try stored(name, in: file)
        try file.verify()
        return value(tensor)
      default: break
      }
    } catch {
      throw Failure("cannot-read", error.description, argument: "path", help: error.help)
    }
    throw Failure(
      name == nil ? "unknown-format" : "conflicting-arguments",
      name == nil
        ? "`\(path)` ends neither in .npy nor in .safetensors" : "a .npy file has one tensor",
      argument: name == nil ? "path" : "name")
  }

  private static func stored(_ name: String?, in file: Checkpoint) throws(CheckpointError)
    -> Tensor<Double>
  {
    let only = file.names.count == 1 ? file.names.first : nil
    guard let name = name ?? only else {
      throw .missingTensor(name: "(none named)", nearest: file.names.first)
    }
    let rank = file.stored(name)?.shape.count ?? 0
    return try file.tensor(
      name, as: Double.self, axes: (0..<rank).map { Axis("axis\($0)") }, shape: nil)
  }

  private static func value(_ tensor: Tensor<Double>) -> Value {
    let names =
      switch tensor.shape.count {
      case 1: ["index"]
      case 2: ["row", "column"]
      default: tensor.shape.indices.map { "axis\($0)" }
      }
    return .tensor(
      TensorValue(
        axes: zip(names, tensor.shape).map { TensorValue.Axis($0, count: $1) },
        storage: .doubles(tensor.elements)))
  }
}
