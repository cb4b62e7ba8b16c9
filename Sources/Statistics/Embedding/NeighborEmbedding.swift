import Foundation
import Tensors

/// Points of a plane whose neighbours are those of the given points: t-SNE (van der Maaten and Hinton
/// 2008; with a tree, van der Maaten 2014).
///
/// Distances between groups, and their sizes, mean nothing in the picture; numbers of separability
/// belong beside it. The result has the same bits on any number of threads.
public struct NeighborEmbedding: Sendable {
  /// How the plane is found.
  public struct Settings: Sendable, Hashable {
    /// How many neighbours each point sees; lowered to a third of the other points where there are
    /// too few.
    public var perplexity = 30.0
    /// How many steps are made.
    public var iterations = 1000
    /// By how much attraction is exaggerated at first.
    public var exaggeration = 12.0
    /// For how many steps.
    public var exaggeratedIterations = 250
    /// How many principal components of the points are looked at.
    public var components = 50
    /// Up to how many points all pairs are visited.
    public var mostExact = 2000
    /// The angle under which more points count as one when there are more.
    public var angle = 0.5
    /// The seed of the small numbers that the start is moved by.
    public var seed: UInt64 = 0

    /// The usual settings.
    public init() {}
  }

  /// The settings, with the perplexity that was used.
  public let settings: Settings
  /// Whether all pairs were visited.
  public let isExact: Bool
  /// The divergence of the plane's neighbours from the points', in nats, before the first step, at
  /// every fiftieth and at the end.
  public private(set) var history: [(iteration: Int, divergence: Double)] = []

  private let affinities: NeighborAffinities
  private var x: [Double]
  private var y: [Double]

  /// Prepares an embedding of points as rows.
  ///
  /// - Throws: `StatisticsError` for fewer than four points, or numbers that are not finite.
  public init(_ points: Matrix, settings: Settings = Settings()) throws(StatisticsError) {
    guard points.rows >= 4 else { throw .tooFew(what: "points", count: points.rows, least: 4) }
    var settings = settings
    settings.perplexity = max(min(settings.perplexity, Double(points.rows - 1) / 3), 1)
    let principal = try PrincipalComponents(points, components: max(settings.components, 2))
    let projected = principal.project(points)
    isExact = points.rows <= settings.mostExact
    let neighbors = isExact ? points.rows - 1 : Int(3 * settings.perplexity)
    affinities = try NeighborAffinities(
      projected, perplexity: settings.perplexity, neighborCount: neighbors)
    // From the first two components, made small; moved a little, as equal points would never part.
    var random = SeededGenerator(seed: settings.seed)
    let deviation = principal.variances[0].squareRoot()
    let scale = deviation > 0 ? 1e-4 / deviation : 0
    let hasTwo = projected.columns > 1
    x = projected.column(0).map { $0 * scale + 1e-6 * random.normal() }
    y = (0..<points.rows).map {
      (hasTwo ? projected[$0, 1] * scale : 0) + 1e-6 * random.normal()
    }
    self.settings = settings
  }

  /// The places found so far: points × 2.
  public var plane: Matrix {
    Matrix(rows: x.count, columns: 2, zip(x, y).flatMap { [$0, $1] })
  }

  /// The divergence of the places found so far, in nats.
  public var divergence: Double { history.last?.divergence ?? .nan }

  /// Makes all steps.
  ///
  /// - Parameter step: called before each with its number; what it throws ends the work.
  public mutating func run<E: Error>(_ step: (Int) throws(E) -> Void) throws(E) {
    let count = x.count
    // The gradient has the factor four, so that this is n / exaggeration without it.
    let rate = max(Double(count) / settings.exaggeration / 4, 50)
    var (velocityX, velocityY) = (
      [Double](repeating: 0, count: count), [Double](repeating: 0, count: count)
    )
    var (gainX, gainY) = (
      [Double](repeating: 1, count: count), [Double](repeating: 1, count: count)
    )
    for iteration in 0..<settings.iterations {
      try step(iteration)
      let isEarly = iteration < settings.exaggeratedIterations
      let forces = PlaneForces(x, y, affinities, angle: isExact ? 0 : settings.angle)
      if iteration % 50 == 0 { history.append((iteration, divergence(forces))) }
      let factor = isEarly ? settings.exaggeration : 1
      let momentum = isEarly ? 0.5 : 0.8
      func move(
        _ places: inout [Double], _ velocity: inout [Double], _ gain: inout [Double],
        _ attraction: [Double], _ repulsion: [Double]
      ) {
        var mean = 0.0
        for point in 0..<count {
          let slope = 4 * (factor * attraction[point] - repulsion[point] / forces.sum)
          gain[point] =
            (slope > 0) == (velocity[point] > 0)
            ? max(gain[point] * 0.8, 0.01) : gain[point] + 0.2
          velocity[point] = momentum * velocity[point] - rate * gain[point] * slope
          places[point] += velocity[point]
          mean += places[point]
        }
        mean /= Double(count)
        for point in 0..<count { places[point] -= mean }
      }
      move(&x, &velocityX, &gainX, forces.attractionX, forces.repulsionX)
      move(&y, &velocityY, &gainY, forces.attractionY, forces.repulsionY)
    }
    let forces = PlaneForces(x, y, affinities, angle: isExact ? 0 : settings.angle)
    history.append((settings.iterations, divergence(forces)))
  }

  /// Σ p ln(p / q), with q the share of a pair's nearness in that of all.
  private func divergence(_ forces: PlaneForces) -> Double {
    var sum = affinities.negativeEntropy + Foundation.log(forces.sum)
    for point in x.indices {
      for place in affinities.starts[point]..<affinities.starts[point + 1] {
        let other = Int(affinities.neighbors[place])
        let (differenceX, differenceY) = (x[point] - x[other], y[point] - y[other])
        let square = differenceX * differenceX + differenceY * differenceY
        sum += affinities.values[place] * Foundation.log(1 + square)
      }
    }
    return sum
  }
}
