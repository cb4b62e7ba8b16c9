import Foundation
import TestSupport
import Testing

/// The codes of failures, as the sources throw them and as the documentation lists them.
@Suite struct CodeTests {
  private let thrown = ["Failure(", "Fault("]
  /// A `return` and an `exit` on their way out, which nobody sees.
  private let unseen: Set = ["returned", "left"]
  private let lists = ["docs/errors.md", "docs/language.md"]

  @Test func everyCodeIsDocumented() throws {
    var documented: Set<String> = []
    for path in lists {
      let url = SharedData.projectRoot.appendingPathComponent(path)
      for line in try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
      where line.hasPrefix("| `") {
        documented.insert(String(line.dropFirst(3).prefix { $0 != "`" }))
      }
    }
    var found: Set<String> = []
    for file in try SourceFile.all(below: "Sources") { found.formUnion(codes(in: file.text)) }
    #expect(found.count > 50)
    #expect(found.subtracting(documented) == unseen)
  }

  /// The texts that stand first in the brackets of what is thrown, where they look like codes.
  private func codes(in text: String) -> Set<String> {
    var codes: Set<String> = []
    for opening in thrown {
      for part in text.components(separatedBy: opening).dropFirst() {
        let inner = part.drop { $0.isWhitespace }
        guard inner.first == "\"" else { continue }
        let code = inner.dropFirst().prefix { $0 != "\"" }
        if code.allSatisfy({ $0 == "-" || $0.isLetter && $0.isLowercase || $0.isNumber }) {
          codes.insert(String(code))
        }
      }
    }
    return codes
  }
}
