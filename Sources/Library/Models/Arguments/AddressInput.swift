import Analysis
import Language
import Transformers

/// One address, or a list of them.
struct AddressInput: Argument {
  let addresses: [Address]

  static let kind = "address"

  static func from(_ value: Value) throws(Failure) -> AddressInput? {
    switch value {
    case .host(let host as Address): return AddressInput(addresses: [host])
    case .string(let text):
      throw Failure(
        "wrong-type", "an address is wanted here, not a string",
        help: "write L3.H5 as it is, or   address \(Value.quoted(text))")
    case .list(let list):
      var addresses: [Address] = []
      for item in list {
        guard let input = try from(item) else { return nil }
        addresses += input.addresses
      }
      return AddressInput(addresses: addresses)
    default: return nil
    }
  }
}

extension [AddressInput] {
  /// All addresses, in order; a failure when there is none.
  func all(for command: String) throws(Failure) -> [Address] {
    let all = flatMap(\.addresses)
    if all.isEmpty {
      throw Failure(
        "missing-argument", "\(command) needs an address", help: "for instance   \(command) L1.H2")
    }
    return all
  }
}

/// An address or a position, for commands that take both.
enum AddressOrPosition: Argument {
  case addresses([Address])
  case position(PositionSelector)

  static let kind = "address or position"

  static func from(_ value: Value) throws(Failure) -> AddressOrPosition? {
    if let position = try PositionSelector.from(value) { return .position(position) }
    return try AddressInput.from(value).map { .addresses($0.addresses) }
  }
}
