import Language

/// What stands on the screen besides the entry: a hint at the right of the cursor's row, and a mark
/// before each further line.
///
/// libedit knows nothing of it, so it takes no room from the entry; it is drawn while a key is
/// waited for, and taken away before libedit draws.
struct Overlay: Equatable {
  fileprivate struct Piece: Equatable {
    /// The rows from the cursor's, downwards.
    let row: Int
    let column: Int
    let text: String
  }

  private var pieces: [Piece] = []
  /// Up to which column the cursor's row may grow without touching anything.
  private(set) var limit = 0

  private static let mark = "…"
  private static let leastHint = 8

  /// Nothing.
  init() {}

  /// The hint where there is room for it, or for its start if it `mayBeCut`; the marks where the
  /// whole entry is in sight.
  init(_ layout: EntryLayout, hint: String, mayBeCut: Bool, rows: Int) {
    limit = layout.columns - 1
    let room = layout.free - 2
    let shown = mayBeCut && room >= Self.leastHint ? DisplayWidth.truncate(hint, room) : hint
    let width = DisplayWidth.of(shown)
    if width > 0, width <= room {
      let column = layout.columns - 1 - width
      pieces.append(Piece(row: 0, column: column, text: shown))
      limit = column - 1
    }
    guard layout.rows.count < rows else { return }
    for (index, row) in layout.rows.enumerated() where row.hasRoomForMark {
      pieces.append(Piece(row: index - layout.cursorRow, column: 0, text: Self.mark))
    }
  }

  var isEmpty: Bool { pieces.isEmpty }

  /// What draws it.
  var drawing: String {
    pieces.map { $0.at("\u{1B}[2m" + $0.text + "\u{1B}[22m") }.joined()
  }

  /// What takes it away.
  var erasure: String {
    pieces.map { $0.at(String(repeating: " ", count: DisplayWidth.of($0.text))) }.joined()
  }
}

extension Overlay.Piece {
  /// The sequences that write something in the piece's place and put the cursor back.
  fileprivate func at(_ text: String) -> String {
    let move = row == 0 ? "" : "\u{1B}[\(abs(row))\(row < 0 ? "A" : "B")"
    return "\u{1B}7" + move + "\u{1B}[\(column + 1)G" + text + "\u{1B}8"
  }
}
