import Figures
import Foundation
import Language

/// Shows values as text on standard output, warnings and progress on standard error.
final class TextOutput: OutputSink {
  private let isColourRefused: Bool
  private let pager: Pager?
  private let progress: ProgressBar

  /// Makes an output; with a pager long values are paged.
  init(isColourRefused: Bool, isQuiet: Bool, pager: Pager? = nil) {
    self.isColourRefused = isColourRefused
    self.pager = pager
    // A program that reads the output may use the terminal itself.
    let isWatched = StandardStream.error.isTerminal && !StandardStream.output.isPipe
    progress = ProgressBar(isShown: isWatched && !isQuiet)
  }

  func show(_ value: Value, whole: Bool) {
    progress.erase()
    let stream = StandardStream.output
    let style = Terminal.style(for: stream, isRefused: isColourRefused)
    put(
      Self.harmless(isTerminal: stream.isTerminal, style) {
        ValueText(whole ? $0.whole : $0).text(value)
      } + "\n")
  }

  func write(_ text: String) {
    progress.erase()
    put(StandardStream.output.isTerminal ? VisibleText.lines(text) : text)
  }

  func write(fitting layout: (Int) -> String) {
    write(layout(Terminal.style(for: .output, isRefused: isColourRefused).width))
  }

  /// A text as it goes out: where a terminal would obey something in it that is not Sonde's
  /// own colour, the plain text with that made visible.
  static func harmless(
    isTerminal: Bool, _ style: RenderStyle, _ text: (RenderStyle) -> String
  ) -> String {
    guard isTerminal else { return text(style) }
    var plain = style
    plain.colour = .none
    let given = text(plain)
    let visible = VisibleText.lines(given)
    return style.colour == .none || visible.utf8.count != given.utf8.count ? visible : text(style)
  }

  /// Writes text that may go to the stream as it is; what is higher than the terminal is paged.
  private func put(_ text: String) {
    let stream = StandardStream.output
    if let pager, stream.isTerminal, pager.isNeeded(for: text) {
      pager.show(text)
    } else {
      stream.writeStyled(text)
    }
  }

  func warn(_ diagnostic: Diagnostic) { report(diagnostic) }

  /// Shows a diagnostic on standard error.
  func report(_ diagnostic: Diagnostic) {
    progress.erase()
    StandardStream.output.flush()
    let stream = StandardStream.error
    let style = Terminal.style(for: stream, isRefused: isColourRefused)
    let text = Self.harmless(isTerminal: stream.isTerminal, style) { style in
      DiagnosticText(isColoured: style.colour != .none).text(diagnostic)
    }
    stream.writeStyled(text + "\n")
  }

  func progress(_ done: Int, of total: Int, _ label: String) {
    progress.update(done, of: total, label)
  }

  func confirm(_ question: String) -> Bool? {
    progress.erase()
    guard let pager, StandardStream.output.isTerminal else { return nil }
    return pager.confirm(question)
  }

  /// Ends what one source has shown.
  func finish() {
    progress.finish()
    StandardStream.output.flush()
  }
}
