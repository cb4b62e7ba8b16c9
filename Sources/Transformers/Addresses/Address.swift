/// The side of a model that a layer belongs to, where it has both.
public enum Stack: String, Hashable, Sendable {
  case encoder = "enc"
  case decoder = "dec"
}

/// The name of a value inside a model, such as `L5.H3.pattern` or `L3.resid.post@-1`.
///
/// What exactly stands at each address is written in docs/architecture.md. An address says nothing
/// of a particular model: it is checked against one when it is used.
public struct Address: Hashable, Sendable {
  /// The side, or nil in a model that has only one.
  public var stack: Stack?
  /// Which layers, or nil for a part that stands outside the layers (`embed`, `logits`, …).
  public var layers: IndexSelector?
  /// Which value of the layer or of the model.
  public var part: Part
  /// Which positions, or nil for all of them.
  public var positions: PositionSelector?

  /// An address from its pieces.
  public init(
    stack: Stack? = nil, layers: IndexSelector? = nil, part: Part,
    positions: PositionSelector? = nil
  ) {
    self.stack = stack
    self.layers = layers
    self.part = part
    self.positions = positions
  }

  /// The same address at `positions` only.
  public func narrowed(to positions: PositionSelector) -> Address {
    var address = self
    address.positions = positions
    return address
  }

  /// What one head has of its own.
  public enum HeadPart: String, Hashable, Sendable, CaseIterable {
    case out, q, k, v, rotQ = "rot_q", rotK = "rot_k", scores, pattern, z
  }

  /// What one key/value group has of its own; `out` is what its query heads write together.
  public enum GroupPart: String, Hashable, Sendable, CaseIterable {
    case out, k, v, rotK = "rot_k"
  }

  /// Where in a block the residual stream is read.
  public enum Moment: String, Hashable, Sendable, CaseIterable {
    case pre, mid, cross, post
  }

  /// A value of a layer, or one that stands outside the layers.
  public enum Part: Hashable, Sendable {
    /// Scaled token rows, position rows, the stream behind the final norm, the logits.
    case embed, pos, final, logits
    /// A whole block: what its attention and its MLP add to the stream.
    case block
    /// The residual stream.
    case resid(Moment)
    /// The two norms of a block.
    case ln1, ln2
    /// What attention adds to the stream.
    case attn(cross: Bool)
    /// The norm of attention to the encoder's output.
    case crossNorm
    /// One or more query heads.
    case head(IndexSelector, HeadPart, cross: Bool)
    /// One or more key/value groups.
    case group(IndexSelector, GroupPart, cross: Bool)
    /// The MLP: what it adds to the stream, what enters the activation, what the output reads.
    case mlp, mlpPre, mlpPost
    /// Coordinates of `mlpPost`.
    case neuron(IndexSelector)
  }
}

extension Address: CustomStringConvertible {
  /// The shortest form that reads back.
  public var description: String {
    var text = ""
    if let stack { text += stack.rawValue + "." }
    if let layers { text += "L\(layers)" }
    text += part.suffix(afterLayer: layers != nil)
    if let positions { text += positions.description }
    return text
  }
}

extension Address.Part {
  fileprivate func suffix(afterLayer: Bool) -> String {
    switch self {
    case .embed: "embed"
    case .pos: "pos"
    case .final: "final"
    case .logits: "logits"
    case .block: ""
    case .resid(let moment): ".resid.\(moment.rawValue)"
    case .ln1: ".ln1"
    case .ln2: ".ln2"
    case .attn(let cross): cross ? ".cross" : ".attn"
    case .crossNorm: ".cross.ln"
    case .head(let heads, let part, let cross):
      (cross ? ".cross" : "") + ".H\(heads)" + (part == .out ? "" : ".\(part.rawValue)")
    case .group(let groups, let part, let cross):
      (cross ? ".cross" : "") + ".KV\(groups)" + (part == .out ? "" : ".\(part.rawValue)")
    case .mlp: ".mlp"
    case .mlpPre: ".mlp.pre"
    case .mlpPost: ".mlp.post"
    case .neuron(let neurons): ".N\(neurons)"
    }
  }
}
