import Analysis
import Faults
import Language
import Transformers

/// What Sonde adds to the language: addresses and positions as literals, and the state of the bench
/// as what a failed entry takes back.
public struct SondeHost: Host {
  private let workbench: Workbench

  /// The host of a bench.
  public init(_ workbench: Workbench) {
    self.workbench = workbench
  }

  /// The plain words that may follow the dot of an address.
  public var plainComponents: Set<String> { Set(Address.componentNames) }
  /// `H`, `KV` and `N`.
  public var selectedComponents: Set<String> { Set(Address.indexedNames) }
  /// `enc` and `dec`.
  public var sides: Set<String> { [Stack.encoder.rawValue, Stack.decoder.rawValue] }
  /// The values outside the layers that each side has.
  public var sidedValues: Set<String> { Set(Address.wholeModelNames).subtracting(["logits"]) }
  /// The values outside the layers (`embed`, `pos`, `final`, `logits`), and the two words that
  /// `during:` takes.
  public var constants: [(String, Value)] {
    let phases: [Intervention.Phase] = [.prefill, .decode]
    return Address.wholeModelNames.compactMap { name in
      Address.wholeModelPart(name).map { (name, .host(Address(part: $0))) }
    } + phases.map { ($0.rawValue, .string($0.rawValue)) }
  }

  /// How a masked token is written, for the names that other programs give it.
  public func hint(for name: String) -> String? {
    guard ["MASK", "mask_token", "masked"].contains(name) else { return nil }
    if let mask = workbench.maskText {
      return "a mask stands in the text: prompt \(Value.quoted("the \(mask) sat")), or   mask p @1"
    }
    return "`mask` hides a token of a prompt: `help mask`"
  }

  /// The address of a literal.
  ///
  /// - Throws: A failure when its words name nothing.
  public func address(side: String?, pieces: [AddressPiece]) throws(Failure) -> Value {
    if let side, pieces.count == 1, let part = Address.wholeModelPart(pieces[0].word) {
      return .host(Address(stack: Stack(rawValue: side), part: part))
    }
    guard let layer = pieces.first, layer.word == "L", let layers = layer.selector else {
      throw Failure("unknown-address", "an address begins with its layers, such as L3")
    }
    let selector = try Self.indices(layers)
    var components: [Address.Component] = []
    for piece in pieces.dropFirst() {
      let selected = try piece.selector.map { selector throws(Failure) in
        try Self.indices(selector)
      }
      components.append(Address.Component(piece.word, selected))
    }
    let stack = side.flatMap(Stack.init(rawValue:))
    return .host(
      try faultsAsFailures { () throws(Fault) in
        try Address(stack: stack, layers: selector, components: components)
      })
  }

  /// The position of a literal.
  public func position(_ pick: PositionPick) throws(Failure) -> Value {
    switch pick {
    case .text(let text): return .host(PositionSelector.text(text))
    case .places(.one(let index)): return .host(PositionSelector.indices([index]))
    case .places(.range(let first, let last)): return .host(PositionSelector.range(first, last))
    case .places(.list(let indices)): return .host(PositionSelector.indices(indices))
    case .places(.all): return .host(PositionSelector.all)
    case .values(let values): return .host(try PositionSelector.joined(values))
    }
  }

  /// Makes sure that nobody wrote into the files of the models that were used.
  public func verify() throws(Failure) { try workbench.verifyUse() }

  /// Remembers the models, which is in use, and what is in force.
  public func savepoint() -> @Sendable () -> Void { workbench.savepoint() }

  /// The indices of a selector behind `L`, `H`, `KV` or `N`.
  private static func indices(_ selector: Selector) throws(Failure) -> IndexSelector {
    switch selector {
    case .all: return .all
    case .one(let index) where index >= 0: return .one(index)
    case .list(let indices) where !indices.isEmpty && indices.allSatisfy { $0 >= 0 }:
      return indices.count == 1 ? .one(indices[0]) : .list(Set(indices).sorted())
    case .range(let first?, let last?) where 0 <= first && first <= last: return .range(first, last)
    default:
      throw Failure(
        "unknown-address", "layers, heads, groups and neurons are counted from 0 upwards",
        help: "write L3, L2..4, L{0,3} or L*")
    }
  }
}
