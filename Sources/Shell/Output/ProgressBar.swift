import Dispatch
import Foundation
import Language
import Synchronization

/// A line on standard error that says how far a long command has come.
///
/// It appears after half a second, and is gone when the command has ended. Where a command runs in a
/// loop, the loop comes first, and has the time that is left.
final class ProgressBar: Sendable {
  private struct State {
    var tasks = ProgressTasks()
    var lastDrawn: Double?
    var isDrawn = false
  }

  private let isShown: Bool
  private let state = Mutex(State())

  private static let delay = 0.5
  private static let pause = 0.1

  init(isShown: Bool) { self.isShown = isShown }

  /// Says that `done` of `total` steps are done; `total` 0 when it is not known.
  func update(_ done: Int, of total: Int, _ label: String) {
    guard isShown else { return }
    state.withLock { state in
      let now = Double(DispatchTime.now().uptimeNanoseconds) / 1e9
      state.tasks.update(done, of: total, label, now: now)
      guard state.tasks.seconds(now) >= Self.delay else { return }
      if let last = state.lastDrawn, now - last < Self.pause { return }
      state.lastDrawn = now
      state.isDrawn = true
      // Room is left for the `^C` that the terminal echoes, so that the line does not wrap.
      let width = (Terminal.size(STDERR_FILENO)?.columns ?? 80) - 4
      StandardStream.error.writeStyled(
        "\r" + DisplayWidth.fit(VisibleText.line(state.tasks.text(now)), width))
    }
  }

  /// Takes the line away; the next step draws it again.
  func erase() {
    guard isShown else { return }
    state.withLock { state in
      if state.isDrawn { StandardStream.error.writeStyled("\r\u{1B}[K") }
      state.isDrawn = false
    }
  }

  /// Takes the line away and forgets when the command began.
  func finish() {
    erase()
    if isShown { state.withLock { $0 = State() } }
  }
}

/// What is under way, the outermost first: a loop, and the command that runs in it.
struct ProgressTasks {
  private struct Task {
    let label: String
    let start: Double
    /// How much was done when it was first heard of.
    let first: Int
    var done: Int
    var total: Int
  }

  private var tasks: [Task] = []

  /// Takes what one says of itself; those within it have ended then.
  mutating func update(_ done: Int, of total: Int, _ label: String, now: Double) {
    if let place = tasks.lastIndex(where: { $0.label == label && $0.done <= done }) {
      tasks.removeSubrange((place + 1)...)
      (tasks[place].done, tasks[place].total) = (done, total)
    } else {
      tasks.removeAll { $0.total > 0 && $0.done >= $0.total || $0.label == label }
      tasks.append(Task(label: label, start: now, first: done, done: done, total: total))
    }
  }

  /// How long the outermost has been under way.
  func seconds(_ now: Double) -> Double { tasks.first.map { now - $0.start } ?? 0 }

  /// The line: the outermost with a bar, the others by their numbers.
  func text(_ now: Double) -> String {
    guard let outer = tasks.first else { return "" }
    let line = ProgressLine(
      done: outer.done, total: outer.total, label: outer.label, seconds: now - outer.start,
      first: outer.first)
    let inner = tasks.dropFirst().map { task in
      "  " + task.label + (task.total > 0 ? " \(task.done)/\(task.total)" : " \(task.done)")
    }
    return line.text + inner.joined()
  }
}

/// The words of a progress bar.
struct ProgressLine {
  let done: Int
  let total: Int
  let label: String
  let seconds: Double
  /// How much was done when the time began.
  var first = 0

  private static let barWidth = 20

  /// Label, bar, count, rate and time left.
  var text: String {
    let rate = seconds > 0 ? Double(done - first) / seconds : 0
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
