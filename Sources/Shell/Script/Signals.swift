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

  /// Both ends of a pipe that the handler writes to, so that whoever waits for a key wakes up;
  /// written once, before the handler is set.
  private nonisolated(unsafe) static var pipe: (out: Int32, in: Int32) = (-1, -1)

  /// What is readable once Ctrl-C was pressed, until the request is taken.
  static var wake: Int32 { pipe.out }

  /// The flag that Ctrl-C sets.
  static var interruption: Interruption { target }

  /// Ctrl-C sets the flag and nothing else; a script that does not look at it is ended by the third
  /// one.
  ///
  /// System calls are not restarted, so that waiting for a key ends too.
  static func install(isInteractive interactive: Bool) {
    target.clear()
    unblock()
    if interactive { openPipe() }
    isInteractive.store(interactive, ordering: .relaxed)
    var action = sigaction()
    sigemptyset(&action.sa_mask)
    action.__sigaction_handler.sa_handler = { _ in
      Signals.target.request()
      var byte: UInt8 = 0
      if Signals.pipe.in >= 0 { write(Signals.pipe.in, &byte, 1) }
      let count = Signals.requests.add(1, ordering: .relaxed).newValue
      if count > 2, !Signals.isInteractive.load(ordering: .relaxed) { _exit(130) }
    }
    sigaction(SIGINT, &action, nil)
    // A limit on the size of files is an error of the write, as a full disk is.
    signal(SIGXFSZ, SIG_IGN)
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

  /// Lets signals through that whoever started the program had blocked, as threads of some runtimes do.
  private static func unblock() {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT, SIGWINCH, SIGPIPE] {
      sigaddset(&signals, number)
    }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  private static func openPipe() {
    var ends: [Int32] = [-1, -1]
    guard pipe.out < 0, Glibc.pipe(&ends) == 0 else { return }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    pipe = (ends[0], ends[1])
  }

  /// Whether Ctrl-C was pressed since it was last asked.
  static func takeRequest() -> Bool {
    guard target.isRequested else { return false }
    clear()
    return true
  }

  /// Forgets earlier requests, before the next entry runs.
  static func clear() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while pipe.out >= 0, read(pipe.out, &bytes, bytes.count) > 0 {}
    target.clear()
    requests.store(0, ordering: .relaxed)
  }
}
