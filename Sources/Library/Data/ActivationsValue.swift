import Analysis
import Checkpoints
import Faults
import Language
import Tensors
import Transformers

/// Vectors of many tokens as a value of the language.
struct ActivationsValue: Items {
  let activations: Activations
  /// The file in which the numbers lie; nil where they are in memory.
  private let file: Checkpoint?

  init(_ activations: Activations, in file: Checkpoint? = nil) {
    self.activations = activations
    self.file = file
  }

  func verify() throws(Failure) {
    guard let file else { return }
    do throws(CheckpointError) { try file.verify() } catch { throw Failure(Fault(error)) }
  }

  var kind: String { "activations" }
  var description: String {
    "activations of \(Value.count(count, "token")) at \(Value.count(activations.sites.count, "site"))"
  }
  var fieldNames: [String] { ["count", "sites", "tokens", "model", "bytes"] }
  var count: Int { activations.tokens.count }
  var presentation: Presentation { .text(lines.joined(separator: "\n")) }
  var json: JSON {
    .object([
      ("model", .string(activations.model)), ("tokens", .number(Double(count))),
      ("sites", .array(activations.sites.map { .string($0.address.description) })),
    ])
  }

  func isEqual(to other: any HostValue) -> Bool {
    guard let other = (other as? ActivationsValue)?.activations else { return false }
    return activations.tokens == other.tokens
      && activations.sites.map(\.address) == other.sites.map(\.address)
      && zip(activations.sites, other.sites).allSatisfy { $0.values.doubles == $1.values.doubles }
  }

  func hash(into hasher: inout Hasher) { hasher.combine(activations.tokens) }

  func item(at place: Int) -> Value { .record(activations.tokens[place].record) }

  func picking(_ places: [Int]) -> Value {
    .host(ActivationsValue(activations.picking(places), in: file))
  }

  func field(_ name: String) -> Value? {
    switch name {
    case "count": .int(count)
    case "sites": .list(of: activations.sites.map { .host($0.address) })
    case "tokens": .table(GatheredToken.table(activations.tokens))
    case "model": .string(activations.model)
    case "bytes": .int(activations.byteCount)
    default: nil
    }
  }

  /// A site's tensor for an address that names one, activations of several sites for one that names
  /// several, and tokens by their places.
  func element(at index: Value) throws(Failure) -> Value? {
    if let address = Address.from(index) {
      let sites = activations.sites.filter { address.includes($0.address) }
      if sites.isEmpty {
        throw Failure(
          "unknown-address", "\(address) was not gathered",
          help: "sites are "
            + Suggestion.list(activations.sites.prefix(8).map(\.address.description), "and"))
      }
      if sites.count == 1, sites[0].address == address {
        let tensor = sites[0].tensor(activations.tokens)
        try verify()
        return .tensor(tensor)
      }
      return .host(ActivationsValue(activations.at(sites), in: file))
    }
    return try place(index)
  }

  private var lines: [String] {
    let widths = Set(activations.sites.map(\.width)).sorted()
    let names = activations.sites.map(\.address.description)
    let shown = names.count > 6 ? names.prefix(3) + ["…"] + names.suffix(1) : names[...]
    let texts = Set(activations.tokens.map(\.text)).count
    return [
      "\(Value.count(count, "token")) of \(Value.count(texts, "text")), gathered from "
        + activations.model,
      "\(Value.count(names.count, "site")) (\(shown.joined(separator: ", "))), width "
        + widths.map(String.init).joined(separator: " and ") + ", "
        + Self.size(activations.byteCount),
    ] + activations.notes
  }

  /// A number of bytes for people.
  static func size(_ bytes: Int) -> String {
    let units = ["bytes", "kB", "MB", "GB", "TB"]
    var (number, unit) = (Double(bytes), 0)
    while number >= 999.5, unit + 1 < units.count { (number, unit) = (number / 1_000, unit + 1) }
    return "\(unit == 0 ? String(bytes) : NumberText.rounded(number)) \(units[unit])"
  }
}

extension Activations.Site {
  /// The numbers as a tensor whose rows are labelled with their tokens.
  func tensor(_ tokens: [GatheredToken]) -> TensorValue {
    let axes = [
      TensorValue.Axis("token", labels: tokens.map { PromptLines.visible($0.token) }),
      TensorValue.Axis("width", count: width),
    ]
    let storage: TensorValue.Storage =
      switch values {
      case .single(let tensor): .floats(tensor.elements)
      case .double(let tensor): .doubles(tensor.elements)
      }
    return TensorValue(axes: axes, storage: storage)
  }
}

extension GatheredToken {
  /// What is known of the token, by name.
  var record: Record {
    let fields: [(String, Value)] = [
      ("text", .int(text)), ("position", .int(position)), ("id", .int(id)),
      ("token", .string(token)), ("masked", maskedID.map { .int($0) } ?? .null),
      ("next", nextID.map { .int($0) } ?? .null),
      ("word", word.map { .string($0.text) } ?? .null), ("place", place.map { .int($0) } ?? .null),
      ("piece", place == nil ? .null : .int(piece)),
      ("lemma", word?.lemma.map { .string($0) } ?? .null),
      ("upos", word?.partOfSpeech.map { .string($0) } ?? .null),
      ("head", word?.head.map { .int($0) } ?? .null),
      ("relation", word?.relation.map { .string($0) } ?? .null),
      ("entity", word?.entity.map { .int($0) } ?? .null),
      ("sense", word?.sense.map { .string($0) } ?? .null),
    ]
    return Record(fields)
  }

  /// Tokens as a table.
  static func table(_ tokens: [GatheredToken]) -> Table {
    Table(
      rows: tokens.map(\.record),
      always: [
        "text", "position", "id", "token", "masked", "next", "word", "place", "piece", "lemma",
        "upos", "head", "relation", "entity", "sense",
      ])
  }
}

extension Address {
  /// Whether an address with one layer and one head names something that this one names too.
  func includes(_ single: Address) -> Bool {
    func fits(_ mine: IndexSelector?, _ theirs: IndexSelector?) -> Bool {
      guard let mine else { return theirs == nil }
      guard let index = theirs?.single else { return mine == theirs }
      switch mine {
      case .all: return true
      case .range(let first, let last): return first <= index && index <= last
      case .list(let list): return list.contains(index)
      }
    }
    guard stack == single.stack, fits(layers, single.layers) else { return false }
    switch (part, single.part) {
    case (.head(let mine, let one, let cross), .head(let theirs, let other, let otherCross)):
      return one == other && cross == otherCross && fits(mine, theirs)
    case (.group(let mine, let one, let cross), .group(let theirs, let other, let otherCross)):
      return one == other && cross == otherCross && fits(mine, theirs)
    default: return part == single.part
    }
  }
}

/// Gathered vectors, or a matrix whose rows are taken for tokens.
struct ActivationsInput: Argument {
  let activations: Activations

  static let kind = "activations"

  static func from(_ value: Value) throws(Failure) -> ActivationsInput? {
    switch value {
    case .host(let host as ActivationsValue): return ActivationsInput(activations: host.activations)
    case .tensor(let tensor):
      guard tensor.axes.count == 2 else {
        throw Failure(
          "shape-mismatch",
          "activations are a matrix [token, width], this tensor has "
            + (tensor.axes.count == 1 ? "one axis" : "\(tensor.axes.count) axes"))
      }
      return ActivationsInput(activations: Activations(tensor))
    default: return nil
    }
  }
}

extension Activations {
  /// Rows of a matrix as tokens of which nothing but a label is known.
  fileprivate init(_ tensor: TensorValue) {
    let values: AnyTensor =
      switch tensor.storage {
      case .floats(let numbers):
        .single(Tensor(["token", .width], tensor.shape, numbers))
      case .doubles(let numbers):
        .double(Tensor(["token", .width], tensor.shape, numbers))
      }
    let rows = tensor.axes[0]
    // Rows with one label are the same token.
    var ids: [String: Int] = [:]
    for row in 0..<rows.count where ids[rows.label(row)] == nil { ids[rows.label(row)] = ids.count }
    self.init(
      sites: [Site(Address(part: .final), values)],
      tokens: (0..<rows.count).map { row in
        GatheredToken(
          text: row, position: 0, id: ids[rows.label(row)] ?? row, token: rows.label(row))
      }, model: "a tensor")
  }
}
