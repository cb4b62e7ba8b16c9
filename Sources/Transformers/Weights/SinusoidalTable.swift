import Foundation
import Tensors

/// Position rows that are computed, not learned (Vaswani et al., 2017): the first half of a row holds
/// sines, the second cosines, of angles that fall off geometrically.
enum SinusoidalTable {
  /// The rows of these positions, [positions.count, width].
  static func rows<Element: Scalar>(at positions: [Int], width: Int) -> Tensor<Element> {
    let sines = (width + 1) / 2
    var elements: [Element] = []
    elements.reserveCapacity(positions.count * width)
    for position in positions {
      for column in 0..<width {
        let pair = column < sines ? column : column - sines
        let angle = Double(position) / pow(10_000, Double(2 * pair) / Double(width))
        elements.append(Element(column < sines ? sin(angle) : cos(angle)))
      }
    }
    return Tensor([.position, .width], [positions.count, width], elements)
  }
}
