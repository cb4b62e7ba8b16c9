import Testing

@testable import Tokenizers

/// Regular expressions, as Oniguruma's Ruby syntax means them.
@Suite struct PatternTests {
  static let cases: [(pattern: String, text: String, matches: [String])] = [
    (#"a+?b|a"#, "aab a", ["aab", "a"]),
    (#"(?:ab|a)(?:c|bcd)?"#, "abcd", ["abc"]),
    (#"\p{N}{1,3}"#, "1234567", ["123", "456", "7"]),
    (#"\s+(?!\S)|\s+"#, "a   b ", ["  ", " ", " "]),
    (#"(?i:'s|'t)"#, "'S 'ſ 't", ["'S", "'ſ", "'t"]),
    (#"[^\W\d_]+"#, "ab1_é", ["ab", "é"]),
    (#"[\p{Han}&&[^一]]+"#, "中一文", ["中", "文"]),
    (#"(?<=a)b|(?<!a)c"#, "abcbc ac", ["b", "c", "c"]),
    (#"a++b|(?>a+)c"#, "aab aac", ["aab", "aac"]),
    (#"^x|x$"#, "x\nxx", ["x", "x", "x"]),
    (#"(?m).+"#, "a\nb", ["a\nb"]),
    (#".+"#, "a\nb", ["a", "b"]),
    (#"\bw\w*\B."#, "word w", ["word"]),
    (#"x{2}|x{,1}y|z{1,}"#, "xxxy zz", ["xx", "xy", "zz"]),
    (#"[a\-c\]]+|\x41|\u0042|\x{1F600}"#, "a-c]AB😀", ["a-c]", "A", "B", "😀"]),
    (#"(a*)*b"#, "aab", ["aab"]),
    (#"(?x) a b # comment"#, "ab", ["ab"]),
    (#"{|}"#, "{}", ["{", "}"]),
    (#"\h+[[:punct:]]"#, "beef! xyz", ["beef!"]),
  ]

  @Test(arguments: cases.indices) func finds(_ index: Int) throws {
    let (source, text, expected) = Self.cases[index]
    let pattern = try Pattern(expression: source)
    let scalars = Array(text.unicodeScalars)
    let matches = try pattern.matches(in: scalars, 0..<scalars.count)
    let found = matches.map { range in
      String(String.UnicodeScalarView(scalars[range]))
    }
    #expect(found == expected, "\(source)")
  }

  @Test(arguments: [
    "(", ")", "[a", "a**+?{", "*", "[b-a]", #"\p{Nonsense}"#, #"\1"#, "(?<=a+)b", "a{5000}",
    #"\"#, "(?z)", "(((a{900}){900}){900})", #"\x{110000}"#, "[[:nothing:]]",
  ])
  func refuses(_ source: String) {
    if source == "a**+?{" {
      #expect(throws: Never.self) { try Pattern(expression: source) }
    } else {
      #expect(throws: PatternError.self) { try Pattern(expression: source) }
    }
  }

  @Test func deepNestingIsRefused() {
    let source = String(repeating: "(", count: 10_000) + String(repeating: ")", count: 10_000)
    #expect(throws: PatternError.self) { try Pattern(expression: source) }
    #expect(throws: PatternError.self) {
      try Pattern(expression: String(repeating: "[", count: 10_000))
    }
  }

  @Test func anExplosionEndsInAnError() throws {
    let pattern = try Pattern(expression: "(a+)+$")
    let scalars = Array(String(repeating: "a", count: 60).unicodeScalars) + ["b"]
    #expect(throws: TokenizerError.self) {
      try pattern.matches(in: scalars, 0..<scalars.count)
    }
  }
}
