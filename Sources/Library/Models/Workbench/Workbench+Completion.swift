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
      let first = model.encoder == nil ? layers(of: .decoder) : model.stacks.map(\.rawValue)
      return (first + Address.wholeModelNames).filter { $0.hasPrefix(prefix) }
    }
    let stem = String(prefix[..<dot])
    if model.encoder != nil, let stack = Stack(rawValue: stem) {
      let whole = Address.wholeModelNames.filter { $0 != "logits" }
      return (layers(of: stack) + whole).map { "\(stem).\($0)" }.filter { $0.hasPrefix(prefix) }
    }
    guard let address = try? Address(parsing: stem), let layers = address.layers,
      let layer = layers.resolve(count: model.blocks(of: address.stack ?? .decoder).count)?.first
    else { return stem.hasSuffix(".resid") ? moments(stem, prefix) : [] }
    let words = followers(
      of: address.part, in: model.blocks(of: address.stack ?? .decoder)[layer])
    return words.map { "\(stem).\($0)" }.filter { $0.hasPrefix(prefix) }
  }

  private func layers(of stack: Stack) -> [String] {
    model.blocks(of: stack).indices.map { "L\($0)" } + ["L*"]
  }

  /// `resid` alone is no address, only its moments are.
  private func moments(_ stem: String, _ prefix: String) -> [String] {
    let moments = Address.Moment.allCases.filter {
      $0 != .cross || model.encoder != nil && stem.hasPrefix(Stack.decoder.rawValue)
    }
    return moments.map { "\(stem).\($0.rawValue)" }.filter { $0.hasPrefix(prefix) }
  }

  private func followers(of part: Address.Part, in block: BlockDescription) -> [String] {
    switch part {
    case .block:
      let attention = block.attention
      let groups =
        attention.groups < attention.heads ? (0..<attention.groups).map { "KV\($0)" } : []
      return ["resid.pre", "resid.mid", "resid.post", "ln1", "attn", "ln2", "mlp", "N", "H*"]
        + (block.cross == nil ? [] : ["resid.cross", "cross"])
        + (0..<attention.heads).map { "H\($0)" } + groups
    case .attn(cross: true):
      return ["ln", "H*"] + (0..<(block.cross?.attention.heads ?? 0)).map { "H\($0)" }
    case .head: return Address.HeadPart.allCases.map(\.rawValue)
    case .group: return Address.GroupPart.allCases.map(\.rawValue)
    case .mlp: return ["pre", "post"]
    default: return []
    }
  }
}
