import Figures
import Foundation

/// What is known of the terminal.
enum Terminal {
  /// The columns and rows of the terminal at a descriptor.
  static func size(_ descriptor: Int32 = STDOUT_FILENO) -> (columns: Int, rows: Int)? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// The colours to write, from the options, the environment and whether a terminal is there.
  static func colour(
    isTerminal: Bool, isRefused: Bool, environment: [String: String]
  ) -> RenderStyle.Colour {
    func isSet(_ name: String) -> Bool { environment[name].map { !$0.isEmpty } ?? false }
    if isRefused || isSet("NO_COLOR") { return .none }
    let isForced = isSet("CLICOLOR_FORCE") && environment["CLICOLOR_FORCE"] != "0"
    let type = environment["TERM"] ?? ""
    if !isForced && (!isTerminal || type.isEmpty || type == "dumb") { return .none }
    let depth = environment["COLORTERM"] ?? ""
    if depth == "truecolor" || depth == "24bit" || type.hasSuffix("-direct") { return .full }
    return .palette
  }

  /// The style for a stream: its terminal's width, or a transcript's.
  static func style(for stream: StandardStream, isRefused: Bool) -> RenderStyle {
    let environment = ProcessInfo.processInfo.environment
    var style = RenderStyle.transcript
    if stream.isTerminal, let size = size() { style.width = max(20, size.columns) }
    style.colour = colour(
      isTerminal: stream.isTerminal, isRefused: isRefused, environment: environment)
    return style
  }
}
