import Foundation

/// Which files make up a checkpoint, and which of them holds which tensor.
struct CheckpointFiles {
  let folder: URL
  /// The weight files in the order of their names.
  let weights: [MappedFile]
  /// Every tensor with its file, by name.
  let tensors: [String: (stored: StoredTensor, file: MappedFile)]
  /// Nil where there is none.
  let configuration: URL?

  init(at place: URL) throws(CheckpointError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder) else {
      throw .notFound(file: place)
    }
    if isFolder.boolValue {
      try self.init(folder: place)
    } else {
      try self.init(file: place)
    }
  }

  private init(file url: URL) throws(CheckpointError) {
    let file = try MappedFile(url)
    folder = url.deletingLastPathComponent()
    weights = [file]
    tensors = try Self.tensors(of: file)
    let beside = folder.appendingPathComponent("config.json")
    configuration = Self.exists(beside) ? beside : nil
  }

  private init(folder: URL) throws(CheckpointError) {
    let whole = folder.appendingPathComponent("model.safetensors")
    let index = folder.appendingPathComponent("model.safetensors.index.json")
    guard Self.exists(whole) || Self.exists(index) else {
      throw .noWeights(folder: folder, other: Self.otherFormat(in: folder))
    }
    let configuration = folder.appendingPathComponent("config.json")
    guard Self.exists(configuration) else { throw .noConfiguration(folder: folder) }
    self.folder = folder
    self.configuration = configuration
    if Self.exists(whole) {
      let file = try MappedFile(whole)
      weights = [file]
      tensors = try Self.tensors(of: file)
    } else {
      (weights, tensors) = try Self.shards(of: index)
    }
  }

  private struct Index: Decodable {
    var weight_map: [String: String]
  }

  private static func shards(
    of index: URL
  ) throws(CheckpointError) -> (
    [MappedFile], [String: (stored: StoredTensor, file: MappedFile)]
  ) {
    let map = try JSONFile.read(Index.self, from: index).weight_map
    var weights: [MappedFile] = []
    var found: [String: [String: (stored: StoredTensor, file: MappedFile)]] = [:]
    for shard in Set(map.values).sorted() {
      try checkPlain(shard, in: index)
      let url = index.deletingLastPathComponent().appendingPathComponent(shard)
      guard exists(url) else { throw .missingShard(file: url, index: index) }
      let file = try MappedFile(url)
      weights.append(file)
      found[shard] = try tensors(of: file)
    }
    var tensors: [String: (stored: StoredTensor, file: MappedFile)] = [:]
    for (name, shard) in map {
      guard let tensor = found[shard]?[name] else {
        throw .damaged(
          file: index, tensor: name, offset: nil,
          problem: "it places the tensor in \(shard), which does not hold it")
      }
      tensors[name] = tensor
    }
    return (weights, tensors)
  }

  /// An index from a stranger must not lead out of its folder.
  private static func checkPlain(_ shard: String, in index: URL) throws(CheckpointError) {
    let isPlain = !shard.isEmpty && !shard.utf8.contains { $0 == UInt8(ascii: "/") || $0 == 0 }
    guard isPlain, shard != ".", shard != ".." else {
      throw .damaged(
        file: index, tensor: nil, offset: nil,
        problem: "it names the shard \"\(shard)\", and only files beside it are read")
    }
  }

  private static func tensors(
    of file: MappedFile
  ) throws(CheckpointError) -> [String: (stored: StoredTensor, file: MappedFile)] {
    var tensors: [String: (stored: StoredTensor, file: MappedFile)] = [:]
    for tensor in try SafetensorsHeader(of: file).tensors {
      tensors[tensor.name] = (tensor, file)
    }
    return tensors
  }

  /// The first file in `folder` that holds weights in a format that is not read here.
  private static func otherFormat(in folder: URL) -> String? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().first { name in
      ["bin", "pt", "pth", "h5", "msgpack", "gguf", "onnx"].contains {
        name.hasSuffix("." + $0)
      }
    }
  }

  private static func exists(_ url: URL) -> Bool {
    FileManager.default.fileExists(atPath: url.path)
  }
}
