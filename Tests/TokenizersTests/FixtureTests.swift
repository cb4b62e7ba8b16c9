import Foundation
import TestSupport
import Testing
import Tokenizers

/// Small tokenizers of every kind, with what the `tokenizers` package makes of hard texts
/// (scripts/fixtures/tokenizers_fixtures.py).
@Suite struct FixtureTests {
  static let names = [
    "byte_level", "split_byte_level", "byte_fallback", "word_piece", "unigram", "suffixed",
    "added_tokens",
  ]

  static let folder = SharedData.projectRoot.appendingPathComponent("Tests/Fixtures/tokenizers")

  struct Fixture: Decodable {
    var size: Int
    var cases: [Case]
    var long: [LongCase]

    init(_ name: String) throws {
      try self.init(contentsOf: FixtureTests.folder.appendingPathComponent("\(name)/cases.json"))
    }

    init(contentsOf url: URL) throws {
      self = try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: url))
    }
  }

  struct Case: Decodable {
    var text: String
    var pair: String?
    var special: Bool
    var ids: [Int]
    var offsets: [Int]
    var types: [Int]
    var words: [Int]
    var decoded: String
    var decodedAll: String
  }

  struct LongCase: Decodable {
    var part: String
    var count: Int
    var ids: Int
    var checksum: Int
  }

  static func tokenizer(_ name: String) throws -> Tokenizer {
    try Tokenizer(contentsOf: folder.appendingPathComponent(name))
  }

  @Test(arguments: names) func encodesAndDecodesAsTheReference(_ name: String) throws {
    try Self.expect(Self.tokenizer(name), toGive: Fixture(name), name)
  }

  /// Expects a tokenizer to agree with the reference on every case.
  static func expect(_ tokenizer: Tokenizer, toGive fixture: Fixture, _ name: String) throws {
    #expect(tokenizer.vocabularySize == fixture.size)
    for expected in fixture.cases {
      let encoding = try tokenizer.encode(
        expected.text, pair: expected.pair, addSpecialTokens: expected.special)
      let comment: Comment = "\(name): \(expected.text.debugDescription)"
      #expect(encoding.ids == expected.ids, comment)
      let offsets = encoding.tokens.flatMap { [$0.offsets.lowerBound, $0.offsets.upperBound] }
      #expect(offsets == expected.offsets, comment)
      #expect(encoding.types == expected.types, comment)
      #expect(encoding.tokens.map { $0.wordIndex ?? -1 } == expected.words, comment)
      // Compared as bytes: strings that are canonically equivalent are not the same text.
      let decoded = tokenizer.decode(expected.ids)
      #expect(Array(decoded.utf8) == Array(expected.decoded.utf8), comment)
      let all = tokenizer.decode(expected.ids, skipSpecialTokens: false)
      #expect(Array(all.utf8) == Array(expected.decodedAll.utf8), comment)
    }
  }

  @Test(arguments: names) func streamsWhatItDecodes(_ name: String) throws {
    let tokenizer = try Self.tokenizer(name)
    for expected in try Fixture(name).cases where !expected.decoded.contains("\u{FFFD}") {
      var stream = StreamDecoder(tokenizer)
      let text = expected.ids.map { stream.append($0) }.joined() + stream.flush()
      #expect(text == expected.decoded, "\(name): \(expected.text.debugDescription)")
    }
  }

  @Test(arguments: names) func longTextsAreExactAndQuick(_ name: String) throws {
    let tokenizer = try Self.tokenizer(name)
    for expected in try Fixture(name).long {
      let text = String(repeating: expected.part, count: expected.count)
      let ids = try tokenizer.encode(text).ids
      #expect(ids.count == expected.ids, "\(name): \(expected.part.debugDescription)")
      let checksum = ids.reduce(0) { ($0 * 31 + $1) % 1_000_000_007 }
      #expect(checksum == expected.checksum, "\(name): \(expected.part.debugDescription)")
    }
  }

  @Test func originsTellTextFromTemplate() throws {
    let tokenizer = try Self.tokenizer("word_piece")
    let tokens = try tokenizer.encode("the boats", pair: "she").tokens
    let origins = tokens.map(\.origin)
    #expect(origins.first == .template)
    #expect(origins.last == .template)
    #expect(origins.contains(.text))
    #expect(origins.contains(.second))
    #expect(tokens.filter { $0.origin == .template }.allSatisfy { $0.offsets.isEmpty })
  }
}
