import Statistics
import Tensors

/// What the distances between heads say of their layers and their likeness.
public struct HeadMap: Sendable {
  /// The heads.
  public let heads: HeadSelection
  /// The distances.
  public let distances: Matrix
  /// Two coordinates for each head, by metric scaling with five starts, and how well they keep the
  /// distances.
  public let scaling: Scaling
  /// The cluster of each head, when so many are left of average linkage.
  public let clusters: [Int]
  /// What each head visibly does (Clark et al., 2019); empty for nothing.
  public let behaviours: [String]
  /// How far apart heads of one layer are less than heads of two, and how often labels dealt anew
  /// give as great a difference; nil where the heads are of one layer.
  public let layerTest: PermutationResult?
  /// The mean silhouette of heads in their layers; NaN where they are of one.
  public let layerSilhouette: Double

  /// Clusters and maps distances.
  ///
  /// - Parameters:
  ///   - count: How many clusters; nil for as many as give the greatest silhouette, up to eight.
  /// - Throws: `StatisticsError` when distances are no numbers, or of a single head.
  public init(
    _ found: HeadDistances, behaviours: [String], clusters count: Int? = nil, seed: UInt64
  ) throws(StatisticsError) {
    heads = found.heads
    let distances = Matrix(found.matrix)
    self.distances = distances
    self.behaviours = behaviours
    scaling = try MultidimensionalScaling.metric(distances, seed: seed)
    let tree = try Agglomeration(distances)
    let choices = count.map { [$0] } ?? Array(2...max(2, min(8, distances.rows - 1)))
    clusters =
      choices.map { tree.clusters($0) }.max {
        Silhouette.mean(distances, clusters: $0) < Silhouette.mean(distances, clusters: $1)
      } ?? []
    let layers = found.heads.heads.map(\.layer)
    if Set(layers).count > 1, Set(layers).count < layers.count {
      layerTest = PermutationTest.run(count: layers.count, seed: seed) { order in
        Self.lead(distances, layers: order.map { layers[$0] })
      }
      layerSilhouette = Silhouette.mean(distances, clusters: layers)
    } else {
      layerTest = nil
      layerSilhouette = .nan
    }
  }

  /// The mean distance of heads of two layers less that of heads of one.
  private static func lead(_ distances: Matrix, layers: [Int]) -> Double {
    var (within, between) = ((0.0, 0.0), (0.0, 0.0))
    for one in layers.indices {
      for other in one + 1..<max(layers.count, one + 1) {
        if layers[one] == layers[other] {
          within = (within.0 + distances[one, other], within.1 + 1)
        } else {
          between = (between.0 + distances[one, other], between.1 + 1)
        }
      }
    }
    return between.0 / between.1 - within.0 / within.1
  }

  /// The nearest other head of each.
  public var nearest: [Int?] {
    heads.heads.indices.map { head in
      heads.heads.indices.filter { $0 != head }.min {
        distances[head, $0] < distances[head, $1]
      }
    }
  }
}

/// What heads visibly do, by the bounds that colour a map of heads (Clark et al., 2019).
public struct HeadBehaviours: Sendable {
  private var mass: AttentionMass
  private var entropy: AttentionEntropy

  /// Nothing yet, of so many rows.
  public init(rows: Int, heads: HeadSelection) {
    mass = AttentionMass(
      rows: rows, heads: heads, targets: [.offset(1), .offset(-1), .special, .first])
    entropy = AttentionEntropy(rows: rows, heads: heads)
  }

  /// Adds a row.
  public mutating func add(_ row: AttentionRow) {
    mass.add(row)
    entropy.add(row)
  }

  /// The behaviour of each head; empty for none.
  public var names: [String] {
    mass.heads.heads.indices.map { head in
      func given(_ target: Int) -> Double { mass.given.mean(mass.column(head, target)) }
      if !mass.heads.isCross {
        if given(0) > HeadRole.next.bound { return "next" }
        if given(1) > HeadRole.previous.bound { return "previous" }
      }
      if given(2) > HeadRole.sink.bound { return "special" }
      if given(3) > HeadRole.sink.bound { return "first" }
      return entropy.share.mean(head) > AttentionEntropy.broadShare ? "broad" : ""
    }
  }
}
