/// The variables of one call, or of the top level of a source.
///
/// Only the evaluating thread touches it.
final class Frame {
  let source: Source
  /// The values of the variables that no inner function uses.
  var values: [Value]
  /// The cells of those that one does.
  var cells: [Cell?]
  /// What the function found outside when it was made.
  let captures: [Cell]
  /// Whether the call is over, so that nothing can return from it any more.
  var isFinished = false
  private let home: Frame?
  private let isHome: Bool

  /// Makes the frame of a source's top level.
  init(_ source: Source, slotCount: Int) {
    self.source = source
    values = Array(repeating: .null, count: slotCount)
    cells = Array(repeating: nil, count: slotCount)
    captures = []
    home = nil
    isHome = false
  }

  /// Makes the frame of a call.
  init(_ closure: Closure) {
    let code = closure.code
    source = code.source
    values = Array(repeating: .null, count: code.slotCount)
    cells = code.needsCells ? Array(repeating: nil, count: code.slotCount) : []
    captures = closure.captures
    home = closure.home
    isHome = code.form == .named
  }

  /// The frame that `return` leaves: this one, or for a block that of the function around it.
  var returnTarget: Frame? { isHome ? self : home }
}
