import Language
import Testing

@testable import Library

@Suite("Help")
struct HelpTests {
  private func text(_ code: String) throws -> String {
    let session = try Session()
    #expect(session.run(code).errors.map(\.headline) == [])
    return session.output.text
  }

  @Test(
    "Every entry has a page that fits 100 columns",
    arguments: ExampleTests.registry.entries.map(\.name))
  func page(_ name: String) throws {
    let page = try text(#"help "\#(name)""#)
    let entry = try #require(ExampleTests.registry.entry(name))
    #expect(page.contains(entry.signature))
    for parameter in entry.parameters { #expect(page.contains("  \(parameter.name): ")) }
    let code = Set(entry.examples.flatMap { $0.code.split(separator: "\n").map { "    \($0)" } })
    for line in page.split(separator: "\n")
    where !code.contains(String(line)) && line != entry.signature {
      #expect(DisplayWidth.of(String(line)) <= 100)
    }
  }

  @Test("A bare word is enough, be it a command, a keyword, a family or an idea")
  func bareWords() throws {
    #expect(try text("help sort").hasPrefix("sort("))
    #expect(try text("help let").hasPrefix("let "))
    #expect(try text("help tables").hasPrefix("Tables and lists"))
    #expect(try text("help addresses").hasPrefix("L3 "))
    #expect(try text("help L2.H3").contains("an address"))
    #expect(try text("help interventions").contains("Interventions (`help interventions`)"))
  }

  @Test("The overview names every entry once")
  func overview() throws {
    let lines = try text("help").split(separator: "\n")
    for entry in ExampleTests.registry.entries {
      #expect(lines.count { $0.hasPrefix("  \(entry.name) ") } == 1, "\(entry.name)")
    }
  }

  @Test("Functions and values of one's own")
  func ownNames() throws {
    #expect(try text("## Doubles.\nfn twice(x) { x * 2 }\nhelp twice").contains("Doubles."))
    #expect(try text("let x = [1]\nhelp x").hasPrefix("[1] is a list"))
  }

  @Test("An unknown name is told its neighbours")
  func unknown() throws {
    let error = try #require(try Session().run("help hetmap").errors.first)
    #expect(error.code == "unknown-topic" && error.help == "did you mean `heatmap`?")
    let search = try #require(try Session().run(#"help "filter""#).errors.first)
    #expect(search.help?.contains("`where`") == true)
  }

  @Test(
    "Search",
    arguments: [
      Line(#"apropos "attention" | { it.name[0] }"#, #""attention""#),
      Line(#"apropos "filter" | { it.name[0] }"#, #""where""#),
      Line(#"apropos "standard deviation" | { it.name[0] }"#, #""std""#),
      Line(#"apropos "xyzzy" | len"#, "0"),
      Line(#"apropos "" | len"#, "0"),
    ])
  func search(_ line: Line) throws { try line.check() }

  @Test("`time` begins its line so that replays can tell it")
  func time() throws {
    let lines = try text("time { 3 }").split(separator: "\n")
    #expect(lines.count == 2 && lines[0].hasPrefix("time: ") && lines[0].hasSuffix(" s"))
  }

  @Test("`seed` sets the session's seed")
  func seed() throws {
    let settings = SessionSettings()
    let session = Interpreter(
      registry: Registry(Library.generalBuiltins(settings)), output: RecordedOutput())
    _ = session.run(Source(name: "s", text: "seed 41"))
    #expect(settings.seed == 41)
    try Line("seed 1.5", "!! wrong-type").check()
    try Line("seed 1e30", "!! out-of-range").check()
  }
}
