import Analysis
import Faults
import Language
import Tensors
import Transformers

/// What has to be captured for some addresses on some rows, and how it becomes one tensor.
struct CapturePlan {
  /// The rows.
  let rows: [PromptRow]
  /// The tokens of each row that the positions count.
  let extent: [PromptRow]
  /// The positions of each row; nil where the address names none, which means all.
  let positions: [[Int]]
  /// One place for each layer, in the order of the layer axis.
  let sites: [ResolvedSite]
  /// Which axes stay.
  let kept: KeptAxes
  /// What must be said of the address.
  let notes: [String]
  let attention: AttentionDescription?
  /// What the logits of a classifier stand for, where these are captured.
  let classes: ClassificationDescription?

  /// Which axes of the result stay, because the address does not name one entry of them.
  struct KeptAxes {
    var row: Bool
    var layer: Bool
    var component: Bool
    var position: Bool
  }

  /// - Throws: `Fault` when an address is not in the model, or the addresses are of different
  ///   kinds.
  init(_ addresses: [Address], rows: [PromptRow], isBatch: Bool, model: Model) throws(Fault) {
    guard let first = addresses.first else {
      throw Fault("missing-argument", "there is no address to capture")
    }
    var sites: [ResolvedSite] = []
    for address in addresses {
      guard address.part != .block else {
        throw Fault(
          "wrong-address", "\(address) is a whole block, which has no single value",
          help:
            "capture a part of it, such as \(address).resid.post, \(address).attn or \(address).mlp"
        )
      }
      sites += try model.description.sites(of: address)
    }
    try Self.check(sites, addresses)
    self.rows = rows
    self.sites = sites
    let site = sites[0].site
    extent = rows.map { $0.extent(of: site, in: model.description) }
    positions = try extent.map { row throws(Fault) in
      try first.positions.map { selector throws(Fault) in try row.resolve(selector) }
        ?? Array(0..<row.count)
    }
    classes = site.kind == .logits ? model.description.classification : nil
    let block = model.description.blocks(of: site.stack).first
    let attention = site.kind.isCross ? block?.cross?.attention : block?.attention
    self.attention = attention
    kept = KeptAxes(
      row: isBatch, layer: addresses.count > 1 || first.layers.map { $0.single == nil } ?? false,
      component: !first.namesOneComponent,
      position: classes == nil && !(first.positions?.isOne ?? false))
    notes = addresses.compactMap { $0.sharingNote(attention) }
  }

  private static func check(_ sites: [ResolvedSite], _ addresses: [Address]) throws(Fault) {
    let kinds = Set(sites.map(\.site.kind))
    let components = Set(sites.map { $0.components?.count })
    let positions = Set(addresses.map(\.positions))
    guard kinds.count == 1, components.count == 1, positions.count == 1 else {
      throw Fault(
        "wrong-address", "values of different kinds cannot be stacked into one tensor",
        help: "capture them one by one: "
          + addresses.prefix(2).map { "capture p \($0)" }.joined(separator: "   and   "))
    }
    guard Set(sites.map(\.site.stack)).count == 1 else {
      throw Fault(
        "wrong-address", "values of the encoder and of the decoder cannot be stacked",
        help: "capture them one by one")
    }
    guard Set(sites.map(\.site.layer)).count == sites.count else {
      throw Fault(
        "wrong-address", "a layer is named twice",
        help: "name several heads of a layer in one address, such as L1.H{0,2}.z")
    }
  }

  /// What the forward pass must keep.
  var captures: [Capture] { rows.indices.flatMap { row in sites.map { capture($0, row) } } }

  func capture(_ site: ResolvedSite, _ row: Int) -> Capture {
    Capture(site: site.site, row: row, components: site.components, positions: positions[row])
  }
}

extension Address {
  /// Whether it names a single head, group or neuron.
  fileprivate var namesOneComponent: Bool {
    switch part {
    case .head(let indices, _, _), .neuron(let indices): indices.single != nil
    case .group(let indices, let part, _): part != .out && indices.single != nil
    default: false
    }
  }

  /// What must be said when heads share what the address names.
  func sharingNote(_ attention: AttentionDescription?) -> String? {
    guard case .head(let heads, let part, _) = part, part.isShared, let attention,
      attention.groups < attention.heads
    else { return nil }
    guard let head = heads.single else {
      return "\(self): heads share keys and values in \(attention.groups) groups"
    }
    let group = attention.group(ofHead: head)
    let sharing = attention.heads(ofGroup: group).map { "H\($0)" }
    return "\(self) is KV\(group)'s, which \(sharing.joined(separator: " and ")) share"
  }
}

extension PositionSelector {
  /// Whether it names one position by the way it is written.
  var isOne: Bool {
    switch self {
    case .indices(let indices): indices.count == 1
    case .text, .beside: true
    case .all, .range: false
    }
  }
}
