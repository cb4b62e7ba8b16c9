import Tensors

/// Points put into groups around centres.
public struct Clustering: Sendable {
  /// The mean of each cluster; axes cluster, width.
  public let centres: Tensor<Float>
  /// The cluster of each point.
  public let assignments: [Int]
  /// The sum over all points of the squared distance to their centre.
  public let inertia: Double

  /// The cluster of each of other points: the nearest centre, the first of equally near ones.
  ///
  /// - Parameter points: axes of any name, the second as wide as the centres.
  /// - Throws: `StatisticsError` when the shape does not fit, or a number is not finite.
  public func assign(_ points: Tensor<Float>) throws(StatisticsError) -> [Int] {
    try KMeans.assign(points, to: centres)
  }
}
