import Faults
import Foundation
import TestSupport
import Testing

@testable import Corpora

/// Files that are read as others read them.
@Suite struct SharedCaseTests {
  @Test(
    .enabled(if: SharedData.isAvailable("cases/conllu-spaces/sp_2003.conllu")),
    arguments: ["1680", "2003", "2009", "2028", "202f", "205f"])
  func anySpaceOfUnicodeStandsBetweenWords(code: String) throws {
    let file = try Data(contentsOf: SharedData.url("cases/conllu-spaces/sp_\(code).conllu"))
    let text = try Scratch().open(file, "t.conllu").text(at: 0)
    #expect(text.words.map { $0.text } == ["Bonjour", "!"])
    #expect(text.words[1].range == 10..<11)
  }

  /// What Python's `str.isspace` says of each, by which the validator of Universal Dependencies goes.
  @Test(arguments: [
    0x09, 0x1C, 0x1F, 0x20, 0x85, 0xA0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2004, 0x2005, 0x2006,
    0x2007, 0x2008, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000,
  ])
  func everySpaceIsOne(code: Int) throws {
    let texts = try Scratch().open(try sentence(code), "t.conllu")
    #expect(try texts.text(at: 0).words.map { $0.text } == ["Bonjour", "!"])
  }

  @Test(arguments: [0x200B, 0x2060, 0xFEFF, 0x180E])
  func whatHasNoWidthIsNoSpace(code: Int) throws {
    #expect(try Scratch().fault(try sentence(code), "t.conllu").code == "misaligned")
  }

  private func sentence(_ code: Int) throws -> String {
    let space = try #require(Unicode.Scalar(UInt32(code)))
    return """
      # text = Bonjour\(Character(space))!
      1\tBonjour\t_\tX\t_\t_\t0\troot\t_\t_
      2\t!\t_\tX\t_\t_\t1\tpunct\t_\t_


      """
  }

  @Test(.enabled(if: SharedData.isAvailable("cases/jsonl-large-numbers/ids.jsonl")))
  func longNumbersOfLinesKeepTheirDigits() throws {
    let file = try Data(contentsOf: SharedData.url("cases/jsonl-large-numbers/ids.jsonl"))
    let texts = try Scratch().open(file, "t.jsonl")
    let ids = try (0..<3).map { try texts.text(at: $0).columns["id"] }
    #expect(ids == ["9007199254740992", "9007199254740993", "12345678901234567890"])
  }

  @Test(arguments: [
    (#""a \" 12345678901234567890 \\", "id": -12345678901234567890"#, "-12345678901234567890"),
    (
      #""a", "id": 1234567890123456789012345678901234567890"#,
      "1234567890123456789012345678901234567890"
    ),
    (#""a", "id": 12"#, "12"), (#""a", "id": 1.5"#, "1.5"), (#""a", "id": 1e3"#, "1000"),
    (#""a", "id": "007""#, "007"), (#""a", "id": 0.12345678901234567890"#, "0.12345678901234568"),
  ])
  func numbersOfLinesAreWhatWasWritten(fields: String, id: String) throws {
    let texts = try Scratch().open("{\"text\": \(fields)}\n", "t.jsonl")
    #expect(try texts.text(at: 0).columns["id"] == id)
  }
}
