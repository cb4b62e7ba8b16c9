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
    // At the prompt a pager that its reader leaves must not end the session.
    if interactive { signal(SIGPIPE, SIG_IGN) }
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
