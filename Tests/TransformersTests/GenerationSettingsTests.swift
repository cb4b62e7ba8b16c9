import Foundation
import TestSupport
import Testing
import Transformers

/// Settings of generation, against the greedy ids that transformers writes with them.
@Suite struct GenerationSettingsTests {
  private static let place = "cases/generation-settings"

  /// What is expected of one checkpoint.
  private struct Case: Decodable {
    var source: [Int]?
    var prompt: [Int]?
    var count: Int
    var whole: [Int]?
    var started: [Int]?
    var new: [Int]?

    enum CodingKeys: String, CodingKey {
      case source = "source ids"
      case prompt = "prompt ids"
      case count = "max_new_tokens"
      case whole = "greedy"
      case started = "greedy, with the start token"
      case new = "greedy, new ids"
    }
  }

  @Test(.enabled(if: SharedData.isAvailable("cases/generation-settings/expected.json")))
  func writesWhatTheReferenceWrites() throws {
    let file = SharedData.url("\(Self.place)/expected.json")
    let cases = try JSONDecoder().decode([String: Case].self, from: Data(contentsOf: file))
    #expect(cases.count > 10)
    for (name, expected) in cases.sorted(by: { $0.key < $1.key }) {
      let model = try Model(contentsOf: SharedData.url("\(Self.place)/\(name)"))
      let settings = model.generation
      let ids = expected.prompt ?? [settings.startToken].compactMap { $0 }
      for isCached in [true, false] {
        let result = try model.runtime(.single).generate(
          GenerationRequest(
            ids: ids, source: expected.source, count: expected.count, rules: settings.rules,
            isCached: isCached)
        ) { _ in }
        // The reference keeps the end token; the sequence ends with it.
        let whole = expected.whole ?? expected.started
        let new = whole.map { Array($0.dropFirst()) } ?? expected.new ?? []
        let found = result.ids + (result.end == .endToken ? [new.last ?? -1] : [])
        #expect(found == new, "\(name)")
        if result.end == .endToken { #expect(settings.endTokens.contains(new.last ?? -1)) }
        if let whole { #expect(settings.startToken == whole.first, "\(name)") }
      }
    }
  }
}
