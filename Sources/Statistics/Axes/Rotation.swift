import Tensors

extension Matrix {
  /// A random rotation or reflection, all being equally likely (Haar; Mezzadri 2007, How to generate
  /// random matrices from the classical compact groups).
  ///
  /// - Throws: `StatisticsError` never in practice: the numbers that are decomposed are finite.
  public static func randomOrthogonal(
    _ width: Int, using generator: inout SeededGenerator
  ) throws(StatisticsError) -> Matrix {
    let noise = Matrix(
      rows: width, columns: width, (0..<width * width).map { _ in generator.normal() })
    do throws(DecompositionError) {
      let factors = try noise.qr()
      let signs = (0..<width).map { factors.triangle[$0, $0] < 0 ? -1.0 : 1 }
      return factors.orthonormal.scaling(columns: signs)
    } catch {
      throw .notFinite(row: 0)
    }
  }
}
