import Foundation

extension CheckpointError: CustomStringConvertible {
  /// One line: what, and where.
  public var description: String {
    switch self {
    case .notFound(let file):
      "there is nothing at \(file.path)"
    case .noWeights(let folder, nil):
      "\(folder.path) holds no model.safetensors and no model.safetensors.index.json"
    case .noWeights(let folder, let other?):
      "\(folder.path) holds its weights as \(other), which Sonde does not read"
    case .noConfiguration(let folder):
      "\(folder.path) holds no config.json"
    case .unreadable(let file, let reason):
      "cannot read \(file.path): \(reason)"
    case .damaged(let file, let tensor, let offset, let problem):
      "\(file.path) is damaged\(Self.place(tensor, offset)): \(problem)"
    case .missingShard(let file, let index):
      "\(index.path) names the shard \(file.lastPathComponent), which is not there"
    case .missingTensor(let name, let nearest):
      "the checkpoint has no tensor `\(name)`"
        + (nearest.map { "; the nearest name is `\($0)`" } ?? "")
    case .missingTensors(let names):
      "the checkpoint lacks \(names.count) \(names.count == 1 ? "tensor" : "tensors"): "
        + names.joined(separator: ", ")
    case .wrongShape(let tensor, let expected, let found, let file):
      "the tensor `\(tensor)` has the shape \(found) where \(expected) was expected (\(file.path))"
    case .unsupportedType(let tensor, let type, let wanted, let file):
      "the tensor `\(tensor)` is stored as \(type.rawValue), which cannot be read as \(wanted) (\(file.path))"
    case .integerOutOfRange(let tensor, let file):
      "the tensor `\(tensor)` holds an integer beyond 64 bits with a sign (\(file.path))"
    case .badConfiguration(let file, let key, let expected, let found):
      "\(file): `\(key)` should be \(expected), but is \(found)"
    case .unsupported(let file, let key, let known, let found):
      "\(file): `\(key)` asks for \(found), which Sonde cannot do; what it can is \(known)"
    case .changed(let file):
      "\(file.path) was written again while it was in use; what was read of it does not count"
    case .unwritable(let file, let reason):
      "cannot write \(file.path): \(reason)"
    case .foreign(let file):
      "\(file.path) was not written by Sonde, or has changed since"
    case .alreadyExists(let file):
      "\(file.path) is already there"
    }
  }

  /// What to do about it.
  public var help: String {
    switch self {
    case .notFound:
      "give the folder of a checkpoint, or one .safetensors file"
    case .noWeights(_, nil):
      "give the folder that holds config.json and model.safetensors"
    case .noWeights(_, _?):
      "convert it once in Python: AutoModel.from_pretrained(folder).save_pretrained(folder, "
        + "safe_serialization=True), with the model's own class in place of AutoModel"
    case .noConfiguration:
      "copy the model's config.json beside its weights"
    case .unreadable:
      "check the path and its permissions"
    case .damaged, .integerOutOfRange:
      "fetch or write the file again"
    case .missingShard:
      "fetch the missing shard into the same folder"
    case .missingTensor, .missingTensors:
      "see that config.json and the weights belong to the same model"
    case .wrongShape:
      "see that config.json and the weights belong to the same model"
    case .unsupportedType:
      "convert the checkpoint to float32, float16 or bfloat16"
    case .badConfiguration:
      "correct the file, or fetch it again"
    case .unsupported:
      "the file is as it should be: only another model, or another program, helps"
    case .foreign:
      "choose another name, or remove it first: only what Sonde wrote is replaced"
    case .changed:
      "load it again when it is whole; a file that is renamed over the old one can be used on"
    case .unwritable:
      "choose a folder that can be written to and has room"
    case .alreadyExists:
      "choose another name, or ask for the file to be overwritten"
    }
  }

  private static func place(_ tensor: String?, _ offset: Int?) -> String {
    switch (tensor, offset) {
    case (let tensor?, let offset?): " at byte \(offset), tensor `\(tensor)`"
    case (let tensor?, nil): ", tensor `\(tensor)`"
    case (nil, let offset?): " at byte \(offset)"
    case (nil, nil): ""
    }
  }
}
