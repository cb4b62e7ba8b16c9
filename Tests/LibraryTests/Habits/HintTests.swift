import Foundation
import Language
import Library
import TestSupport
import Testing

/// Lines as people write them who come from elsewhere, and what they are told.
@Suite("Hints")
struct HintTests {
  /// A wrong line, and the line that is proposed.
  struct Pair: Sendable, CustomTestStringConvertible {
    let wrong: String
    let right: String
    var testDescription: String { wrong }

    init(_ wrong: String, _ right: String) { (self.wrong, self.right) = (wrong, right) }
  }

  /// What is bound before each line.
  static let setup = """
    load "tiny-lm"
    let p = prompt "the cat"
    let t = table [{token: "a", probability: 0.5}, {token: "b", probability: 0.05}]
    let n = 3
    let l = [1, 2, 3]; l
    """

  static let pairs = [
    Pair("predict p top=2", "predict p top: 2"),
    Pair("p | predict top = 2", "p | predict top: 2"),
    Pair("predict(p, top=2)", "predict(p, top: 2)"),
    Pair("predict p --top 2", "predict p top: 2"),
    Pair("predict p --top=2", "predict p top: 2"),
    Pair("predict p -top 2", "predict p top: 2"),
    Pair("predict p, top: 2", "predict p top: 2"),
    Pair("predict p topp=2", "predict p top: 2"),
    Pair("save l \"x.json\" --overwrite", "save l \"x.json\" overwrite: true"),
    Pair("x = 1", "let x = 1"),
    Pair("x = predict p", "let x = predict p"),
    Pair("var x = 1", "let x = 1"),
    Pair("const x = n + 1", "let x = n + 1"),
    Pair("let mut x = 1", "let x = 1"),
    Pair("x := 1", "let x = 1"),
    Pair("x <- 1", "let x = 1"),
    Pair("n += 1", "n = n + 1"),
    Pair("n *= n + 1", "n = n * (n + 1)"),
    Pair("n++", "n = n + 1"),
    Pair("def f(x) { x }", "fn f(x) { x }"),
    Pair("def f(x): return x", "fn f(x) { return x }"),
    Pair("function f(x, y = 2) { x + y }", "fn f(x, y: 2) { x + y }"),
    Pair("fn f(x = 1) { x }", "fn f(x: 1) { x }"),
    Pair("l | each lambda x: x + 1", "l | each { x => x + 1 }"),
    Pair("l | each (x => x + 1)", "l | each ({ x => x + 1 })"),
    Pair("load tiny-lm", "load \"tiny-lm\""),
    Pair("load(tiny-lm)", "load(\"tiny-lm\")"),
    Pair("use tiny-lm", "use \"tiny-lm\""),
    Pair("heads() | save a.json", "heads() | save \"a.json\""),
    Pair("save l out/a.json", "save l \"out/a.json\""),
    Pair("predict the cat sat", "predict \"the cat sat\""),
    Pair("predict the", "predict \"the\""),
    Pair("t | sort probability", "t | sort \"probability\""),
    Pair("t | select token probability", "t | select \"token\" \"probability\""),
    Pair("measure p logit \" is\"", "measure p (logit \" is\")"),
    Pair("measure p logit_diff \" is\" \" was\"", "measure p (logit_diff \" is\" \" was\")"),
    Pair("p | measure prob \" is\"", "p | measure (prob \" is\")"),
    Pair(
      "sweep p over: heads() do: zero measure: logit \" is\"",
      "sweep p over: heads() do: zero measure: (logit \" is\")"),
    Pair("t | where probability > 0.1", "t | where { it.probability > 0.1 }"),
    Pair("t | where it.probability > 0.1", "t | where { it.probability > 0.1 }"),
    Pair("t | where(probability > 0.1)", "t | where({ it.probability > 0.1 })"),
    Pair(
      "t | where probability > 0.1 and token == \"a\"",
      "t | where { it.probability > 0.1 and it.token == \"a\" }"),
    Pair("predict \"the [MASK] sat\"", "prompt \"the <mask> sat\""),
    Pair("map l { it + 1 }", "each l { it + 1 }"),
    Pair("l | map { it + 1 }", "l | each { it + 1 }"),
    Pair("t | filter { it.probability > 0.1 }", "t | where { it.probability > 0.1 }"),
    Pair("length l", "len l"),
    Pair("undo", "restore"),
    Pair("l | length", "l | len"),
    Pair("range 1 3", "1..3"),
    Pair("for i in range(3): print i", "for i in 0..2 { print i }"),
    Pair("for i in l:", "for i in l { … }"),
    Pair("if n == 3: print n", "if n == 3 { print n }"),
    Pair("n > 2 && n < 4", "n > 2 and n < 4"),
    Pair("n > 2 || n < 4", "n > 2 or n < 4"),
    Pair("n === 3", "n == 3"),
    Pair("n <> 3", "n != 3"),
    Pair("!(n == 3)", "not (n == 3)"),
    Pair("n ≠ 3", "n != 3"),
    Pair("n ^ 2", "n ** 2"),
    Pair("n == 3 ? 1 : 2", "if n == 3 { 1 } else { 2 }"),
    Pair("let y = 1 if n == 3 else 2", "let y = if n == 3 { 1 } else { 2 }"),
    Pair("[x * 2 for x in l]", "l | each { x => x * 2 }"),
    Pair("[x for x in l if x > 1]", "l | where { x => x > 1 }"),
    Pair("n is not None", "n != null"),
    Pair("4 not in l", "not 4 in l"),
    Pair("True", "true"),
    Pair("print(f\"{n}\")", "print(\"{n}\")"),
    Pair("print “a”", "print \"a\""),
    Pair("// a remark", "# a remark"),
    Pair("print n + 1", "print (n + 1)"),
    Pair("p | predict top: n + 1", "p | predict top: (n + 1)"),
    Pair("l.length", "l | len"),
    Pair("l.reverse", "l | reverse"),
  ]

  @Test("show the line as it is written here", arguments: pairs)
  func proposed(_ pair: Pair) throws {
    let session = try Session()
    #expect(session.run(Self.setup).errors.isEmpty)
    let error = try #require(session.run(pair.wrong).errors.first)
    #expect(error.help == pair.right)
  }

  @Test("can be followed", arguments: pairs)
  func followed(_ pair: Pair) throws {
    let session = try Session()
    try FileManager.default.createDirectory(
      at: session.folder.appendingPathComponent("out"), withIntermediateDirectories: true)
    #expect(session.run(Self.setup).errors.isEmpty)
    let help = try #require(session.run(pair.wrong).errors.first?.help)
    let outcome = session.run(help.replacingOccurrences(of: "…", with: "null"))
    #expect(outcome.errors.map(\.headline) == [])
  }

  @Test(
    "that are no whole line name what there is",
    arguments: [
      ("undo 1", []), ("get n", ["help fields"]), ("diff p p", ["help predict"]),
      ("source \"no-such\"", []), ("predict [MASK]", []), ("p.predict", []),
    ])
  func named(_ line: String, _ expected: [String]) throws {
    let session = try Session()
    #expect(session.run(Self.setup).errors.isEmpty)
    let help = try #require(session.run(line).errors.first?.help)
    for part in expected { #expect(help.contains("`\(part)`")) }
    for match in help.matches(of: /`([^`]+)`/) where match.output.1.contains(" ") {
      #expect(session.run(String(match.output.1)).errors.map(\.headline) == [])
    }
  }

  @Test(
    "are not given of names that are far away",
    arguments: ["xyzzy", "zz 1", "sizeof 1", "qqq", "foo(1)", "frobnicate l"])
  func far(_ line: String) throws {
    let session = try Session()
    #expect(session.run(Self.setup).errors.isEmpty)
    let error = try #require(session.run(line).errors.first)
    #expect(error.code == "unknown-name")
    #expect(error.help == nil)
  }

  @Test("name beginnings first, then what is nearly the same")
  func near() {
    #expect(
      Suggestion.near("pred", among: ["prod", "predict", "pried"]) == ["predict", "pried", "prod"])
    #expect(Suggestion.near("Predict", among: ["predict", "predicts"]) == ["predict", "predicts"])
    #expect(Suggestion.near("undo", among: ["info", "undone"]) == ["undone"])
    #expect(Suggestion.near("lne", among: ["len", "cut"]) == ["len"])
    #expect(Suggestion.near("run", among: ["cut", "len", "min"]).isEmpty)
  }

  @Test("of another word go when a command of that name comes")
  func commandComes() throws {
    let session = try Session()
    let family = Family("toys", "Toys")
    let undo = Builtin(
      "undo", "Takes back.", returns: "string", family: family
    ) { _ throws(Failure) in .string("taken back") }
    let both = Interpreter(
      registry: Registry(session.interpreter.registry.commands + [undo]),
      host: session.interpreter.host, output: session.output)
    #expect(both.run(Source(name: "s", text: "undo")).shown == .string("taken back"))
    #expect(session.run("undo").errors.first?.help?.contains("restore") == true)
    // A word that stands for another command is itself none.
    #expect(session.interpreter.registry.problems.isEmpty)
  }
}
