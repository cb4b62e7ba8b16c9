import Foundation
import Language
import Testing

/// Any text at all parses or gives a diagnostic with a span inside it.
@Suite("Damaged text")
struct FuzzTests {
  private static let interpreter = Toy().interpreter

  /// Pieces of a text that are roughly its tokens, with the spaces before them.
  private static func tokens(_ text: String) -> [String] {
    var tokens: [String] = []
    var current = ""
    var last: Character = " "
    func kind(_ character: Character) -> Int {
      character.isLetter || character.isNumber || character == "_"
        ? 0 : character.isWhitespace ? 1 : 2
    }
    for character in text {
      if !current.isEmpty, kind(character) != kind(last) || kind(character) == 2 {
        tokens.append(current)
        current = ""
      }
      current.append(character)
      last = character
    }
    tokens.append(current)
    return tokens
  }

  private static let replacements = [
    "(", ")", "[", "]", "{", "}", "|", ",", ":", ";", ".", "..", "@", "=", "=>", "-", "**", "\"",
    "'", "\"\"\"", "\\", "1", "x", "L1", "L", "let", "if", "else", "in", "not", "return", "\n", "é",
  ]

  private static func check(_ text: String) {
    let source = Source(name: "damaged", text: text)
    for diagnostic in interpreter.check(source) {
      guard let location = diagnostic.location else {
        Issue.record("\(diagnostic.code) has no place in \(text)")
        continue
      }
      #expect(location.span.end <= source.bytes.count && location.span.start >= 0)
      #expect(!DiagnosticText(isColoured: true).text(diagnostic).isEmpty)
    }
  }

  @Test("a token is deleted, doubled or replaced", arguments: Array(Script.all.enumerated()))
  func mutated(_ numbered: (offset: Int, element: Script)) {
    let tokens = Self.tokens(numbered.element.text)
    for place in tokens.indices {
      var shorter = tokens
      shorter.remove(at: place)
      Self.check(shorter.joined())
      var longer = tokens
      longer.insert(tokens[place], at: place)
      Self.check(longer.joined())
      var changed = tokens
      let choice = (numbered.offset * 7 + place * 3) % Self.replacements.count
      changed[place] = Self.replacements[choice]
      Self.check(changed.joined())
    }
  }

  @Test("a text ends anywhere", arguments: Array(Script.all.prefix(30)))
  func cut(_ script: Script) {
    for end in script.text.indices { Self.check(String(script.text[..<end])) }
  }

  @Test("random bytes")
  func bytes() {
    var random = SplitMix(state: 7)
    for round in 0..<200 {
      let bytes = (0..<(round % 200)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      let source = Source(name: "bytes", bytes: bytes)
      for diagnostic in Self.interpreter.check(source) {
        #expect((diagnostic.location?.span.end ?? .max) <= bytes.count)
        #expect(!DiagnosticText().text(diagnostic).isEmpty)
      }
    }
  }

  @Test("bytes that are not UTF-8 are told of, wherever they stand")
  func encoding() {
    for (before, behind) in [("", ""), ("# ", ""), ("\"", "\""), ("let x = ", ""), ("abc", "")] {
      let bytes = Array(before.utf8) + [0xC3, 0x28] + Array(behind.utf8)
      let source = Source(name: "bytes", bytes: bytes)
      #expect(Self.interpreter.check(source).contains { $0.code == "not-utf8" })
    }
  }

  @Test("random tokens run without a trap")
  func running() {
    var random = SplitMix(state: 11)
    let words =
      Self.replacements + [
        " ", " ", " ", "print ", "abs ", "heads()", "[1, 2]", "{ it }", "2..5", "@2", "zero(L1)",
        "grid(2, 2)", "with ", "try ", "catch e ", "fn f(x) ", "f ", "for y in ", "true", "null",
        "+", "*", "% ", "== ", "{a: 1}", "each", "first ", "sum ", "n", "_",
      ]
    for _ in 0..<400 {
      let toy = Toy()
      let count = Int(random.next() % 12) + 1
      let text = (0..<count).map { _ in words[Int(random.next() % UInt64(words.count))] }.joined()
      let outcome = toy.run(text)
      for error in outcome.errors { #expect(error.location != nil, "\(text)") }
    }
  }
}

/// A small generator that gives the same numbers everywhere.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
