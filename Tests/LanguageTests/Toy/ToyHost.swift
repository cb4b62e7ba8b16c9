import Language

/// A host whose addresses and positions only know how they are written.
struct ToyHost: Host {
  let plainComponents: Set<String> = [
    "q", "k", "v", "rot_q", "rot_k", "scores", "pattern", "z", "out", "attn", "mlp", "pre", "post",
    "resid", "mid", "ln1", "ln2", "cross",
  ]
  let selectedComponents: Set<String> = ["H", "N", "KV"]
  let sides: Set<String> = ["enc", "dec"]
  let state = ToyState()

  var constants: [(String, Value)] {
    ["embed", "pos", "final", "logits"].map { ($0, .host(ToyAddress(text: $0))) }
  }

  func address(side: String?, pieces: [AddressPiece]) throws(Failure) -> Value {
    let words = pieces.map { $0.word + ($0.selector.map(ToyHost.text) ?? "") }
    return .host(ToyAddress(text: ((side.map { [$0] } ?? []) + words).joined(separator: ".")))
  }

  func position(_ pick: PositionPick) throws(Failure) -> Value {
    switch pick {
    case .places(let selector): .host(ToyPosition(text: "@" + ToyHost.text(selector)))
    case .text(let text): .host(ToyPosition(text: "@" + Value.quoted(text)))
    case .values(let values): .host(ToyPosition(text: "@(\(Value.list(List(values)).text))"))
    }
  }

  func savepoint() -> @Sendable () -> Void {
    let count = state.count
    return { state.count = count }
  }

  static func text(_ selector: Selector) -> String {
    switch selector {
    case .one(let place): "\(place)"
    case .range(let low, let high): "\(low.map(String.init) ?? "")..\(high.map(String.init) ?? "")"
    case .list(let places): "{" + places.map(String.init).joined(separator: ",") + "}"
    case .all: "*"
    }
  }
}

/// State that commands change outside of the session's names.
final class ToyState: @unchecked Sendable {
  var count = 0
}

struct ToyAddress: HostValue {
  let text: String
  var kind: String { "address" }
  var description: String { text }
  var fieldNames: [String] { ["length"] }

  func isEqual(to other: any HostValue) -> Bool { (other as? ToyAddress)?.text == text }
  func hash(into hasher: inout Hasher) { hasher.combine(text) }
  func field(_ name: String) throws(Failure) -> Value? {
    name == "length" ? .int(text.count) : nil
  }
  func narrowed(by position: Value) throws(Failure) -> Value? {
    .host(ToyAddress(text: text + position.text))
  }
}

struct ToyPosition: HostValue {
  let text: String
  var kind: String { "position" }
  var description: String { text }
  func isEqual(to other: any HostValue) -> Bool { (other as? ToyPosition)?.text == text }
  func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// A change that says when it begins and ends.
struct ToyChange: HostValue {
  let name: String
  var kind: String { "intervention" }
  var description: String { "zero(\(name))" }
  func isEqual(to other: any HostValue) -> Bool { (other as? ToyChange)?.name == name }
  func hash(into hasher: inout Hasher) { hasher.combine(name) }
  func enter(_ context: Context) throws(Failure) -> Scope? {
    if name == "L9" { throw Failure("unknown-address", "there is no layer 9") }
    context.print("+\(name)")
    return Scope { [name] in context.print("-\(name)") }
  }
}

extension ToyAddress: Argument {
  static func from(_ value: Value) -> ToyAddress? {
    if case .host(let host) = value { host as? ToyAddress } else { nil }
  }
  static var kind: String { "address" }
}
