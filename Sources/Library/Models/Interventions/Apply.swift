import Analysis
import Language
import Transformers

extension Workbench {
  var applyCommand: Builtin {
    Builtin(
      "apply", "Puts interventions in force until they are restored.",
      Parameter<[InterventionInput]>("interventions", "One or more.", .rest),
      returns: "table", family: .interventions, alsoFoundAs: ["activate", "switch on"],
      details: """
        They hold for every command that runs the model in use, in the order in which they were \
        applied. Each has a number by which `restore` takes it back; no number is used twice.
        """,
      examples: [
        Example(
          #"load "random-tiny"; apply zero(L1.H2) | select "id" "intervention" "kind""#,
          shows: "The number and what now holds.",
          gives: .text(
            """
            id  intervention  kind
            ──  ────────────  ─────────────────────────────────
             1  zero L1.H2    set to zero, nothing renormalised
            """)),
        Example(
          #"load "random-tiny"; apply zero(L7.H2)"#, shows: "The address must be in the model.",
          gives: .fails("unknown-address")),
      ]
    ) { [self] _, inputs throws(Failure) in
      try applied(inputs.flatMap(\.interventions), by: "apply")
    }
  }

  var ablateCommand: Builtin {
    Builtin(
      "ablate", "Switches parts of the model off until they are restored.",
      InterventionParameters.addresses,
      returns: "table", family: .interventions, alsoFoundAs: ["knock out", "zero", "lesion"],
      details: "`ablate L1.H2` is `apply zero(L1.H2)`.",
      examples: [
        Example(
          #"load "random-tiny"; ablate L0.H0 L1.H2; interventions() | len"#,
          shows: "Two heads are off.", gives: .number(2)),
        Example(
          #"load "random-tiny"; ablate L0.H9"#, shows: "The address must be in the model.",
          gives: .fails("unknown-address")),
      ]
    ) { [self] _, addresses throws(Failure) in
      let targets = try addresses.all(for: "ablate")
      return try applied(targets.map { Intervention(.zero, at: $0) }, by: "ablate")
    }
  }

  var restoreCommand: Builtin {
    Builtin(
      "restore", "Takes interventions back, some by their numbers or all of them.",
      Parameter<[Int]>("ids", "Their numbers; all when none is given.", .rest, in: .from(1)),
      returns: "table", family: .interventions, alsoFoundAs: ["undo", "remove", "reset", "clear"],
      examples: [
        Example(
          #"load "random-tiny"; ablate L0.H0 L1.H2; restore 1; interventions() | len"#,
          shows: "One of two is taken back.", gives: .number(1)),
        Example(
          #"load "random-tiny"; ablate L0.H0; restore(); interventions() | len"#,
          shows: "All of them.", gives: .number(0)),
        Example(
          #"load "random-tiny"; restore 5"#, shows: "The number must be in force.",
          gives: .fails("unknown-intervention")),
      ]
    ) { [self] _, ids throws(Failure) in
      let active = active
      if let unknown = ids.first(where: { id in !active.contains { $0.id == id } }) {
        let known = active.map { String($0.id) }.joined(separator: ", ")
        throw Failure(
          "unknown-intervention", "no intervention \(unknown) is active", argument: "ids",
          help: active.isEmpty ? "none is active" : "active are: \(known)")
      }
      let removed = remove(ids.isEmpty ? Set(active.map(\.id)) : Set(ids))
      let model = try current().model
      return .table(
        ActiveTable(removed, model: model).table(
          notes: [removed.isEmpty ? "nothing was active" : "taken back"]))
    }
  }

  var interventionsCommand: Builtin {
    Builtin(
      "interventions", "Lists what is in force, in the order in which it acts.",
      returns: "table", family: .interventions, alsoFoundAs: ["active", "what is applied"],
      examples: [
        Example(
          #"load "random-tiny"; ablate L1.H2; interventions().id"#,
          shows: "Their numbers.", gives: .numbers(1))
      ]
    ) { [self] _ throws(Failure) in
      let loaded = try current()
      return .table(
        ActiveTable(loaded.active, model: loaded.model).table(
          notes: loaded.active.isEmpty ? ["no intervention is active"] : []))
    }
  }

  private func applied(_ interventions: [Intervention], by command: String) throws(Failure) -> Value
  {
    guard !interventions.isEmpty else {
      throw Failure(
        "missing-argument", "\(command) needs an intervention",
        help: "for instance   apply zero(L1.H2)")
    }
    let applied = try apply(interventions)
    return .table(ActiveTable(applied, model: try current().model).table(notes: []))
  }
}
