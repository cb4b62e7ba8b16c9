import Foundation
import Language
import Synchronization

/// What the process does when it is asked to stop.
enum Signals {
  /// The flag that the handler sets, and how often it was asked.
  ///
  /// Made before the handler is set.
  private static let target = Interruption()
  private static let requests = Atomic<Int>(0)
  private static let isInteractive = Atomic<Bool>(false)

  /// The flag that Ctrl-C sets.
  static var interruption: Interruption { target }

  /// Ctrl-C sets the flag and nothing else; a script that does not look at it is ended by the third
  /// one.
  ///
  /// System calls are not restarted, so that waiting for a key ends too.
  static func install(isInteractive interactive: Bool) {
    target.clear()
    isInteractive.store(interactive, ordering: .relaxed)
    var action = sigaction()
    sigemptyset(&action.sa_mask)
    action.__sigaction_handler.sa_handler = { _ in
      Signals.target.request()
      let count = Signals.requests.add(1, ordering: .relaxed).newValue
      if count > 2, !Signals.isInteractive.load(ordering: .relaxed) { _exit(130) }
    }
    sigaction(SIGINT, &action, nil)
    guard interactive else { return }
    // A pager that its reader leaves must not end the session.
    signal(SIGPIPE, SIG_IGN)
    leaveTerminalAsItWas()
  }

  /// The terminal's settings at the start; written once, before the handler that reads them is set.
  private nonisolated(unsafe) static var terminal = termios()

  /// When the session is ended from outside, the terminal gets its settings back, and no longer
  /// marks pasted text.
  private static func leaveTerminalAsItWas() {
    guard tcgetattr(STDIN_FILENO, &terminal) == 0 else { return }
    var action = sigaction()
    sigemptyset(&action.sa_mask)
    action.__sigaction_handler.sa_handler = { number in
      tcsetattr(STDIN_FILENO, TCSANOW, &Signals.terminal)
      let plain: StaticString = "\u{1B}[?2004l\n"
      write(STDOUT_FILENO, plain.utf8Start, plain.utf8CodeUnitCount)
      _exit(128 + number)
    }
    for number in [SIGTERM, SIGHUP] { sigaction(number, &action, nil) }
  }

  /// Whether Ctrl-C was pressed since it was last asked.
  static func takeRequest() -> Bool {
    let wasRequested = target.isRequested
    clear()
    return wasRequested
  }

  /// Forgets earlier requests, before the next entry runs.
  static func clear() {
    target.clear()
    requests.store(0, ordering: .relaxed)
  }
}
