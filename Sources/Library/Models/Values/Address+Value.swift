import Analysis
import Language
import Transformers

extension Address: HostValue, Argument {
  /// What messages call it.
  public static var kind: String { "address" }
  /// What messages call it.
  public var kind: String { Self.kind }
  /// Its parts.
  public var fieldNames: [String] {
    ["side", "layer", "head", "group", "neuron", "part", "position", "hook"] + furtherWords
  }

  /// An address.
  public static func from(_ value: Value) -> Address? {
    if case .host(let host) = value { host as? Address } else { nil }
  }

  /// Whether both name the same value.
  public func isEqual(to other: any HostValue) -> Bool { other as? Address == self }

  /// A part of the address: a number where it names one, the text of the indices where it names
  /// several, null where it names none.
  ///
  /// A word that may follow the address in a literal gives the address with it: `h.pattern`.
  public func field(_ name: String) -> Value? {
    switch name {
    case "side": stack.map { .string($0.rawValue) } ?? .null
    case "layer": layers.map(Self.value) ?? .null
    case "head": headIndices.map(Self.value) ?? .null
    case "group": groupIndices.map(Self.value) ?? .null
    case "neuron": neuronIndices.map(Self.value) ?? .null
    case "part": .string(partName)
    case "position": positions.map { .host($0) } ?? .null
    case "hook": hookName.map { .string($0) } ?? .null
    default: AddressStem(address: self, words: []).followed(by: name)
    }
  }

  /// The words that can follow it.
  private var furtherWords: [String] {
    Address.componentNames.filter { AddressStem(address: self, words: []).followed(by: $0) != nil }
  }

  /// The same address at a position.
  public func narrowed(by position: Value) throws(Failure) -> Value? {
    try PositionSelector.from(position).map { .host(narrowed(to: $0)) }
  }

  private static func value(_ selector: IndexSelector) -> Value {
    selector.single.map { .int($0) } ?? .string(selector.description)
  }
}

extension Address {
  /// Whether it names a value of attention to the encoder's output.
  var isCross: Bool {
    switch part {
    case .attn(let cross), .head(_, _, let cross), .group(_, _, let cross): cross
    case .crossNorm: true
    default: false
    }
  }

  /// The query heads that it names.
  var headIndices: IndexSelector? {
    if case .head(let heads, _, _) = part { heads } else { nil }
  }

  /// The key/value groups that it names.
  var groupIndices: IndexSelector? {
    if case .group(let groups, _, _) = part { groups } else { nil }
  }

  /// The neurons that it names.
  var neuronIndices: IndexSelector? {
    if case .neuron(let neurons) = part { neurons } else { nil }
  }

  /// Its last words without indices, such as `pattern` or `resid.post`.
  private var partName: String {
    switch part {
    case .block: "block"
    case .head(_, let part, _): part.rawValue
    case .group(_, let part, _): part.rawValue
    case .neuron: "neuron"
    case .resid(let moment): "resid.\(moment.rawValue)"
    case .attn(let cross): cross ? "cross" : "attn"
    case .crossNorm: "cross.ln"
    case .mlpPre: "mlp.pre"
    case .mlpPost: "mlp.post"
    default: "\(part)"
    }
  }
}
