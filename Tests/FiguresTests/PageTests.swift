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
      number: 0, heads: [0, 1],
      weights: Array(repeating: 1 / Float(size), count: 2 * size * size))
    side.changes = [[0.5, .nan]]
    return AttentionPage(
      title: Self.hostile[4], text: Self.hostile.joined(), notes: Self.hostile,
      metric: (Self.hostile[2], 1), sides: [side])
  }

  @Test func textEndsNoElement() throws {
    let html = page.html
    func count(_ text: String) -> Int { html.components(separatedBy: text).count - 1 }
    #expect(count("<script") == 4)
    #expect(count("</script>") == 4)
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

  /// The vectors of a text, read as the page's script reads them.
  private func vectors(_ text: String, width: Int) throws -> [[Double]] {
    let bytes = [UInt8](try #require(Data(base64Encoded: text)))
    return stride(from: 0, to: bytes.count, by: width + 4).map { start in
      let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << (8 * UInt32($1)) }
      let largest = Double(Float(bitPattern: bits))
      return (0..<width).map { largest * Double(Int8(bitPattern: bytes[start + 4 + $0])) / 127 }
    }
  }

  @Test func queriesAndKeysAreKept() throws {
    // Two positions of three heads in two groups, with rows of zeros and of one large number.
    let queries: [Float] = [1, -2, 0.5, 0.25, 0, 0, 3, 1e6, -1, 2, 7, -7]
    let keys: [Float] = [1, 2, 3, 4, -5, 6, .nan, 8]
    let neurons = AttentionPage.Neurons(
      queries: queries, keys: keys, headCount: 3, groupCount: 2, width: 2,
      heads: [(0, 0), (2, 1)], scale: 0.5, isCausal: true, note: "")
    #expect(neurons.groups == [0, 1])
    #expect(neurons.queries.count == 2 && neurons.keys.count == 2)
    func check(_ text: String, _ expected: [[Double]]) throws {
      let found = try vectors(text, width: 2)
      #expect(found.count == expected.count)
      for (vector, wanted) in zip(found, expected) {
        let step = (wanted.map(abs).max() ?? 0) / 127
        #expect(zip(vector, wanted).allSatisfy { abs($0 - $1) <= step / 2 + 1e-9 })
      }
    }
    try check(neurons.queries[0], [[1, -2], [3, 1e6]])
    try check(neurons.queries[1], [[0, 0], [7, -7]])
    try check(neurons.keys[0], [[1, 2], [-5, 6]])
    try check(neurons.keys[1], [[3, 4], [0, 8]])
    let size = AttentionPage.Neurons.size(tokens: 2, width: 2)
    #expect(neurons.queries[0].count + neurons.keys[0].count <= size + 8)
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
