import Faults
import Foundation
import Tensors
import Transformers

/// Vectors of sampled tokens in every stream of a stack, before and behind norms, with what is known
/// of the tokens.
public struct AxisSample: Sendable {
  /// Where some vectors stand.
  public struct Point: Sendable, Hashable {
    /// Its address, or the sum of addresses where the model has no name for it.
    public var name: String
    /// How many blocks lie before it.
    public var depth: Int
    /// Whether a norm has been applied.
    public var isNormed: Bool
    /// The values whose sum it is.
    var sites: [Site]
  }

  /// Something that is known of each token.
  public struct Label: Sendable {
    /// What it is called.
    public var name: String
    /// A number for each token, or a column of zeros and ones for each class: tokens × columns.
    public var values: Matrix
  }

  /// Where the vectors stand.
  public let points: [Point]
  /// At each point the vectors: tokens × width.
  public let vectors: [Matrix]
  /// The row of each token.
  public let rows: [Int]
  /// How many rows there are.
  public let rowCount: Int
  /// What is known of the tokens.
  public let labels: [Label]

  /// A sample from its parts.
  public init(
    points: [Point], vectors: [Matrix], rows: [Int], rowCount: Int, labels: [Label] = []
  ) {
    self.points = points
    self.vectors = vectors
    self.rows = rows
    self.rowCount = rowCount
    self.labels = labels
  }
}

extension ModelDescription {
  /// The streams of a stack from the first on, as blocks leave them and as norms make them.
  func axisPoints(of stack: Stack) -> [AxisSample.Point] {
    let blocks = blocks(of: stack)
    func name(_ part: Address.Part, _ layer: Int?) -> String {
      Address(stack: addressed(stack), layers: layer.map { .one($0) }, part: part).description
    }
    func point(_ name: String, _ depth: Int, _ isNormed: Bool, _ sites: [Site])
      -> AxisSample.Point
    {
      AxisSample.Point(name: name, depth: depth, isNormed: isNormed, sites: sites)
    }
    let embedding = stack == .encoder ? encoder?.embedding : embedding
    let hasFinal = stack == .encoder ? encoder?.finalNorm != nil : finalNorm != nil
    var points: [AxisSample.Point] = []
    for depth in 0...blocks.count {
      if depth == 0 {
        points.append(
          point(
            name(.resid(.pre), 0), 0, embedding?.norm != nil,
            [Site(.residPre, layer: 0, stack: stack)]))
      } else {
        let layer = depth - 1
        let post = Site(.residPost, layer: layer, stack: stack)
        let isPostNorm = blocks[layer].mlpNorms.stream != nil
        if isPostNorm {
          let sites = StreamUpdate(stack: stack, layer: layer, part: .mlp).sites(in: self)
          let kept = sites.kept.kind == .residCross ? Address.Moment.cross : .mid
          points.append(
            point(
              name(.resid(kept), layer) + " + mlp", depth, false, [sites.kept, sites.added]))
        }
        points.append(point(name(.resid(.post), layer), depth, isPostNorm, [post]))
      }
      if depth < blocks.count, blocks[depth].attentionNorms.input != nil {
        points.append(
          point(name(.ln1, depth), depth, true, [Site(.ln1, layer: depth, stack: stack)]))
      } else if depth == blocks.count, hasFinal {
        points.append(point(name(.final, nil), depth, true, [Site(.final, stack: stack)]))
      }
    }
    return points
  }
}

extension Experiment {
  /// Draws tokens of a corpus and captures them at every point of a stack.
  ///
  /// Tokens that the tokenizer's template brought are left out.
  ///
  /// - Throws: `Fault` when there are fewer than three tokens or a number is not finite, as a
  ///   run, and what `progress` throws.
  public func axisSample(
    _ rows: [AnnotatedRow], of stack: Stack, tokens: Int, seed: UInt64,
    progress: (Int, Int) throws(Fault) -> Void = { _, _ in }
  ) throws(Fault) -> AxisSample {
    let points = model.description.axisPoints(of: stack)
    let extents = rows.map { row in
      row.row.extent(of: Site(.residPre, stack: stack), in: model.description).tokens
    }
    let plain = extents.enumerated().flatMap { index, tokens in
      tokens.indices.filter { tokens[$0].origin != .template }.map { (row: index, place: $0) }
    }
    guard plain.count > 2 else {
      throw Fault(
        "too-few", "\(plain.count) tokens are too few to say anything of axes",
        help: "give more text")
    }
    var generator = SeededGenerator(seed: seed, name: "tokens of an axis sample")
    let chosen = generator.sample(tokens, of: plain.count).map { plain[$0] }
    var positions = rows.map { _ in [Int]() }
    for (row, place) in chosen { positions[row].append(place) }
    let sites = Array(Set(points.flatMap(\.sites)))
    let found = try vectors(
      of: rows, at: sites, positions: positions, progress: progress)
    let width = model.description.width
    let stacked = found.map { parts in
      Matrix(rows: chosen.count, columns: width, parts.flatMap(\.elements))
    }
    let vectors = points.map { point in
      let parts = point.sites.map { stacked[sites.firstIndex(of: $0) ?? 0] }
      guard var sum = parts.first else { return Matrix(zeros: 0, width) }
      for part in parts.dropFirst() {
        for index in sum.elements.indices { sum.elements[index] += part.elements[index] }
      }
      return sum
    }
    guard vectors.allSatisfy({ $0.firstRowNotFinite == nil }) else { throw .notFinite }
    let hasWords = stack == .encoder || model.description.encoder == nil
    var counts: [Int: Int] = [:]
    for token in extents.joined() { counts[token.id, default: 0] += 1 }
    let labels = AxisLabels(
      positions: chosen.map(\.place), ids: chosen.map { extents[$0.row][$0.place].id },
      counts: counts,
      classes: [
        (
          "part of speech",
          chosen.map { hasWords ? rows[$0.row].partOfSpeech(of: $0.place) : nil }
        ), ("sentiment", chosen.map { rows[$0.row].text.columns["sentiment"] }),
      ])
    return AxisSample(
      points: points, vectors: vectors, rows: chosen.map(\.row), rowCount: rows.count,
      labels: labels.all)
  }
}

extension AnnotatedRow {
  /// The part of speech of the word that a token is a piece of.
  fileprivate func partOfSpeech(of place: Int) -> String? {
    words[place].flatMap { text.words[$0].partOfSpeech }
  }
}
