import Language
import Testing

@Suite("Finding texts")
struct TextSearchTests {
  private func pieces(_ text: String, at part: String) throws -> [String] {
    try TextSearch(part).pieces(of: text, Interruption()).map(String.init)
  }

  @Test("cuts where a text is found, from left to right")
  func cuts() throws {
    #expect(try pieces("a, b, c", at: ", ") == ["a", "b", "c"])
    #expect(try pieces("aaaaa", at: "aa") == ["", "", "a"])
    #expect(try pieces("abababac", at: "abac") == ["abab", ""])
    #expect(try pieces("", at: "a") == [""])
    #expect(try pieces("abc", at: "") == ["abc"])
    #expect(try pieces("één kát, één", at: "é") == ["", "", "n kát, ", "", "n"])
    #expect(try pieces("x\r\ny", at: "\n") == ["x\r", "y"])
  }

  @Test("takes letters as they are read, not as they are stored")
  func letters() throws {
    #expect(try TextSearch("é").isFound(in: "cafe\u{301}", Interruption()))
    #expect(try TextSearch("e").isFound(in: "cafe\u{301}", Interruption()) == false)
    #expect(try TextSearch("e").isFound(in: "e\u{301}te", Interruption()))
    #expect(try TextSearch("").isFound(in: "", Interruption()))
  }

  @Test("agrees with the standard library on small texts")
  func agrees() throws {
    var state: UInt64 = 1
    func letters(_ count: Int) -> String {
      String(
        (0..<count).map { _ in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return ["a", "b", "é"][Int(state >> 33) % 3]
        })
    }
    for _ in 0..<300 {
      let (text, part) = (letters(12), letters(2))
      #expect(try TextSearch(part).isFound(in: text, Interruption()) == text.contains(part))
    }
  }

  @Test("stops when it is asked to")
  func stops() {
    let interruption = Interruption()
    interruption.request()
    #expect(throws: Failure.self) {
      try TextSearch("b").isFound(in: String(repeating: "a", count: 100), interruption)
    }
    #expect(throws: Failure.self) {
      try TextSearch("é").pieces(of: String(repeating: "a", count: 100), interruption)
    }
  }
}
