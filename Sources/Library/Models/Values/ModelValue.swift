import Analysis
import Checkpoints
import Faults
import Language
import Transformers

/// A loaded model as a value of the language.
struct ModelValue: HostValue {
  /// The name that the session knows it by.
  let name: String
  let model: Model
  let workbench: Workbench

  init(_ loaded: LoadedModel, on workbench: Workbench) {
    name = loaded.name
    model = loaded.model
    self.workbench = workbench
  }

  var kind: String { "model" }
  var description: String { "load \(Value.quoted(source))" }
  var presentation: Presentation { .text(summary) }
  var fieldNames: [String] {
    [
      "name", "family", "layers", "heads", "groups", "width", "vocabulary", "context", "parameters",
      "folder", "hash",
    ]
  }
  var json: JSON {
    var fields: [(String, JSON)] = []
    for name in fieldNames where name != "hash" {
      fields.append((name, plainField(name)?.plainJSON ?? .null))
    }
    return .object(fields)
  }

  func isEqual(to other: any HostValue) -> Bool { (other as? ModelValue)?.model === model }

  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(model)) }

  func field(_ name: String) throws(Failure) -> Value? {
    name == "hash" ? .string(try hash()) : plainField(name)
  }

  func verify() throws(Failure) {
    try faultsAsFailures { () throws(Fault) in try model.verifyUse() }
  }

  func enter(_ context: Context) throws(Failure) -> Scope? {
    let before = workbench.use(name)
    return Scope { workbench.use(before) }
  }

  /// The SHA-256 of the weights; the text of how they were made for a model without a file.
  private func hash() throws(Failure) -> String {
    guard let checkpoint = model.checkpoint else { return "made in memory" }
    do {
      return try checkpoint.sha256(remember: workbench.settings.keepsHashes) { _ in
        try workbench.interruption.check()
      }
    } catch let failure as Failure {
      throw failure
    } catch let error as CheckpointError {
      throw Failure(Fault(error))
    } catch {
      throw Failure("unreadable", "\(error)")
    }
  }

  /// What `load` takes to load it again.
  private var source: String { model.folder?.path ?? model.name }

  private func plainField(_ name: String) -> Value? {
    let description = model.description
    let attention = description.blocks.first?.attention
    switch name {
    case "name": return .string(self.name)
    case "family": return .string(description.family)
    case "layers": return .int(description.blocks.count)
    case "heads": return .int(attention?.heads ?? 0)
    case "groups": return .int(attention?.groups ?? 0)
    case "width": return .int(description.width)
    case "vocabulary": return .int(description.vocabularySize)
    case "context": return description.contextLength.map { .int($0) } ?? .null
    case "parameters": return .int(model.parameterCount)
    case "folder": return model.folder.map { .string($0.path) } ?? .null
    default: return nil
    }
  }
}

extension ModelValue {
  /// The model in one line.
  var summary: String {
    let description = model.description
    var facts = [description.family, Value.count(description.blocks.count, "layer")]
    if let attention = description.blocks.first?.attention {
      facts.append(attention.headsText)
    }
    facts.append("width \(description.width)")
    if let patches = description.embedding.patches {
      facts.append("\(patches.rows * patches.columns) patches")
    } else {
      facts.append("\(description.vocabularySize) tokens")
    }
    facts.append("\(Self.rounded(model.parameterCount)) parameters")
    return "\(name): " + facts.joined(separator: ", ")
  }

  private static func rounded(_ count: Int) -> String {
    switch count {
    case ..<10_000: "\(count)"
    case ..<1_000_000: NumberText.rounded(Double(count) / 1e3, digits: 3) + " thousand"
    default: NumberText.rounded(Double(count) / 1e6, digits: 3) + " million"
    }
  }
}

extension AttentionDescription {
  /// How many heads there are, and how they share keys and values.
  var headsText: String {
    let heads = Value.count(heads, "head")
    return groups == self.heads ? heads : "\(heads) in \(groups) key/value groups"
  }
}

extension ModelValue: Argument {
  static func from(_ value: Value) -> ModelValue? {
    if case .host(let host) = value { host as? ModelValue } else { nil }
  }
  static var kind: String { "model" }
}
