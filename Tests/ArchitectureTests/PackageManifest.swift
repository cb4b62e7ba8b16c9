import Foundation
import TestSupport

/// Package.swift, as far as the seams are in it.
struct PackageManifest {
  /// Each target with its dependencies, test targets included.
  let dependencies: [String: Set<String>]

  init() throws {
    let place = SharedData.projectRoot.appendingPathComponent("Package.swift")
    self.init(text: try String(contentsOf: place, encoding: .utf8))
  }

  /// Reads the calls `.target(…)`, `.executableTarget(…)`, `.testTarget(…)` and `.systemLibrary(…)`.
  init(text: String) {
    let code = text.split(separator: "\n").filter { !$0.contains(/^\s*\/\//) }
      .joined(separator: "\n")
    var dependencies: [String: Set<String>] = [:]
    let call = /\.(?:target|executableTarget|testTarget|systemLibrary)\(/
    for call in code.split(separator: call, omittingEmptySubsequences: false).dropFirst() {
      guard let name = call.firstMatch(of: /name: "([\w-]+)"/) else { continue }
      let list = call.firstMatch(of: /dependencies: \[([^\]]*)\]/).map { $0.1 } ?? ""
      dependencies[String(name.1)] = Set(list.matches(of: /"([\w-]+)"/).map { String($0.1) })
    }
    self.dependencies = dependencies
  }
}
