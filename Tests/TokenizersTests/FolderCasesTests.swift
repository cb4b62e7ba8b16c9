import Foundation
import TestSupport
import Testing
import Tokenizers

/// Folders whose small files decide what comes of a text, against ids of the transformers library.
@Suite struct FolderCasesTests {
  static let kinds = ["bare-roberta-files", "added-tokens-json", "tokenizer-config-flags"]
    .filter { SharedData.isAvailable("cases/\($0)/expected.json") }

  @Test(.enabled(if: kinds.count == 3), arguments: kinds)
  func idsAreThoseOfTheReference(kind: String) throws {
    let expected = try JSONDecoder().decode(
      [String: [String: [Int]]].self,
      from: Data(contentsOf: SharedData.url("cases/\(kind)/expected.json")))
    #expect(!expected.isEmpty)
    for (folder, texts) in expected {
      let tokenizer = try Tokenizer(contentsOf: SharedData.url("cases/\(kind)/\(folder)"))
      for (text, ids) in texts {
        var parts = [text]
        if text.hasPrefix("pair: ") {
          parts = text.dropFirst("pair: ".count).components(separatedBy: " / ")
        }
        let found = try tokenizer.encode(parts[0], pair: parts.count > 1 ? parts[1] : nil)
        #expect(found.ids == ids, "\(folder): \(text)")
      }
    }
  }
}
