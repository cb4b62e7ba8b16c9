import Analysis
import Language
import Transformers

extension Workbench {
  var interventionCommands: [Builtin] {
    [
      zeroCommand, meanAblateCommand, resampleCommand, patchCommand, freezeCommand, scaleCommand,
      steerCommand, cutCommand, hideCommand, replaceCommand, applyCommand, ablateCommand,
      restoreCommand, interventionsCommand, receiptsCommand,
    ]
  }

  /// One intervention for each address: a value, or a list of them where there are several.
  func interventions(
    _ action: Intervention.Action, at targets: [Address], during phase: Intervention.Phase
  ) -> Value {
    let values = targets.map { target in
      Value.host(
        InterventionValue(
          intervention: Intervention(action, at: target, during: phase), workbench: self))
    }
    return values.count == 1 ? values[0] : .list(List(values))
  }
}

/// Parameters that interventions have in common.
enum InterventionParameters {
  static let addresses = Parameter<[AddressInput]>("addresses", "Where, one or more.", .rest)
  static let during = Parameter<Intervention.Phase>(
    "during", "In generation: at the prompt (`prefill`), at new tokens (`decode`), or at both.",
    .named, default: .always, choices: ["prefill", "decode"])
}
