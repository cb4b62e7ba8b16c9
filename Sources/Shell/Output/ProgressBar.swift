import Dispatch
import Foundation
import Language
import Synchronization

/// A line on standard error that says how far a long command has come.
///
/// It appears after half a second, and is gone when the command has ended.
final class ProgressBar: Sendable {
  private struct State {
    var start: DispatchTime?
    var lastDrawn: DispatchTime?
    var isDrawn = false
  }

  private let isShown: Bool
  private let state = Mutex(State())

  private static let delay = 500_000_000
  private static let pause = 100_000_000

  init(isShown: Bool) { self.isShown = isShown }

  /// Says that `done` of `total` steps are done; `total` 0 when it is not known.
  func update(_ done: Int, of total: Int, _ label: String) {
    guard isShown else { return }
    state.withLock { state in
      let now = DispatchTime.now()
      let start = state.start ?? now
      state.start = start
      let elapsed = Self.nanoseconds(from: start, to: now)
      guard elapsed >= Self.delay else { return }
      if let last = state.lastDrawn, Self.nanoseconds(from: last, to: now) < Self.pause { return }
      state.lastDrawn = now
      state.isDrawn = true
      // Room is left for the `^C` that the terminal echoes, so that the line does not wrap.
      let width = (Terminal.size(STDERR_FILENO)?.columns ?? 80) - 4
      let line = ProgressLine(
        done: done, total: total, label: label, seconds: Double(elapsed) / 1e9)
      StandardStream.error.write("\r" + DisplayWidth.fit(line.text, width))
    }
  }

  /// Takes the line away; the next step draws it again.
  func erase() {
    guard isShown else { return }
    state.withLock { state in
      if state.isDrawn { StandardStream.error.write("\r\u{1B}[K") }
      state.isDrawn = false
    }
  }

  /// Takes the line away and forgets when the command began.
  func finish() {
    erase()
    if isShown { state.withLock { $0 = State() } }
  }

  private static func nanoseconds(from: DispatchTime, to: DispatchTime) -> Int {
    Int(to.uptimeNanoseconds) - Int(from.uptimeNanoseconds)
  }
}

/// The words of a progress bar.
struct ProgressLine {
  let done: Int
  let total: Int
  let label: String
  let seconds: Double

  private static let barWidth = 20

  /// Label, bar, count, rate and time left.
  var text: String {
    let rate = seconds > 0 ? Double(done) / seconds : 0
    let speed = rate > 0 ? "  \(NumberText.rounded(rate, digits: 3))/s" : ""
    let name = label.isEmpty ? "" : label + " "
    guard total > 0 else { return "\(name)\(done)\(speed)  \(Self.duration(seconds))" }
    let part = min(1, max(0, Double(done) / Double(total)))
    let full = Int(part * Double(Self.barWidth))
    let bar =
      String(repeating: "█", count: full) + String(repeating: "░", count: Self.barWidth - full)
    let left = rate > 0 ? "  \(Self.duration(Double(total - done) / rate)) left" : ""
    return "\(name)\(bar) \(done)/\(total)\(speed)\(left)"
  }

  /// Seconds as people say them.
  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e8 else { return "long" }
    let whole = Int(seconds.rounded(.up))
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }
}
