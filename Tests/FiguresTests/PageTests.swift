import Foundation
import Language
import Testing

@testable import Figures

/// Pages hold any text without being changed by it.
@Suite struct PageTests {
  static let hostile = [
    "</script>", "<!--", "<script>", "]]>", "\"><img src=x onerror=alert(1)>", "&amp;", "\0",
    "\u{202E}abc", "\u{301}", " שלום", "\u{200B}", "\n", "\t", "", " ", "🏳️‍🌈", "\u{FFFE}",
    "\u{2028}", "'", "\\u003c", "{it}", "𝕏",
  ]

  private var page: AttentionPage {
    let tokens = Self.hostile.map { AttentionPage.Token(text: $0) }
    var side = AttentionPage.Side(name: Self.hostile[0], queries: tokens, keys: tokens)
    let size = tokens.count
    side.addLayer(
      heads: 2, weights: Array(repeating: 1 / Float(size), count: 2 * size * size))
    side.changes = [[0.5, .nan]]
    return AttentionPage(
      title: Self.hostile[4], text: Self.hostile.joined(), notes: Self.hostile,
      metric: (Self.hostile[2], 1), sides: [side])
  }

  @Test func textEndsNoElement() throws {
    let html = page.html
    func count(_ text: String) -> Int { html.components(separatedBy: text).count - 1 }
    #expect(count("<script") == 3)
    #expect(count("</script>") == 3)
    #expect(count("<!--") == 0)
    #expect(count("<img") == 0)
    #expect(!html.contains("\0"))
    #expect(!html.contains("\u{202E}abc</p>"))
  }

  @Test func tokensComeThroughAsTheyAre() throws {
    let html = page.html
    let start = try #require(html.range(of: "id=\"facts\">"))
    let end = try #require(html.range(of: "</script>", range: start.upperBound..<html.endIndex))
    let json = Data(html[start.upperBound..<end.lowerBound].utf8)
    let facts = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
    let side = try #require((facts["sides"] as? [[String: Any]])?.first)
    let queries = try #require(side["queries"] as? [[Any]])
    #expect(queries.compactMap { $0[0] as? String } == Self.hostile)
    #expect(side["name"] as? String == Self.hostile[0])
  }

  @Test func nothingComesFromElsewhere() {
    let html = page.html
    for word in [
      "http:", "https:", "<link rel=\"stylesheet", "@import", "url(", "fetch(", "XMLHttp",
      "import(",
    ] {
      #expect(!html.contains(word), "\(word)")
    }
    #expect(html.contains("default-src 'none'"))
  }
}
