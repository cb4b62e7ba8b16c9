import Checkpoints
import Foundation
import Tensors

/// A checkpoint of GPT-2 small's shape with random numbers, written once into a scratch folder.
enum BenchCheckpoint {
  static let width = 768
  static let layers = 12

  /// Writes the checkpoint unless it is there.
  static func prepare(in folder: URL) throws {
    let file = folder.appendingPathComponent("model.safetensors")
    if FileManager.default.fileExists(atPath: file.path) { return }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(configuration.utf8).write(to: folder.appendingPathComponent("config.json"))
    var random = UInt64(0x5EED)
    let entries = shapes().map { name, shape in
      SafetensorsFile.Entry(name, tensor(name, shape, &random))
    }
    try SafetensorsFile.write(entries, metadata: ["format": "pt"], to: file, replacing: .any)
  }

  private static let configuration = """
    {"model_type": "gpt2", "architectures": ["GPT2LMHeadModel"], "n_embd": 768, "n_layer": 12,
     "n_head": 12, "n_positions": 1024, "n_ctx": 1024, "vocab_size": 50257,
     "layer_norm_epsilon": 1e-05, "activation_function": "gelu_new", "tie_word_embeddings": true,
     "bos_token_id": 50256, "eos_token_id": 50256}
    """

  private static func shapes() -> [(String, [Int])] {
    var list: [(String, [Int])] = [
      ("transformer.wte.weight", [50257, width]), ("transformer.wpe.weight", [1024, width]),
      ("transformer.ln_f.weight", [width]), ("transformer.ln_f.bias", [width]),
    ]
    for layer in 0..<layers {
      let at = "transformer.h.\(layer)."
      for norm in ["ln_1", "ln_2"] {
        list += [(at + norm + ".weight", [width]), (at + norm + ".bias", [width])]
      }
      for (name, inputs, outputs) in [
        ("attn.c_attn", width, 3 * width), ("attn.c_proj", width, width),
        ("mlp.c_fc", width, 4 * width), ("mlp.c_proj", 4 * width, width),
      ] {
        list += [(at + name + ".weight", [inputs, outputs]), (at + name + ".bias", [outputs])]
      }
    }
    return list
  }

  /// Gains near one, everything else small; the sum of four uniform numbers stands for a normal one.
  private static func tensor(_ name: String, _ shape: [Int], _ random: inout UInt64) -> Tensor<
    Float
  > {
    let isGain = name.contains("ln_") && name.hasSuffix("weight")
    var elements: [Float] = []
    let count = shape.reduce(1, *)
    elements.reserveCapacity(count)
    for _ in 0..<count {
      random ^= random << 13
      random ^= random >> 7
      random ^= random << 17
      let parts = (0..<4).reduce(0) { $0 + Int((random >> (UInt64($1) * 16)) & 0xFFFF) }
      let normal = (Float(parts) / 65536 - 2) * 1.732
      elements.append(isGain ? 1 + 0.1 * normal : 0.04 * normal)
    }
    return Tensor(shape.map { _ in .width }, shape, elements)
  }
}
