import Testing

@testable import Shell

@Suite struct InvocationTests {
  func parse(_ words: String...) throws -> Invocation { try Invocation(words) }

  func fault(_ words: String...) -> UsageError? {
    do {
      _ = try Invocation(words)
      return nil
    } catch { return error }
  }

  @Test func opensAPromptWithoutWords() throws {
    #expect(try parse().action == .session)
  }

  @Test func leavesWhatStandsBehindTheFileToTheScript() throws {
    let invocation = try parse("--json", "a.probe", "--quiet", "-e", "x")
    #expect(invocation.action == .file("a.probe"))
    #expect(invocation.arguments == ["--quiet", "-e", "x"])
    #expect(invocation.isJSON && !invocation.isQuiet)
  }

  @Test func leavesWhatStandsBehindTheCodeToIt() throws {
    let invocation = try parse("-e", "args", "--json", "b")
    #expect(invocation.action == .code("args"))
    #expect(invocation.arguments == ["--json", "b"])
  }

  @Test func readsValues() throws {
    let invocation = try parse("--seed", "7", "--threads=2", "--precision", "f64", "-")
    #expect(invocation.seed == 7 && invocation.threads == 2 && invocation.precision == .f64)
    #expect(invocation.action == .standardInput)
  }

  @Test func readsFolders() throws {
    let invocation = try parse("--write", "/a", "--write=b", "--read", "/c", "x.probe")
    #expect(invocation.writableFolders == ["/a", "b"] && invocation.readableFolders == ["/c"])
    #expect(invocation.interpreterOptions.readableFolders == ["/c"])
    #expect(try parse("x.probe").interpreterOptions.readableFolders == nil)
    #expect(fault("--write=", "x.probe") != nil)
  }

  @Test func readsSubcommands() throws {
    #expect(try parse("replay", "a.md").action == .replay("a.md"))
    #expect(try parse("check", "docs", "b.md").action == .check(["docs", "b.md"]))
    #expect(try parse("recover").action == .recover(nil))
    #expect(try parse("recover", "x").action == .recover("x"))
  }

  @Test func subcommandsTakeOptionsInAnyPlace() throws {
    let replay = try parse("replay", "--json", "a.md")
    #expect(replay.action == .replay("a.md") && replay.isJSON)
    let check = try parse("check", "docs", "--seed", "3", "b.md")
    #expect(check.action == .check(["docs", "b.md"]) && check.seed == 3)
    #expect(try parse("replay", "--", "--json").action == .replay("--json"))
  }

  @Test func namesTheNearestOption() {
    #expect(fault("--jsn")?.help == "did you mean `--json`?")
    #expect(fault("--nothing-like-it")?.message == "there is no option `--nothing-like-it`")
  }

  @Test(arguments: [
    ["--seed"], ["--seed", "-1"], ["--seed", "x"], ["--threads", "0"], ["--precision", "f16"],
    ["--json=1"], ["replay"], ["replay", "a", "b"], ["check"], ["--version", "x"],
  ])
  func refuses(words: [String]) {
    #expect(throws: UsageError.self) { try Invocation(words) }
  }

  @Test func helpNamesEveryOption() {
    for option in Option.all { #expect(Option.usage.contains(option.names[0])) }
  }
}
