import Faults
import Transformers

extension ModelDescription {
  /// The addresses that an address stands for, each with one layer and one head or group; positions
  /// are left out, and neurons stay together.
  ///
  /// - Throws: `Fault` when the address lies outside the model, or names a whole block, which
  ///   has no single value.
  public func singles(of address: Address) throws(Fault) -> [Address] {
    if address.part == .block {
      throw Fault(
        "wrong-address", "\(address) is a whole block, which has no single value",
        help: "name a part of it, such as \(address).resid.post, \(address).attn or \(address).mlp")
    }
    // This finds what is not in the model, with the words for it.
    _ = try sites(of: address)
    var plain = address
    plain.positions = nil
    guard let layers = address.layers else { return [plain] }
    let stack: Stack =
      encoder == nil || address.part.isCross && address.stack == nil
      ? .decoder : address.stack ?? .decoder
    let blocks = blocks(of: stack)
    var singles: [Address] = []
    for layer in layers.resolve(count: blocks.count) ?? [] {
      var single = plain
      single.layers = .one(layer)
      let block = blocks[layer]
      switch address.part {
      case .head(let heads, let part, let cross):
        let attention = cross ? block.cross?.attention ?? block.attention : block.attention
        for head in heads.resolve(count: attention.heads) ?? [] {
          single.part = .head(.one(head), part, cross: cross)
          singles.append(single)
        }
      case .group(let groups, let part, let cross):
        let attention = cross ? block.cross?.attention ?? block.attention : block.attention
        for group in groups.resolve(count: attention.groups) ?? [] {
          single.part = .group(.one(group), part, cross: cross)
          singles.append(single)
        }
      default: singles.append(single)
      }
    }
    return singles
  }
}
