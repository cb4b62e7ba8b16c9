import Language
import Transformers

/// An address value with words behind it that are not yet an address: `l.resid` before `.post`.
struct AddressStem: HostValue {
  let address: Address
  let words: [String]

  var kind: String { "beginning of an address" }
  var description: String { ([address.description] + words).joined(separator: ".") }
  var fieldNames: [String] { Address.componentNames.filter { followed(by: $0) != nil } }

  func isEqual(to other: any HostValue) -> Bool {
    (other as? AddressStem).map { $0.address == address && $0.words == words } ?? false
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(address)
    hasher.combine(words)
  }

  func field(_ name: String) -> Value? { followed(by: name) }

  /// The address, or the longer beginning of one, that a further word gives; nil where the word
  /// cannot follow.
  func followed(by word: String) -> Value? {
    if let found = complete(words + [word]) { return .host(found) }
    let longer = words + [word]
    let canGoOn = Address.componentNames.contains { complete(longer + [$0]) != nil }
    return canGoOn ? .host(AddressStem(address: address, words: longer)) : nil
  }

  private func complete(_ words: [String]) -> Address? {
    guard address.layers != nil else { return nil }
    var plain = address
    plain.positions = nil
    let text = ([plain.description] + words).joined(separator: ".")
    guard var found = try? Address(parsing: text) else { return nil }
    found.positions = address.positions
    return found
  }
}
