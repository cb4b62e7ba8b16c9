import Analysis
import Faults
import Language
import Transformers

extension Workbench {
  var positionEncodingCommand: Builtin {
    Builtin(
      "position_encoding", "Shows how a model tells positions apart, and what that code is like.",
      Parameter<SideInput?>(
        "side", "Of a model with two stacks: `enc` or `dec`; the encoder if none.", .named,
        choices: SideInput.choices),
      Parameter<PositionTable>(
        "by", "A row for each distance of two positions (`offset`), or for each `position`.",
        .named, default: .offset, choices: PositionTable.choices),
      Parameter<Int>(
        "count", "How many positions to compare, from 0 up.", .named, default: 64,
        in: .from(2, to: 1_000_000)),
      Parameter<Int>(
        "width", "Shows plain sines and cosines of this width, without a model.", .named,
        default: 0, in: .from(0, to: 1_000_000)),
      Parameter<Int?>(
        "seed", "What is drawn from; the session's seed by default.", .named, in: .from(0)),
      returns: "table", family: .representations,
      alsoFoundAs: ["positional encoding", "sinusoidal", "rotary", "sine", "order"],
      details: """
        Learned rows, sines and cosines, rotations of queries and keys, or a bias by distance: which \
        of them a model has is read off the model. `dot` is the mean dot product of two positions at \
        a distance, `spread` its standard deviation over all such pairs: 0 where only the distance \
        counts, as with sines and cosines. `sinusoidal` is the cosine that sines and cosines of that \
        width have. The note says how much of the dot products the distance explains, and how much \
        it explains when the rows are put in a random order. For rotations the rows are what a \
        vector of ones is turned to.

        In the definition sines and cosines take turns over features, not over positions: every \
        position has both, and each row has the squared length width / 2.
        """,
      examples: [
        Example(
          #"(position_encoding width: 512 count: 8 by: "position").norm | max | round 6"#,
          shows: "Sines and cosines: the square of the length is half the width.",
          gives: .number(16)),
        Example(
          "(position_encoding width: 512 count: 8).spread | max",
          shows: "Only the distance counts.", gives: .number(0)),
        Example(
          #"load "random-tiny"; position_encoding(count: 16).offset | len"#,
          shows: "Sixteen positions have distances from 0 to 15.", gives: .number(16)),
        Example(
          #"load "random-tiny"; position_encoding count: 1"#,
          shows: "One position has nothing to be compared with.", gives: .fails("out-of-range")),
      ]
    ) { [self] _, side, by, count, width, seed throws(Failure) in
      let drawn = self.seed(seed)
      let encoding: PositionEncoding
      if width > 0 {
        encoding = try faultsAsFailures { () throws(Fault) in
          try PositionEncoding(
            .sinusoidal, rows: PositionEncoding.sinusoidalRows(count: count, width: width),
            seed: drawn)
        }
      } else {
        let experiment = try experiment()
        let stack = try stack(side, of: experiment.model)
        encoding = try faultsAsFailures { () throws(Fault) in
          try experiment.positionEncoding(of: stack, count: count, seed: drawn)
        }
      }
      return .table(by == .offset ? encoding.offsetTable : encoding.positionTable)
    }
  }
}

/// What the rows of the table stand for.
enum PositionTable: String, ChoiceArgument {
  case offset, position

  static let kind = "kind of row"
}

extension PositionEncoding {
  fileprivate var offsetTable: Table {
    if case .linearBias = kind {
      return Table(
        [
          Table.Column("offset", offsets.map { .int($0.offset) }),
          Table.Column("bias", offsets.map { .number($0.dot) }),
        ], notes: notes)
    }
    return Table(
      [
        Table.Column("offset", offsets.map { .int($0.offset) }),
        Table.Column("dot", offsets.map { .number($0.dot) }),
        Table.Column("spread", offsets.map { .number($0.spread) }),
        Table.Column("cosine", offsets.map { .number($0.cosine) }),
        Table.Column("sinusoidal", offsets.map { .number($0.sinusoidal) }),
      ], notes: notes)
  }

  fileprivate var positionTable: Table {
    Table(
      [
        Table.Column("position", positions.map { .int($0.position) }),
        Table.Column("norm", positions.map { .number($0.norm) }),
        Table.Column("nearest", positions.map { .int($0.nearest) }),
        Table.Column("distance", positions.map { .number($0.distance) }),
      ], notes: notes)
  }

  private var notes: [String] {
    var notes = [kindText]
    let norms = positions.map(\.norm)
    if let low = norms.min(), let high = norms.max(),
      let least = positions.map(\.distance).min(),
      let closest = positions.first(where: { $0.distance <= least * (1 + 1e-6) })
    {
      let mean = norms.reduce(0, +) / Double(norms.count)
      notes.append(
        "lengths \(NumberText.rounded(low)) to \(NumberText.rounded(high)); the nearest two, "
          + "@\(closest.position) and @\(closest.nearest), lie "
          + "\(NumberText.rounded(closest.distance)) apart "
          + "(\(NumberText.rounded(closest.distance / mean)) of the mean length)")
    }
    if !offsetShare.isNaN, !shuffledShare.mean.isNaN {
      notes.append(
        "the distance alone explains \(NumberText.rounded(offsetShare)) of the variance of dot "
          + "products; of rows in random order \(NumberText.rounded(shuffledShare.mean)), at most "
          + NumberText.rounded(shuffledShare.largest))
    }
    if kind == .sinusoidal {
      notes.append("sines and cosines take turns over features: every position has both")
    }
    return notes
  }

  private var kindText: String {
    switch kind {
    case .learned: "learned: rows of width \(width) are added to the tokens"
    case .sinusoidal: "sinusoidal: sines and cosines of width \(width) are added to the tokens"
    case .rotary(let width, let headWidth):
      "rotary: \(width) of a head's \(headWidth) coordinates are turned, lengths are kept"
    case .linearBias(let slopes):
      "a bias by distance: \(slopes.count) slopes from "
        + "\(NumberText.rounded(slopes.min() ?? 0)) to \(NumberText.rounded(slopes.max() ?? 0)); "
        + "the mean over heads is shown"
    }
  }
}
