import Analysis
import Faults
import Language
import Transformers

extension Workbench {
  var equivarianceCommand: Builtin {
    Builtin(
      "equivariance", "Tests whether a model notices the order of its tokens.",
      Parameter<SinglePrompt>("prompt", "The prompt.", .piped),
      Parameter<Int>(
        "orders", "How many random orders.", .named, default: 5, in: .from(1, to: 10_000)),
      Parameter<Int?>(
        "seed", "What is drawn from; the session's seed by default.", .named, in: .from(0)),
      returns: "table", family: .representations,
      alsoFoundAs: ["permutation", "shuffle", "word order", "positions", "bag of words"],
      details: """
        The tokens are put in random orders, and the last streams are compared with those of the \
        prompt, put in the same order: `error` is the largest ‖f(πx) − πf(x)‖ / ‖f(x)‖. Attention \
        by itself knows no order, so without position rows, rotations and masks the error is that of \
        rounding (`limit`). A causal mask alone tells tokens apart, also without positions. \
        `unmatched` compares streams at the same places instead, without moving them along: what \
        streams of unrelated tokens come to. In a model with two stacks the source moves for the \
        encoder, the target for the decoder; a decoder that reads a moved source should not change \
        at all once the encoder has no positions. Active interventions hold.
        """,
      examples: [
        Example(
          #"load "random-tiny"; (equivariance (prompt "the cat") orders: 2).equivariant"#,
          shows: "Only without positions and mask.",
          gives: .list(.bool(false), .bool(false), .bool(true))),
        Example(
          #"load "random-tiny"; equivariance (prompt "a")"#, shows: "One token has no order.",
          gives: .fails("too-few")),
      ]
    ) { [self] context, input, orders, seed throws(Failure) in
      let drawn = self.seed(seed)
      let experiment = try experiment()
      let row = try row(of: input.prompt)
      let test = try faultsAsFailures { () throws(Fault) in
        try experiment.orderTest(row, orders: orders, seed: drawn) {
          context.output.progress($0, of: $1, "equivariance")
        }
      }
      record(experiment, [row])
      return .table(test.table(notes: notes))
    }
  }
}

extension OrderTest {
  fileprivate func table(notes: [String]) -> Table {
    var columns = [
      Table.Column("setting", readings.map { .string($0.setting.rawValue) }),
      Table.Column("error", readings.map { .number($0.error) }),
      Table.Column("unmatched", readings.map { .number($0.unmatched) }),
      Table.Column("limit", readings.map { .number($0.limit) }),
      Table.Column("equivariant", readings.map { .bool($0.isEquivariant) }),
    ]
    if readings.contains(where: { $0.part != .model }) {
      columns.insert(Table.Column("side", readings.map { .string($0.part.rawValue) }), at: 0)
    }
    return Table(columns, notes: notes)
  }
}
