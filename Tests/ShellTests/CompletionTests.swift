import Foundation
import Language
import Testing

@testable import Shell

@Suite struct CompletionTests {
  struct Addresses: CompletionSource {
    func offers(for place: CompletionPlace) -> [CompletionOffer] {
      let texts =
        switch (place.kind, place.subject) {
        case ("address", _): ["L0", "L1", "L1.H0"]
        case ("position", .string(let text)?) where !place.isInString:
          text.indices.enumerated().map { "@\($0.offset)" }
        case ("position", .string(let text)?): text.split(separator: " ").map(String.init)
        default: [String]()
        }
      return texts.filter { $0.hasPrefix(place.prefix) }.map { CompletionOffer($0) }
    }
  }

  func complete(_ text: String, folder: String = "/nowhere") -> Completion {
    Completer(
      registry: Registry(Toys.commands),
      bindings: [
        ("prompt", .string("x")), ("record", .record(("name", .null), ("note", .null))),
        ("t", .table(Table([Table.Column("token", []), Table.Column("logit", [])]))),
      ],
      source: Addresses(), folder: folder
    ).completion(text, cursor: text.utf8.count)
  }

  func texts(_ text: String) -> [String] { complete(text).candidates.map(\.text) }

  @Test func offersCommandsNamesAndAddressesAtTheStart() {
    #expect(texts("dou") == ["double"])
    #expect(complete("dou").insertion == "ble ")
    #expect(texts("p").filter { !$0.isEmpty } == ["paint", "pick", "print", "prompt"])
    #expect(complete("prin").insertion == "t ")
    #expect(texts("L1") == ["L1", "L1.H0"])
  }

  @Test(arguments: ["1 | dou", "let x = dou", "f(1)\ndou", "{ it => dou", "(dou", "x; dou"])
  func everyStageStartsAnew(text: String) { #expect(texts(text).contains("double")) }

  @Test func offersParametersOfTheCommandAtHand() {
    #expect(complete("double ").candidates.first?.text == "n:")
    #expect(texts("double 3 ti") == ["times:"])
    #expect(complete("double 3 ti").insertion == "mes: ")
    #expect(!texts("double times: 3 ").contains("times:"))
    #expect(texts("double(3, ti") == ["times:"])
  }

  @Test func offersChoices() {
    #expect(texts("paint \"r") == ["red"])
    #expect(complete("paint \"r").insertion == "ed\"")
    #expect(texts("paint colour: \"") == ["green", "red"])
    #expect(texts("paint \"").allSatisfy { ["green", "red"].contains($0) })
    #expect(texts("paint colour: ").contains("\"red\""))
  }

  @Test func offersFields() { #expect(texts("print record.n") == ["record.name", "record.note"]) }

  @Test func offersAddressesAsOperands() {
    #expect(texts("print L1.") == ["L1.H0"])
    #expect(texts("print x L") == ["L0", "L1", "L1.H0"])
  }

  @Test func offersColumnsOfTheTableAtHand() {
    #expect(texts("t | pick \"") == ["logit", "token"])
    #expect(texts("pick t \"lo") == ["logit"])
    #expect(texts("t | double | pick column: \"") == ["logit", "token"])
    #expect(texts("t | pick { it.") == ["it.logit", "it.token"])
    #expect(texts("record | pick \"") == [])
  }

  @Test func offersPositionsOfThePromptAtHand() {
    #expect(texts("print \"ab\" @") == ["@0", "@1"])
    #expect(texts("print prompt @") == ["@0"])
    #expect(texts("print \"ab cd\" @\"c") == ["cd"])
  }

  @Test func insertsWhatAllHaveInCommon() { #expect(complete("print re").insertion == "cord") }

  @Test func staysOutOfComments() { #expect(texts("# dou") == []) }

  @Test func offersFilesInStrings() throws {
    try Toys.withFolder { folder in
      _ = FileManager.default.createFile(atPath: folder + "/notes.md", contents: nil)
      try FileManager.default.createDirectory(
        atPath: folder + "/models", withIntermediateDirectories: false)
      #expect(complete("print \"no", folder: folder).insertion == "tes.md\"")
      #expect(complete("print 'mo", folder: folder).insertion == "dels/")
      #expect(complete("print \"a\" \"no", folder: folder).insertion == "tes.md\"")
      #expect(complete("print \"\(folder)/no").insertion == "tes.md\"")
      #expect(
        complete("print \"", folder: folder).candidates.map(\.text) == ["models/", "notes.md"])
    }
  }

  @Test func hintsAtTheSignature() {
    let completer = Completer(
      registry: Registry(Toys.commands), bindings: [], source: NoCompletions(), folder: "/")
    #expect(completer.hint("double 3", cursor: 8) == "double(n, times: 1)")
    #expect(completer.hint("1 | double ", cursor: 11) == "double(n, times: 1)")
    #expect(completer.hint("unknown 3", cursor: 9) == "")
    #expect(completer.hint("double 3 | print ", cursor: 17) == "print(values…)")
  }
}
