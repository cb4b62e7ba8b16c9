import Faults

extension Address {
  /// One dotted word of an address behind its layer: `H5`, `pattern`, `resid`, `post`.
  public struct Component: Hashable, Sendable {
    /// The letters: `H`, `KV`, `N`, or a name such as `pattern`.
    public var name: String
    /// The indices behind `H`, `KV` and `N`.
    public var selector: IndexSelector?

    /// A dotted word from its letters and, for `H`, `KV` and `N`, its indices.
    public init(_ name: String, _ selector: IndexSelector? = nil) {
      self.name = name
      self.selector = selector
    }

    var text: String { name + (selector?.description ?? "") }
  }

  /// The plain words that may follow a dot in an address.
  public static let componentNames: [String] = [
    "q", "k", "v", "rot_q", "rot_k", "scores", "pattern", "z", "out", "attn", "cross", "mlp", "pre",
    "post", "mid", "resid", "ln1", "ln2", "ln",
  ]

  /// The letters that take indices in an address.
  public static let indexedNames: [String] = ["H", "KV", "N"]

  /// The names of the values that stand outside the layers.
  public static let wholeModelNames: [String] = ["embed", "pos", "final", "logits"]

  /// An address from the words behind its layer.
  ///
  /// - Throws: `Fault` when the words name nothing, with what may stand there.
  public init(stack: Stack? = nil, layers: IndexSelector, components: [Component])
    throws(Fault)
  {
    guard let part = Self.part(of: components) else {
      let text = Address(stack: stack, layers: layers, part: .block).description
      throw Fault(
        "unknown-address",
        "nothing stands at \(([text] + components.map(\.text)).joined(separator: "."))",
        help:
          "a layer has resid.pre, resid.mid, resid.post, ln1, ln2, attn, mlp, mlp.pre, mlp.post, "
          + "H5 (with q k v rot_q rot_k scores pattern z out), KV1 and N77")
    }
    self.init(stack: stack, layers: layers, part: part)
  }

  private static func part(of components: [Component]) -> Part? {
    var words = components[...]
    guard let first = words.popFirst() else { return .block }
    if first.name == "cross" {
      if words.count == 1, words.first?.name == "ln" { return .crossNorm }
      return words.isEmpty ? .attn(cross: true) : attentionPart(words, cross: true)
    }
    if first.name == "attn", !words.isEmpty { return attentionPart(words, cross: false) }
    if let part = attentionPart(components[...], cross: false) { return part }
    let second = words.popFirst()
    guard words.isEmpty else { return nil }
    switch (first.name, first.selector, second?.name) {
    case ("resid", nil, let name?): return Moment(rawValue: name).map(Part.resid)
    case ("ln1", nil, nil): return .ln1
    case ("ln2", nil, nil): return .ln2
    case ("attn", nil, nil): return .attn(cross: false)
    case ("mlp", nil, nil): return .mlp
    case ("mlp", nil, "pre"): return .mlpPre
    case ("mlp", nil, "post"): return .mlpPost
    case ("N", let neurons?, nil): return .neuron(neurons)
    default: return nil
    }
  }

  /// `H5`, `H5.pattern`, `KV1.k`, or a head's value without a head, which means all heads.
  private static func attentionPart(_ words: ArraySlice<Component>, cross: Bool) -> Part? {
    guard let first = words.first, words.count <= 2 else { return nil }
    let second = words.count == 2 ? words.last?.name : nil
    if let selector = first.selector {
      switch first.name {
      case "H":
        return HeadPart(rawValue: second ?? "out").map { .head(selector, $0, cross: cross) }
      case "KV":
        return GroupPart(rawValue: second ?? "out").map { .group(selector, $0, cross: cross) }
      default: return nil
      }
    }
    guard second == nil, let part = HeadPart(rawValue: first.name), part != .out else { return nil }
    return .head(.all, part, cross: cross)
  }
}
