import Foundation
import Testing

@testable import Tokenizers

/// Single stages against what the `tokenizers` package makes of the same text
/// (scripts/fixtures/tokenizers_fixtures.py).
@Suite struct StageTests {
  /// The fixture file, read with the reader under test.
  static func fixture() throws -> JSONSection {
    let url = FixtureTests.folder.appendingPathComponent("stages.json")
    var reader = try JSONReader(contentsOf: url)
    return JSONSection(file: "stages.json", place: "", value: try reader.value())
  }

  @Test func normalizers() throws {
    let fixture = try Self.fixture()
    let text = try fixture.string("text")
    for entry in try fixture.required("normalizers").elements() {
      let (stage, expected) = (try entry.elements()[0], try entry.elements()[1])
      var aligned = AlignedText(text)
      try stage.normalizer().normalize(&aligned)
      #expect(aligned.scalars == Array(try expected.string().unicodeScalars), "\(stage.value)")
      #expect(aligned.sources.count == aligned.scalars.count)
    }
  }

  @Test func preTokenizers() throws {
    let fixture = try Self.fixture()
    let text = try fixture.string("text")
    for entry in try fixture.required("preTokenizers").elements() {
      let (stage, expected) = (try entry.elements()[0], try entry.elements()[1])
      var split = SplitText()
      let aligned = AlignedText(text)
      split.append(aligned, 0..<aligned.scalars.count)
      try stage.preTokenizer().split(&split)
      let expectedParts = try expected.elements().map { try $0.elements() }
      #expect(split.splits.count == expectedParts.count, "\(stage.value)")
      for (part, expected) in zip(split.splits, expectedParts) {
        let scalars = Array(split.text.scalars[part.range])
        #expect(scalars == Array(try expected[0].string().unicodeScalars), "\(stage.value)")
        let start = Int(split.text.sources[part.range.lowerBound].start)
        let end = Int(split.text.sources[part.range.upperBound - 1].end)
        let expectedRange = [try expected[1].count(), try expected[2].count()]
        #expect([start, end] == expectedRange, "\(stage.value)")
      }
    }
  }

  @Test func decoders() throws {
    let fixture = try Self.fixture()
    let pieces = try fixture.required("pieces").elements().map { Array(try $0.string().utf8) }
    for entry in try fixture.required("decoders").elements() {
      let (stage, expected) = (try entry.elements()[0], try entry.elements()[1])
      let decoded = Array(try stage.decoder().decode(pieces).joined())
      #expect(decoded == Array(try expected.string().utf8), "\(stage.value)")
    }
  }
}
