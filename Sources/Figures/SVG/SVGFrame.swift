import Language

/// What all pictures have: a title above, notes below, and labels that are thinned where they would
/// touch.
enum SVGFrame {
  /// The space around a picture.
  static let margin = 20.0
  /// The height of a line of text.
  static let lineHeight = 16.0

  /// The height that a title takes.
  static func titleHeight(_ figure: Figure) -> Double { figure.title.isEmpty ? 0 : 28 }

  /// Draws the title.
  static func title(_ figure: Figure, _ svg: inout SVGText) {
    if figure.title.isEmpty { return }
    svg.text(figure.title, margin, margin + 12, [("font-size", "15"), ("font-weight", "bold")])
  }

  /// The height that notes take.
  static func notesHeight(_ figure: Figure) -> Double {
    figure.notes.isEmpty ? 0 : Double(figure.notes.count) * lineHeight + 8
  }

  /// Draws the notes from a height downwards.
  static func notes(_ figure: Figure, top: Double, _ svg: inout SVGText) {
    for (index, note) in figure.notes.enumerated() {
      let y = top + 8 + Double(index + 1) * lineHeight - 4
      svg.text(note, margin, y, [("fill", "#666666"), ("font-size", "11")])
    }
  }

  /// The width that title and notes take.
  static func textWidth(_ figure: Figure) -> Double {
    let lines = figure.notes.map { SVGText.width($0) } + [SVGText.width(figure.title) * 1.3]
    return (lines.max() ?? 0) + 2 * margin
  }

  /// Every how many labels one is written, when neighbours lie `step` apart and one takes `need`.
  static func stride(step: Double, need: Double) -> Int {
    step >= need ? 1 : max(1, Int((need / max(step, 0.001)).rounded(.up)))
  }

  /// A label cut to what is bearable beside a picture.
  static func label(_ text: String) -> String {
    DisplayWidth.truncate(Columns.oneLine(text), 28)
  }
}
