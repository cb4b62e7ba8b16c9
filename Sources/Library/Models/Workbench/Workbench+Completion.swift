import Foundation
import Language
import Transformers

extension Workbench {
  /// What Tab offers in a place: addresses that the model in use has, also by their hook names,
  /// models that can be loaded or are, tokens of its vocabulary, positions of a prompt.
  ///
  /// - Parameters:
  ///   - kind: The kind of value that is wanted, as parameters name it.
  ///   - parameter: The command and its parameter, such as `load.source`.
  ///   - prefix: What is typed of it; what is offered begins with it.
  ///   - isInString: Whether an offer is what stands between quotes.
  ///   - subject: What the command works on, where that is known.
  public func candidates(
    kind: String, parameter: String = "", prefix: String, isInString: Bool = false,
    subject: Value? = nil
  ) -> [(text: String, note: String)] {
    let tokens = TokenCandidates(workbench: self, prefix: prefix)
    switch (parameter, kind) {
    case ("load.source", _) where isInString: return models.filter { $0.text.hasPrefix(prefix) }
    case ("models.name", _) where isInString:
      return named(BuiltInModels.own.names, "built in", prefix)
    case ("address.text", _) where isInString:
      return named(addresses(prefix) + hookNames, "address", prefix)
    case (_, "position") where isInString: return tokens.ofPrompt(subject)
    case (_, "position"): return tokens.positions(of: subject)
    case (_, "token") where isInString: return tokens.ofPrompt(subject) + tokens.ofVocabulary
    case (_, "model") where isInString: return named(modelNames, "loaded", prefix)
    case (_, "address"), (_, "addresses"), (_, "list of addresses"):
      return isInString ? [] : named(addresses(prefix), "address", prefix)
    default: return []
    }
  }

  private func named(
    _ texts: [String], _ note: String, _ prefix: String
  ) -> [(text: String, note: String)] {
    texts.filter { $0.hasPrefix(prefix) }.map { ($0, note) }
  }

  private func addresses(_ prefix: String) -> [String] {
    inUse.map { AddressCandidates(model: $0.model.description).beginning(with: prefix) } ?? []
  }

  /// What `load` finds by name.
  private var models: [(text: String, note: String)] {
    let builtIn = BuiltInModels.own.names.map {
      ($0, BuiltInModels.own.card(of: $0)?.purpose ?? "")
    }
    let cached = ModelLocations(Interpreter.Options()).cachedNames.map { ($0, "in the cache") }
    return builtIn + [("random-tiny", "seeded random numbers, made in memory")] + cached
  }

  /// The names that TransformerLens has for what the model in use has.
  private var hookNames: [String] {
    guard let model = inUse?.model.description else { return [] }
    let whole = ["embed", "pos", "final"].compactMap { try? Address(parsing: $0) }
    let parts =
      ["attn", "mlp", "mlp.pre", "mlp.post", "ln1", "ln2", "resid.pre", "resid.mid"]
      + ["resid.post"] + Address.HeadPart.allCases.map { "H*.\($0.rawValue)" }
    let inBlocks = model.blocks.indices.flatMap { layer in
      parts.compactMap { try? Address(parsing: "L\(layer).\($0)") }
    }
    return (whole + inBlocks).filter { (try? model.sites(of: $0)) != nil }.compactMap(\.hookName)
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
