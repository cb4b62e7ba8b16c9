import Language
import Transformers

extension Workbench {
  /// The texts of a kind that begin with `prefix`, for Tab: addresses that the model in use has,
  /// names of models that can be loaded, and names of models on the bench.
  public func candidates(kind: String, prefix: String) -> [String] {
    switch kind {
    case "address", "addresses", "list of addresses":
      guard let model = inUse?.model.description else { return [] }
      return AddressCandidates(model: model).beginning(with: prefix)
    case "checkpoint":
      let locations = ModelLocations(Interpreter.Options())
      return (ModelLocations.builtInNames + locations.cachedNames).filter { $0.hasPrefix(prefix) }
    case "model": return modelNames.filter { $0.hasPrefix(prefix) }
    default: return []
    }
  }
}

/// The addresses of a model, one word at a time: the layers first, then what a layer has.
struct AddressCandidates {
  let model: ModelDescription

  /// The addresses that begin with `prefix`, up to the next dot.
  func beginning(with prefix: String) -> [String] {
    guard let dot = prefix.lastIndex(of: ".") else {
      return (layers + Address.wholeModelNames).filter { $0.hasPrefix(prefix) }
    }
    let stem = String(prefix[..<dot])
    guard let address = try? Address(parsing: stem), let layers = address.layers,
      let layer = layers.resolve(count: model.blocks.count)?.first
    else { return stem.hasSuffix(".resid") ? moments(stem, prefix) : [] }
    let words = followers(of: address.part, in: model.blocks[layer])
    return words.map { "\(stem).\($0)" }.filter { $0.hasPrefix(prefix) }
  }

  private var layers: [String] { model.blocks.indices.map { "L\($0)" } + ["L*"] }

  /// `resid` alone is no address, only its moments are.
  private func moments(_ stem: String, _ prefix: String) -> [String] {
    Address.Moment.allCases.map { "\(stem).\($0.rawValue)" }.filter { $0.hasPrefix(prefix) }
  }

  private func followers(of part: Address.Part, in block: BlockDescription) -> [String] {
    switch part {
    case .block:
      let attention = block.attention
      let groups =
        attention.groups < attention.heads ? (0..<attention.groups).map { "KV\($0)" } : []
      return ["resid.pre", "resid.mid", "resid.post", "ln1", "attn", "ln2", "mlp", "N", "H*"]
        + (0..<attention.heads).map { "H\($0)" } + groups
    case .head: return Address.HeadPart.allCases.map(\.rawValue)
    case .group: return Address.GroupPart.allCases.map(\.rawValue)
    case .mlp: return ["pre", "post"]
    default: return []
    }
  }
}
