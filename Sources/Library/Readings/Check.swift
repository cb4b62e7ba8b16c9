import Analysis
import Checkpoints
import Faults
import Foundation
import Language
import Transformers

extension Workbench {
  var checkCommand: Builtin {
    Builtin(
      "check", "Tests the model in use against itself, and against reference outputs.",
      returns: "table", family: .readings,
      alsoFoundAs: ["verify", "trust", "parity", "reference", "broken conversion"],
      details: """
        What must hold of any model: a row in a batch equals the row alone, cached equals uncached, \
        going on from any layer equals running through, scaling by 1 changes no bit, the logit \
        lens at the last layer equals the logits, attention sums to one, and float32 equals \
        float64 to rounding. Everything in the checkpoint that may change a number must be used. \
        Where a `reference.safetensors` lies beside the checkpoint, its logits, hidden states and \
        attention maps are compared as well. Active interventions do not take part.
        """,
      examples: [
        Example(
          #"load "random-tiny"; check() | where { not it.ok } | len"#, shows: "All is well.",
          gives: .number(0)),
        Example(
          "check()", shows: "A model must be loaded.", gives: .fails("no-model")),
      ]
    ) { [self] context throws(Failure) in
      let model = try current().model
      let reference = try reference(of: model)
      let results = try faultsAsFailures { () throws(Fault) in
        try ModelCheck(model, settings.precision, reference: reference).run { done, total in
          context.output.progress(done, of: total, "check")
        }
      }
      return .table(results.table)
    }
  }

  /// The reference outputs beside a checkpoint, if there are any.
  private func reference(of model: Model) throws(Failure) -> ReferenceOutputs? {
    guard let file = model.folder?.appendingPathComponent("reference.safetensors"),
      FileManager.default.fileExists(atPath: file.path)
    else { return nil }
    do {
      return try ReferenceFile(file).outputs()
    } catch {
      throw Failure("bad-reference", error.description, help: error.help)
    }
  }
}

extension [CheckResult] {
  /// The results as a table, and in a line whether all is well.
  fileprivate var table: Table {
    let failed = count { !$0.isOK }
    return Table(
      [
        Table.Column("check", map { .string($0.name) }),
        Table.Column("measured", map { .number($0.measured) }),
        Table.Column("limit", map { .number($0.limit) }),
        Table.Column("measure", map { .string($0.measure.rawValue) }),
        Table.Column("ok", map { .bool($0.isOK) }),
      ],
      notes: [
        failed == 0
          ? "all \(Value.count(count, "check")) hold" : "\(failed) of \(count) checks do not hold"
      ])
  }
}
