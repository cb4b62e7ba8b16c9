import Analysis
import Language
import Transformers

/// An intervention as a value of the language.
struct InterventionValue: HostValue {
  let intervention: Intervention
  let workbench: Workbench

  var kind: String { "intervention" }
  var description: String { intervention.summary }
  var presentation: Presentation {
    .text("\(intervention.summary)   (\(intervention.kindNote))")
  }
  var json: JSON {
    .object([
      ("what", .string(intervention.name)),
      ("address", intervention.target.map { .string($0.description) } ?? .null),
      ("text", .string(intervention.summary)), ("note", .string(intervention.kindNote)),
      ("during", .string(intervention.phase.rawValue)),
    ])
  }
  var fieldNames: [String] { ["what", "address", "note", "during"] }

  func isEqual(to other: any HostValue) -> Bool {
    (other as? InterventionValue)?.intervention == intervention
  }

  func hash(into hasher: inout Hasher) { hasher.combine(intervention) }

  func field(_ name: String) -> Value? {
    switch name {
    case "what": .string(intervention.name)
    case "address": intervention.target.map { .host($0) } ?? .null
    case "note": .string(intervention.kindNote)
    case "during": .string(intervention.phase.rawValue)
    default: nil
    }
  }

  func enter(_ context: Context) throws(Failure) -> Scope? {
    let applied = try workbench.apply([intervention], isScoped: true)
    let ids = Set(applied.map(\.id))
    return Scope { [workbench] in workbench.remove(ids) }
  }
}

/// One intervention, or a list of them.
struct InterventionInput: Argument {
  let interventions: [Intervention]

  static let kind = "intervention"

  static func from(_ value: Value) throws(Failure) -> InterventionInput? {
    switch value {
    case .host(let host as InterventionValue):
      return InterventionInput(interventions: [host.intervention])
    case .list(let list):
      var interventions: [Intervention] = []
      for item in list {
        guard let input = try from(item) else { return nil }
        interventions += input.interventions
      }
      return InterventionInput(interventions: interventions)
    case .host(let host as Address):
      throw Failure(
        "wrong-type", "\(host) is an address; what is to be done there?",
        help: "for instance   zero(\(host))")
    default: return nil
    }
  }
}
