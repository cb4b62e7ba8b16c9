import Analysis
import Faults
import Language
import Statistics
import Transformers

extension Workbench {
  var gradientReachCommand: Builtin {
    Builtin(
      "gradient_reach", "Measures how far back a model's last streams depend on its first ones.",
      Parameter<CorpusInput>("texts", "A corpus, texts or prompts.", .piped),
      Parameter<SideInput?>(
        "side", "Of a model with two stacks: `enc` or `dec`; the encoder if none.", .named,
        choices: SideInput.choices),
      Parameter<Int>(
        "distances", "How many distances, from 0 up.", .named, default: 16,
        in: .from(1, to: 1_000_000)),
      Parameter<Int>(
        "targets", "From at most so many tokens of each text.", .named, default: 8, in: .from(1)),
      Parameter<Int>(
        "probes", "How many random vectors for each; 0 takes every direction, which is exact.",
        .named, default: 4, in: .from(0, to: 100_000)),
      Parameter<Int?>(
        "seed", "What is drawn from; the session's seed by default.", .named, in: .from(0)),
      returns: "table", family: .representations,
      alsoFoundAs: ["long range", "vanishing gradient", "Jacobian", "recurrent", "dependency"],
      details: """
        `reach` is the mean length of ∂h[L]_t / ∂h[0]_{t−Δ} over tokens that lie a distance Δ apart, \
        estimated by carrying random vectors back through the model; `low` and `high` are its 95 % \
        interval over texts. `relative` is that by the reach at distance 0, `random` the same of this \
        model with random weights, and `recurrent` that of a recurrent network with random weights, \
        through whose steps a gradient falls by much the same factor each time. Attention reaches \
        every token in one step and need not fall so. Special tokens take no part; where tokens see \
        both ways, distances count to either side. The note fits a geometric fall to each curve.
        """,
      examples: [
        Example(
          #"load "random-tiny"; (gradient_reach "the cat" distances: 4 targets: 2).relative[0]"#,
          shows: "Relative to a token's own start.", gives: .number(1)),
        Example(
          #"load "random-tiny"; gradient_reach "the cat" distances: 0"#,
          shows: "At least one distance.", gives: .fails("out-of-range")),
      ]
    ) { [self] context, input, side, distances, targets, probes, seed throws(Failure) in
      let experiment = try experiment()
      let stack = try stack(side, of: experiment.model)
      let rows = try input.rows(for: experiment.model)
      let prompts = rows.map(\.row)
      let drawn = self.seed(seed)
      let count = probes == 0 ? nil : probes
      let (reach, random) = try faultsAsFailures { () throws(Fault) in
        let reach = try experiment.gradientReach(
          prompts, of: stack, distances: distances, targets: targets, probes: count, seed: drawn,
          progress: context.steps("gradient reach"))
        let random = try experiment.randomised(seed: drawn).gradientReach(
          prompts, of: stack, distances: distances, targets: targets, probes: count, seed: drawn,
          progress: context.steps("the same with random weights"))
        return (reach, random)
      }
      record(experiment, prompts)
      let width = min(experiment.model.description.width, 64)
      return .table(
        ReachTable(
          reach: reach, random: random,
          recurrent: GradientReach.recurrent(width: width, distances: distances, seed: drawn),
          rows: rows.count, seed: drawn
        ).table(notes: rows.notes + notes))
    }
  }

  /// The stack that a side means; the encoder where none is named and there is one.
  func stack(_ side: SideInput?, of model: Model) throws(Failure) -> Stack {
    guard model.description.encoder != nil else {
      guard side == nil else {
        throw Failure(
          "bad-argument", "\(model.name) has one stack of layers", argument: "side",
          help: "leave out `side`")
      }
      return .decoder
    }
    return side?.stack ?? .encoder
  }
}

/// A reach as a table.
private struct ReachTable {
  let reach: GradientReach
  let random: GradientReach
  let recurrent: [Double]
  let rows: Int
  let seed: UInt64

  func table(notes: [String]) -> Table {
    let estimates = Bootstrap.ratios(reach.sums, reach.counts, seed: seed)
    let shown = estimates.indices.filter { !estimates[$0].value.isNaN }
    let first = estimates.first?.value ?? .nan
    let randoms = random.means
    let relative = estimates.map { $0.value / first }
    func values(_ numbers: [Double]) -> [Value] {
      shown.map { numbers[$0].isNaN ? .null : .number(numbers[$0]) }
    }
    return Table(
      [
        Table.Column("distance", shown.map { .int($0) }),
        Table.Column("reach", values(estimates.map(\.value))),
        Table.Column("low", values(estimates.map(\.low))),
        Table.Column("high", values(estimates.map(\.high))),
        Table.Column("relative", values(relative)),
        Table.Column("random", values(randoms.map { $0 / (randoms.first ?? .nan) })),
        Table.Column("recurrent", values(recurrent)),
      ], notes: [fits(relative)] + Estimate.notes(texts: rows) + notes)
  }

  private func fits(_ relative: [Double]) -> String {
    guard relative.count > 2 else { return "the texts are too short for a fall by distance" }
    // The distance 0 is the token itself, through the residual; the fall begins behind it.
    func text(_ name: String, _ curve: [Double]) -> String {
      let fall = GeometricFall(Array(curve.dropFirst()))
      return "\(name) × \(NumberText.rounded(fall.factor, digits: 3)) "
        + "(fit \(NumberText.rounded(fall.fit, digits: 2)))"
    }
    return "as a geometric fall from distance 1 on, each step: "
      + [text("model", relative), text("recurrent", recurrent)].joined(separator: ", ")
  }
}
