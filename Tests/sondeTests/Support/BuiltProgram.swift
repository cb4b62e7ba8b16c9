import Foundation

/// The program, which lies where the tests do.
enum BuiltProgram {
  static let url = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appendingPathComponent("sonde")
}
