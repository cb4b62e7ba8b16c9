import Tensors

/// An image with one object on a dark ground, and the truth about it.
public struct LabelledImage: Sendable {
  /// Red, green and blue from 0 to 1; axes channel, height, width.
  public let pixels: Tensor<Float>
  /// 1 where most of a pixel belongs to the object, else 0; axes height, width.
  public let mask: Tensor<Float>
  /// The object.
  public let attributes: ImageAttributes

  /// The class, a place in `ImageAttributes.classNames`.
  public var label: Int { attributes.label }
}

/// What an image shows.
///
/// Shape and texture make the class; everything else is drawn without regard to it.
public struct ImageAttributes: Sendable, Hashable {
  /// The outline of an object.
  public enum Shape: String, Sendable, CaseIterable {
    /// A filled circle.
    case disc
    /// A square, turned by a few degrees.
    case square
    /// A triangle of equal sides that stands on one of them.
    case triangle
    /// Two bars across each other.
    case cross
    /// A circle with a round hole.
    case ring
  }

  /// What fills the outline.
  public enum Texture: String, Sendable, CaseIterable {
    /// The colour alone.
    case plain
    /// Bands of the colour and a darker one, in any direction.
    case striped
  }

  /// The kind of colour; each object has a shade of its own.
  public enum Colour: String, Sendable, CaseIterable {
    /// The kinds around the circle of hues, and white.
    case red, orange, yellow, green, cyan, blue, magenta, white
  }

  /// The outline.
  public let shape: Shape
  /// What fills it.
  public let texture: Texture
  /// The kind of colour.
  public let colour: Colour
  /// The centre's distance from the left edge, in pixels.
  public let centreX: Double
  /// The centre's distance from the upper edge, in pixels.
  public let centreY: Double
  /// About half the object's width, in pixels.
  public let size: Double

  /// The class, a place in `classNames`.
  public var label: Int {
    let shapes = Shape.allCases
    let row = texture == .plain ? 0 : shapes.count
    return row + (shapes.firstIndex(of: shape) ?? 0)
  }

  /// The ten classes: each shape plain, then each shape striped.
  public static let classNames = Texture.allCases.flatMap { texture in
    Shape.allCases.map { "\(texture.rawValue) \($0.rawValue)" }
  }
}
