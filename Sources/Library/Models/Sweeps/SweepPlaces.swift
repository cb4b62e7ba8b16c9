import Analysis
import Faults
import Language
import Transformers

/// What a sweep goes over, as it was given.
enum SweepPlaces: Argument {
  /// One address, of which every part is taken by itself.
  case spread(Address)
  /// Values in order.
  case list([Value])
  /// The positions of the prompt that a position names.
  case positions(PositionSelector)

  static let kind = "list of addresses"

  static func from(_ value: Value) -> SweepPlaces? {
    switch value {
    case .host(let host as Address): .spread(host)
    case .host(let host as PositionSelector): .positions(host)
    case .list(let list): .list(list.elements)
    default: nil
    }
  }

  /// What each row is about.
  func items(for model: Model, rows: [PromptRow]) throws(Failure) -> [SweepItem] {
    let values: [Value]
    switch self {
    case .list(let list): values = list
    case .positions(let selector):
      values = try Self.positions(selector, rows).map {
        .host(PositionSelector.indices([$0]))
      }
    case .spread(let address):
      values = try faultsAsFailures("over") { () throws(Fault) in
        try address.spread(in: model.description).map { .host($0) }
      }
    }
    guard !values.isEmpty else {
      throw Failure("empty-sweep", "there is nothing to go over", argument: "over")
    }
    var items: [SweepItem] = []
    for value in values {
      guard case .host(let host as Address) = value, let positions = host.positions,
        !positions.isOne
      else {
        items.append(SweepItem(value: value, token: Self.token(at: value, rows)))
        continue
      }
      items +=
        try faultsAsFailures("over") { () throws(Fault) in
          try model.description.sites(of: host).first
        }.map { site throws(Failure) in
          let rows = rows.map { $0.extent(of: site.site, in: model.description) }
          return try SweepItem.positions(of: host, positions, rows)
        } ?? []
    }
    return items
  }
}

extension SweepPlaces {
  /// The positions that a selector names, which must be the same in all prompts.
  private static func positions(
    _ selector: PositionSelector, _ rows: [PromptRow]
  ) throws(Failure) -> [Int] {
    let written = rows.map(\.written)
    let places = try faultsAsFailures("over") { () throws(Fault) in
      try written.map { row throws(Fault) in try row.resolve(selector) }
    }
    guard let first = places.first, places.allSatisfy({ $0 == first }) else {
      throw Failure(
        "shape-mismatch", "\(selector) names different positions in the prompts",
        argument: "over",
        help: "sweep them one by one, or over positions that all have, such as @1..3")
    }
    return first
  }

  /// The token at a position, where there is one prompt.
  private static func token(at value: Value, _ rows: [PromptRow]) -> String? {
    guard case .host(let host as PositionSelector) = value, rows.count == 1,
      let row = rows.first?.written, let place = try? row.resolve(host), place.count == 1
    else { return nil }
    return row.texts[place[0]]
  }
}

/// One row of a sweep.
struct SweepItem {
  /// The address, the position or whatever else the block is given.
  let value: Value
  /// The token at the address's position, where the sweep went through the positions.
  let token: String?

  /// An address at each of the positions that it names.
  static func positions(of address: Address, _ positions: PositionSelector, _ rows: [PromptRow])
    throws(Failure) -> [SweepItem]
  {
    guard let row = rows.first, rows.allSatisfy({ $0.count == row.count }) else {
      throw Failure(
        "shape-mismatch", "\(address): the prompts have different numbers of tokens",
        argument: "over",
        help: "sweep them one by one, or over positions that all have, such as @-1")
    }
    return try faultsAsFailures("over") { () throws(Fault) in
      try row.resolve(positions).map { position in
        SweepItem(
          value: .host(address.narrowed(to: .indices([position]))),
          token: rows.count == 1 ? row.texts[position] : nil)
      }
    }
  }

  /// The columns that tell the rows apart: the address and its parts, or the value itself.
  static func columns(_ items: [SweepItem]) -> [Table.Column] {
    let addresses = items.compactMap { item -> Address? in
      if case .host(let host as Address) = item.value { host } else { nil }
    }
    guard addresses.count == items.count else {
      let arePositions = items.allSatisfy { PositionSelector.isPosition($0.value) }
      let column = Table.Column(arePositions ? "position" : "item", items.map(\.value))
      let hasTokens = items.contains { $0.token != nil }
      return [column] + (hasTokens ? [tokens(items)] : [])
    }
    var columns = [Table.Column("address", addresses.map { .host($0) })]
    func add(_ name: String, _ part: (Address) -> Value?) {
      let values = addresses.map { part($0) ?? .null }
      if values.contains(where: { $0 != .null }) { columns.append(Table.Column(name, values)) }
    }
    add("side") { address in
      address.isCross ? .string("cross") : address.stack.map { .string($0.rawValue) }
    }
    add("layer") { $0.layers?.single.map { .int($0) } }
    add("head") { $0.headIndices?.single.map { .int($0) } }
    add("group") { $0.groupIndices?.single.map { .int($0) } }
    add("neuron") { $0.neuronIndices?.single.map { .int($0) } }
    add("position") { address in
      if case .indices(let places)? = address.positions, places.count == 1 {
        return .int(places[0])
      }
      return nil
    }
    if items.contains(where: { $0.token != nil }) { columns.append(tokens(items)) }
    return columns
  }

  private static func tokens(_ items: [SweepItem]) -> Table.Column {
    Table.Column("token", items.map { $0.token.map { .string($0) } ?? .null })
  }
}

extension PositionSelector {
  fileprivate static func isPosition(_ value: Value) -> Bool {
    if case .host(let host) = value { host is PositionSelector } else { false }
  }
}

extension Address {
  /// One address for each layer and each head, group or neuron that this one names.
  func spread(in model: ModelDescription) throws(Fault) -> [Address] {
    _ = try model.sites(of: self)
    let blocks = model.blocks(of: stack ?? .decoder)
    guard let indices = layers?.resolve(count: blocks.count) else { return [self] }
    return indices.flatMap { layer -> [Address] in
      let block = blocks[layer]
      var address = self
      address.layers = .one(layer)
      let parts: [Part]
      switch part {
      case .head(let heads, let value, let cross):
        let attention = cross ? block.cross?.attention : block.attention
        let all = heads.resolve(count: attention?.heads ?? 0) ?? []
        // Keys and values belong to groups: each is taken once, under its own name.
        if value.isShared, let attention, attention.groups < attention.heads,
          let shared = GroupPart(rawValue: value.rawValue)
        {
          parts = Set(all.map(attention.group(ofHead:))).sorted().map {
            .group(.one($0), shared, cross: cross)
          }
        } else {
          parts = all.map { .head(.one($0), value, cross: cross) }
        }
      case .group(let groups, let value, let cross):
        let attention = cross ? block.cross?.attention : block.attention
        parts = (groups.resolve(count: attention?.groups ?? 0) ?? []).map {
          .group(.one($0), value, cross: cross)
        }
      case .neuron(let neurons):
        parts = (neurons.resolve(count: block.mlp.width) ?? []).map { .neuron(.one($0)) }
      default: parts = [part]
      }
      return parts.map { part in
        address.part = part
        return address
      }
    }
  }
}
