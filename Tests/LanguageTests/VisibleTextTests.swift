import Language
import Testing

@Suite struct VisibleTextTests {
  @Test func everythingThatATerminalObeysIsShown() {
    #expect(
      VisibleText.lines("a\u{1B}[2Jb\r\u{8}\u{7F}\u{9B}31m")
        == #"a\u{1B}[2Jb\r\u{8}\u{7F}\u{9B}31m"#)
    #expect(
      VisibleText.lines("x\u{202E}y\u{2066}\u{200F}\u{61C}")
        == #"x\u{202E}y\u{2066}\u{200F}\u{61C}"#)
    for value: UInt32 in 0..<0xA0 {
      guard let scalar = Unicode.Scalar(value), value < 0x20 || value >= 0x7F else { continue }
      let text = VisibleText.line("a" + String(scalar))
      #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0x7F })
    }
  }

  @Test func linesStayLinesOnlyWhereTheyMay() {
    #expect(VisibleText.lines("a\n\tb\r\n") == "a\n\tb\\r\n")
    #expect(VisibleText.line("a\n\tb") == #"a\n\tb"#)
  }

  @Test func textThatIsTextStays() {
    for text in ["naïve 猫 👩‍👩‍👧 مرحبا שלום", "\u{301}", "a\u{200D}b"] {
      #expect(VisibleText.lines(text) == text)
    }
  }
}
