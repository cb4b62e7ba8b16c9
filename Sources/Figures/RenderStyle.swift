/// How values are written as text: for which width, with which colours, and how much of them.
public struct RenderStyle: Sendable, Hashable {
  /// What a terminal can show.
  public enum Colour: Sendable, Hashable {
    /// Characters only.
    case none
    /// The 256 colours of the xterm palette.
    case palette
    /// 24 bits.
    case full
  }

  /// The number of columns.
  public var width: Int
  /// The most rows of a table, heat map or list; nil for all.
  public var maxRows: Int?
  /// The colours.
  public var colour: Colour

  /// Makes a style.
  public init(width: Int, maxRows: Int? = 40, colour: Colour = .none) {
    self.width = max(20, width)
    self.maxRows = maxRows
    self.colour = colour
  }

  /// How transcripts are written, whatever the terminal is.
  public static let transcript = RenderStyle(width: 100)

  /// The same style with nothing left out for length.
  public var whole: RenderStyle {
    var style = self
    style.maxRows = nil
    return style
  }
}
