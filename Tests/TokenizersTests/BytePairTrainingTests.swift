import Foundation
import TestSupport
import Testing
import Tokenizers

/// Vocabularies learned from text, beside what the `tokenizers` package learns and encodes
/// (scripts/fixtures/byte_pair_fixtures.py).
@Suite struct BytePairTrainingTests {
  static let folder = SharedData.projectRoot.appendingPathComponent("Tests/Fixtures/byte_pair")

  struct Reference: Decodable {
    var corpus: [String]
    var pieces: [String]
    var merges: [[String]]

    init() throws {
      let url = BytePairTrainingTests.folder.appendingPathComponent("vocabulary.json")
      self = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
    }
  }

  /// What a tokenizer.json says about its model.
  struct TokenizerFile: Decodable {
    struct Model: Decodable {
      var vocab: [String: Int]
      var merges: [[String]]
    }
    var model: Model
  }

  static let english = [
    "the keeper of the cats sleeps near the river bank.", "the cats near the keeper sleep.",
    "it's 12 o'clock, and the keepers don't sleep!", "the child who sees the cats sings.",
  ]
  static let korean = [
    "강가의 고양이들이 잔다.", "고양이들을 보는 아이가 노래한다.", "사육사는 12 마리의 고양이를 본다.",
    "the 고양이는 강가에서 잔다 zz zz zz zz.", "아이들이 강가에서 노래한다.",
  ]

  static func vocabulary() throws -> BytePairVocabulary {
    let reference = try Reference()
    return try .trained(on: WordCounts(reference.corpus), size: 640)
  }

  static func write(
    _ vocabulary: BytePairVocabulary, _ template: TokenTemplate,
    to folder: TemporaryFolder
  ) throws -> Tokenizer {
    for (name, data) in try vocabulary.files(template: template, longestInput: 128) {
      try folder.write(name, data)
    }
    return try Tokenizer(contentsOf: folder.url)
  }

  @Test func learnsWhatTheReferenceLearns() throws {
    let reference = try Reference()
    let vocabulary = try Self.vocabulary()
    #expect(vocabulary.pieces == reference.pieces)
    let data = try #require(try vocabulary.files(template: .beginning)["tokenizer.json"])
    let file = try JSONDecoder().decode(TokenizerFile.self, from: data)
    #expect(file.model.merges == reference.merges)
    #expect(file.model.vocab.count == 640)
    #expect(file.model.vocab.allSatisfy { reference.pieces[$0.value] == $0.key })
  }

  @Test(arguments: TokenTemplate.allCases)
  func encodesAsTheReference(_ template: TokenTemplate) throws {
    let url = Self.folder.appendingPathComponent("\(template.rawValue).json")
    let fixture = try FixtureTests.Fixture(contentsOf: url)
    let vocabulary = try Self.vocabulary()
    let folder = try TemporaryFolder()
    let made = vocabulary.tokenizer(template: template)
    let loaded = try Self.write(vocabulary, template, to: folder)
    try FixtureTests.expect(made, toGive: fixture, "made, \(template.rawValue)")
    try FixtureTests.expect(loaded, toGive: fixture, "loaded, \(template.rawValue)")
    #expect(made.special == loaded.special)
    #expect(made.special.mask == 3)
    #expect(made.special.cls == (template == .bothEnds ? 0 : nil))
  }

  @Test func repeatedTrainingGivesTheSameBytes() throws {
    let first = try Self.vocabulary().files(template: .end)
    let second = try Self.vocabulary().files(template: .end)
    #expect(first == second)
  }

  @Test func countsOfWordsWeighAsMuchAsTheirText() throws {
    var counts = WordCounts()
    for text in Self.english { counts.add(text, times: 3) }
    let repeated = WordCounts(Self.english + Self.english + Self.english)
    let vocabulary = try BytePairVocabulary.trained(on: counts, size: 330)
    #expect(try vocabulary == BytePairVocabulary.trained(on: repeated, size: 330))
    #expect(vocabulary.pieces.contains("Ġkeeper"))
  }

  @Test func rarePairsAreNotMerged() throws {
    let words = WordCounts(["abab cd"])
    let vocabulary = try BytePairVocabulary.trained(on: words, size: 1000)
    #expect(Array(vocabulary.pieces[260...]) == ["ab"])
    let all = try BytePairVocabulary.trained(on: words, size: 1000, minimumCount: 1)
    #expect(Array(all.pieces[260...]) == ["ab", "cd", "Ġab", "Ġcd", "Ġabab"])
  }

  @Test func growingKeepsIdsAndEncodings() throws {
    let small = try BytePairVocabulary.trained(on: WordCounts(Self.english), size: 300)
    let grown = try small.grown(to: 360, over: WordCounts(Self.korean))
    #expect(grown.count > 320)
    #expect(Array(grown.pieces.prefix(small.count)) == small.pieces)
    let before = small.tokenizer(template: .bothEnds)
    let after = grown.tokenizer(template: .bothEnds)
    var generator = SystemRandomNumberGenerator()
    let ascii = (0x20...0x7E).map { Character(Unicode.Scalar(UInt8($0))) }
    let words = (Self.english + ["zz zz", "thezz", "12 zz."]).joined(separator: " ").split(
      separator: " ")
    for _ in 0..<300 {
      let text =
        (0..<8).map { _ in String(words.randomElement(using: &generator) ?? "") }
        .joined(separator: Bool.random() ? " " : "")
        + String((0..<12).map { _ in ascii.randomElement(using: &generator) ?? " " })
      #expect(try before.encode(text).ids == after.encode(text).ids, "\(text)")
    }
    // The text would have taught a merge of two letters that the first text does not hold.
    #expect(!grown.pieces.contains("zz"))
    for text in Self.korean {
      let ids = try after.encode(text).ids
      #expect(try ids.count < before.encode(text).ids.count)
      #expect(after.decode(ids) == " " + text)
    }
  }

  @Test func everyTextComesBack() throws {
    let tokenizer = try BytePairVocabulary.trained(on: WordCounts(Self.english), size: 300)
      .tokenizer(template: .beginning)
    for text in [" \u{0}\u{7F}\u{1F469}\u{200D}\u{1F467}\r\n", " e\u{301} \u{E9}", " 한\u{FFFD}"] {
      #expect(Array(tokenizer.decode(try tokenizer.encode(text).ids).utf8) == Array(text.utf8))
    }
  }

  @Test func refusesWhatCannotBe() throws {
    let words = WordCounts(Self.english)
    func problem(_ train: () throws(TokenizerError) -> BytePairVocabulary) -> String? {
      do throws(TokenizerError) {
        _ = try train()
      } catch {
        guard case .cannotTrain(let problem, _) = error else { return nil }
        return problem
      }
      return nil
    }
    let tooSmall = problem { () throws(TokenizerError) in try .trained(on: words, size: 259) }
    #expect(tooSmall?.contains("260 are there already") == true)
    let empty = problem { () throws(TokenizerError) in try .trained(on: WordCounts([""]), size: 300)
    }
    #expect(empty == "there is no text to learn merges from")
    let clash = problem { () throws(TokenizerError) in
      try .trained(on: words, size: 300, specials: SpecialPieces(mask: "<s>"))
    }
    #expect(clash?.contains("not all different") == true)
    let single = problem { () throws(TokenizerError) in
      try .trained(on: words, size: 300, specials: SpecialPieces(mask: "_"))
    }
    #expect(single == "a special piece is a single character")
  }

  /// The most frequent pairs are `ad` and then `pad`, which is taken.
  @Test func noMergeMakesASpecialPiece() throws {
    let words = WordCounts(Array(repeating: "xpad", count: 5))
    let vocabulary = try BytePairVocabulary.trained(
      on: words, size: 300, specials: SpecialPieces(padding: "pad"))
    #expect(vocabulary.pieces.contains("ad"))
    #expect(vocabulary.pieces.filter { $0 == "pad" }.count == 1)
  }
}
