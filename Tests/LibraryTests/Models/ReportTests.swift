import Foundation
import Language
import TestSupport
import Testing

@testable import Library

@Suite struct ReportTests {
  private let folder: TemporaryFolder
  private let bench: Bench

  init() throws {
    folder = try TemporaryFolder()
    bench = Bench(folder: folder.url)
  }

  /// What the page's script reads.
  private func facts(_ name: String) throws -> [String: Any] {
    let html = try String(contentsOf: folder.url.appendingPathComponent(name), encoding: .utf8)
    let start = try #require(html.range(of: "id=\"facts\">"))
    let end = try #require(html.range(of: "</script>", range: start.upperBound..<html.endIndex))
    let json = Data(html[start.upperBound..<end.lowerBound].utf8)
    return try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
  }

  private func sides(_ name: String) throws -> [[String: Any]] {
    try #require(try facts(name)["sides"] as? [[String: Any]])
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOf: folder.url.appendingPathComponent(name), encoding: .utf8)
  }

  @Test func changesAreThoseOfASweep() throws {
    #expect(
      bench.text(#"load "tiny-lm"; report attention (prompt "the dog sees") to: "a.html""#) == "")
    let changes = try #require(try sides("a.html")[0]["changes"] as? [[Double]]).flatMap { $0 }
    let sweep = bench.value(
      #"(sweep (prompt "the dog sees") over: heads() do: zero measure: loss).change"#)
    let expected = try #require(sweep.flatMap { try? [Double].from($0) })
    #expect(changes.count == 16)
    #expect(zip(changes, expected).allSatisfy { abs($0 - $1) < 1e-9 })
    #expect(try facts("a.html")["metric"] as? String == "loss")
  }

  @Test func aTextOrAPipeWillDo() throws {
    #expect(bench.text(#"load "random-tiny"; "the cat" | report attention to: "a.html""#) == "")
    let queries = try sides("a.html")[0]["queries"] as? [[Any]]
    #expect(queries?.count == 7)
  }

  @Test func aMetricMayBeGiven() throws {
    bench.run(#"load "random-tiny"; report attention "cat" to: "a.html" measure: (logit "s")"#)
    #expect((try facts("a.html")["metric"] as? String)?.hasPrefix("logit") == true)
    #expect(
      bench.text(#"report attention "cat" to: "b.html" measure: [loss, kl]"#)
        .hasPrefix("wrong-type"))
    #expect(
      bench.text(#"report attention "cat" to: "b.html" measure: (logit "nowhere at all")"#)
        .hasPrefix("several-tokens"))
  }

  @Test func whatHasNoLossSaysSo() throws {
    bench.run(#"load "tiny-mlm"; report attention (prompt "the dog" pair: "a cat") to: "a.html""#)
    #expect(try sides("a.html")[0]["changes"] as? [[Double]] == [])
    #expect(try text("a.html").contains("No head was switched off"))
    let queries = try #require(try sides("a.html")[0]["queries"] as? [[Any]])
    let special = queries.map { $0[1] as? Int }
    let sentences = queries.map { $0[2] as? Int }
    #expect(special.first == 1 && special.last == 1)
    #expect(sentences.contains(0) && sentences.contains(1))
    bench.run(#"report attention (mask (prompt "the dog") @1) to: "b.html""#)
    #expect((try sides("b.html")[0]["changes"] as? [[Double]])?.count == 4)
  }

  @Test func threeAttentionsOfATranslator() throws {
    bench.run(
      #"load "tiny-mt"; report attention (prompt "the dog sleeps" target_ids: [5, 6]) to: "a.html""#
    )
    let sides = try sides("a.html")
    #expect(sides.map { $0["prefix"] as? String } == ["enc.", "dec.", "dec."])
    #expect(sides.map { $0["infix"] as? String } == ["", "", "cross."])
    let counts = sides.map { side in
      ["queries", "keys"].map { (side[$0] as? [Any])?.count ?? 0 }
    }
    #expect(counts[1] == [3, 3])
    #expect(counts[2] == [3, counts[0][0]])
    #expect(sides.allSatisfy { ($0["changes"] as? [[Double]])?.isEmpty == false })
  }

  @Test func imagesHaveTokensToo() throws {
    let place = SharedData.projectRoot.appendingPathComponent("Tests/Fixtures/Stacks/vit-oblong")
      .path
    let result = bench.run(
      """
      load "\(place)"
      let images = read_tensor "\(place)/reference.safetensors" name: "pixel_values"
      report attention (prompt image: images[0]) to: "a.html" measure: entropy
      """)
    #expect(result.isSuccess)
    let queries = try #require(try sides("a.html")[0]["queries"] as? [[Any]])
    #expect(queries.compactMap { $0[0] as? String }.prefix(2) == ["[CLS]", "0,0"])
    #expect(queries.compactMap { $0[1] as? Int } == [1, 0, 0, 0, 0, 0, 0])
    #expect(try facts("a.html")["metric"] as? String == "entropy")
    #expect(try facts("a.html")["image"] as? [Int] == [4, 6])
    #expect(try sides("a.html")[0]["patches"] as? [Int] == [2, 3])
    #expect(try text("a.html").contains("id=\"pixels\""))
  }

  @Test func someHeadsMakeASmallPage() throws {
    bench.run(
      #"load "random-tiny"; report attention (prompt "the cat") heads: [L1.H3, L1.H0] to: "a.html""#
    )
    let side = try #require(try sides("a.html").first)
    #expect(side["layers"] as? [Int] == [1])
    #expect(side["heads"] as? [[Int]] == [[0, 3]])
    let changes = try #require(side["changes"] as? [[Double]])
    let sweep = bench.value(
      #"(sweep (prompt "the cat") over: [L1.H0, L1.H3] do: zero measure: loss).change"#)
    let expected = try #require(sweep.flatMap { try? [Double].from($0) })
    #expect(changes.count == 1 && changes[0].count == 2)
    #expect(zip(changes[0], expected).allSatisfy { abs($0 - $1) < 1e-9 })
    #expect(try text("a.html").components(separatedBy: "id=\"pattern-").count == 3)
    bench.run(
      #"load "tiny-mt"; report attention (prompt "a" target_ids: [5]) heads: dec.L0.cross to: "b.html""#
    )
    #expect(try sides("b.html").map { $0["infix"] as? String } == ["cross."])
    #expect(
      bench.text(#"report attention (prompt "a" target_ids: [5]) heads: L9 to: "c.html""#)
        .contains("L9"))
  }

  @Test func queriesAndKeysMakeTheWeights() throws {
    bench.run(#"load "random-tiny"; report attention (prompt "the cat") to: "a.html""#)
    let neurons = try #require(try sides("a.html")[0]["neurons"] as? [[String: Any]])
    #expect(neurons.count == 2)
    #expect(neurons[0]["width"] as? Int == 8)
    #expect(neurons[0]["groups"] as? [Int] == [0, 1, 2, 3])
    #expect(try text("a.html").components(separatedBy: "id=\"queries-0-").count == 9)
    bench.run(#"report attention (prompt "the cat") to: "b.html" neurons: false"#)
    #expect((try sides("b.html")[0]["neurons"] as? [Any])?.isEmpty == true)
    #expect(try text("b.html").contains("Queries and keys are not on this page"))
  }

  @Test func interventionsAreNoted() throws {
    bench.run(
      #"load "random-tiny"; with zero(L0.H1) { report attention "cat" to: "a.html" }"#)
    #expect(try text("a.html").contains("under 1 intervention"))
  }

  @Test func filesAreKept() throws {
    bench.run(#"load "random-tiny""#)
    #expect(bench.text(#"report attention "cat" to: "a.html" ablations: false"#) == "")
    #expect(try text("a.html").contains("not switched off for this page"))
    #expect(bench.text(#"report attention "dog" to: "a.html""#).hasPrefix("file-exists"))
    #expect(bench.text(#"report attention "dog" to: "a.html" overwrite: true"#) == "")
    #expect(bench.text(#"report attention "dog" to: "no/a.html""#).hasPrefix("cannot-write"))
    #expect(bench.text(#"report attention "dog" to: "a""#).hasPrefix("unknown-format"))
    #expect(bench.text(#"report attention 5 to: "b.html""#).hasPrefix("wrong-type"))
    #expect(
      bench.text(#"report attention (batch ["a", "b"]) to: "b.html""#).hasPrefix("wrong-type"))
    #expect(bench.text(#"report nothing "a" to: "b.html""#).hasPrefix("unknown-choice"))
    let safe = try Session(isReadOnly: true)
    let outcome = safe.run(#"load "random-tiny"; report attention "cat" to: "a.html""#)
    #expect(outcome.errors.map(\.code) == ["read-only"])
  }

  @Test func geometryHasTheNumbersOfTheCommands() throws {
    let result = bench.text(
      #"load "random-tiny"; let c = corpus "english" count: 60; report geometry c to: "a.html" seed: 3"#
    )
    #expect(result == "")
    let html = try text("a.html")
    let parts = html.components(separatedBy: "<h2 id=\"part-").dropFirst().map {
      $0.components(separatedBy: "</h2>")[0].components(separatedBy: ">")[1]
    }
    for part in [
      "How much of a token is left", "Near vectors are of the same token", "How alike layers are",
      "What a layer keeps of the one before", "Where tokens lie: principal components",
      "Where tokens lie: t-SNE", "How much comes from other tokens",
      "What attention and the MLP add", "How much layers change tokens",
      "How much tokens rest on others", "Whether vectors lie along axes",
    ] {
      #expect(parts.contains(part), "\(part)")
    }
    #expect(html.components(separatedBy: "<svg role=\"img\"").count == parts.count + 1)
    #expect(html.components(separatedBy: "<table>").count == parts.count + 1)
    #expect(!html.contains("<script"))
    for command in [
      "(preservation c types: 30 each: 40 k: 5 seed: 3).score",
      "(stream_mixing c method: \"mixing\" seed: 3).mean | where { not (it == null) }",
      "(amount_of_change c each: 1000 seed: 3).distance",
      "(axis_alignment c tokens: 500 rotations: 10 drop: 0 seed: 3).gap",
    ] {
      let found = bench.value(command).flatMap { try? [Double].from($0) }
      let scores = try #require(found, "\(command)")
      #expect(!scores.isEmpty)
      for score in scores {
        #expect(
          html.contains("<td class=\"number\">" + String(format: "%.4f", score) + "</td>"),
          "\(command)")
      }
    }
  }

  @Test func whatACorpusIsTooSmallForIsNamed() throws {
    bench.run(#"load "random-tiny""#)
    #expect(bench.text(#"report geometry 5 to: "a.html""#).hasPrefix("wrong-type"))
    #expect(
      bench.text(#"report geometry "the cat" to: "a.html" heads: L1"#)
        .hasPrefix("conflicting-arguments"))
    #expect(
      !FileManager.default.fileExists(atPath: folder.url.appendingPathComponent("a.html").path))
    #expect(bench.text(#"report geometry "the cat" to: "a.html" title: "A <few>""#) == "")
    let html = try text("a.html")
    #expect(html.contains("<h1>A &lt;few&gt;</h1>"))
    #expect(html.contains("What attention and the MLP add"))
    for part in ["How much of a token is left", "How much layers change tokens"] {
      #expect(html.contains("<li>\(part): "), "\(part)")
    }
  }
}
