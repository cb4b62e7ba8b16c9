import Foundation
import Language
import Testing

@Suite("A session")
struct SessionTests {
  @Test("names live from entry to entry")
  func names() {
    let toy = Toy()
    toy.run("let x = 1")
    toy.run("fn f() { x }")
    toy.run("x = 2")
    toy.run("f")
    toy.run("let x = 3")
    toy.run("f")
    toy.run("_ + 1")
    #expect(toy.recorder.lines == ["2", "3", "4"])
  }

  @Test("a failing entry leaves everything as it was")
  func rollback() {
    let toy = Toy()
    toy.run("let x = 1; let counter = null")
    toy.run("fn make() { let n = 0; { => n = n + 1; n } }")
    toy.run("counter = make(); counter();")
    let outcome = toy.run("let y = 5; x = 2; counter(); fn x2() { 1 }; fail \"now\"")
    #expect(outcome.errors.map(\.code) == ["failed"])
    #expect(toy.interpreter.bindings.map(\.0) == ["counter", "make", "x"])
    toy.run("x")
    toy.run("counter()")
    #expect(toy.recorder.lines.suffix(2) == ["1", "2"])
    #expect(toy.run("y").errors.map(\.code) == ["unknown-name"])
    #expect(toy.run("x2").errors.map(\.code) == ["unknown-name"])
  }

  @Test("a failing entry gives the host its state back")
  func hostRollback() {
    let host = ToyHost()
    let bump = Builtin(
      "bump", "Counts.", returns: "null", family: ToyRegistry.toys
    ) { _ throws(Failure) in
      host.state.count += 1
      return .null
    }
    let interpreter = Interpreter(
      registry: Registry([bump]), host: host, output: Recorder())
    _ = interpreter.run(Source(name: "a", text: "bump"))
    _ = interpreter.run(Source(name: "b", text: "bump; [1][2]"))
    #expect(host.state.count == 1)
  }

  @Test("a function's kind is known when its name stands alone")
  func loneNames() {
    let toy = Toy()
    toy.run("fn f() { 7 }")
    toy.run("f")
    toy.run("let f = 8")
    toy.run("f")
    toy.run("fn f() { 9 }; fail \"x\"")
    toy.run("f")
    #expect(toy.recorder.lines == ["7", "8", "8"])
  }

  @Test("an entry reports its first fault, a script all")
  func faults() {
    let text = "let a = )\nlet b = )"
    #expect(Toy().run(text, mode: .entry).errors.count == 1)
    #expect(Toy().run(text, mode: .script).errors.count == 2)
    #expect(Toy().run(text, mode: .paste).errors.count == 2)
  }

  @Test("an outcome carries what was shown last")
  func shown() {
    let toy = Toy()
    #expect(toy.run("1; 2\n3").shown == .int(3))
    #expect(toy.run("let x = 1").shown == nil)
    #expect(toy.run("4;").shown == nil)
  }

  @Test(
    "an endless loop stops when asked to",
    arguments: [
      "while true { }", "fn f() { f() }\nwhile true { try { f() } catch e { } }",
      "for i in 1..1000000000000000 { }", "[1] | each { while true { } }",
    ])
  func interruption(_ text: String) {
    let toy = Toy()
    DispatchQueue.global().asyncAfter(deadline: .now() + 0.05) { toy.interruption.request() }
    let start = ContinuousClock.now
    let outcome = toy.run(text)
    #expect(outcome.isInterrupted)
    #expect(ContinuousClock.now - start < .seconds(5))
    toy.interruption.clear()
    #expect(toy.run("1").isSuccess)
  }

  @Test("an interrupt is not caught, and scopes end")
  func interruptedScope() {
    let toy = Toy()
    DispatchQueue.global().asyncAfter(deadline: .now() + 0.05) { toy.interruption.request() }
    let outcome = toy.run("with zero(L1) { try { while true { } } catch e { print \"no\" } }")
    #expect(outcome.isInterrupted)
    #expect(toy.recorder.lines == ["+L1", "-L1"])
  }

  @Test("commands that write files are refused when writing is off")
  func readOnly() {
    let toy = Toy(options: .init(isReadOnly: true))
    #expect(toy.run("save 1 \"x\"").errors.map(\.code) == ["read-only"])
    #expect(Toy().run("save 1 \"x\"").isSuccess)
  }

  @Test("a file that imports itself is an error")
  func importRing() {
    let outcome = Toy().run("import \"modules/ring.probe\"")
    #expect(outcome.errors.map(\.code) == ["import-cycle"])
  }

  @Test("a script's arguments are a list")
  func arguments() {
    let toy = Toy(options: .init(arguments: ["a", "b"]))
    toy.run("args")
    #expect(toy.recorder.lines == ["[\"a\", \"b\"]"])
  }

  @Test("functions carry their help")
  func documentation() {
    let toy = Toy()
    toy.run("## Adds.\n## Twice.\nfn add(a, b: 2) { a + b }")
    let function = toy.interpreter.bindings.first?.1.function
    #expect(function?.documentation == "Adds.\nTwice.")
    #expect(function?.signature == "add(a, b: 2)")
    #expect(function?.parameterNames == ["a", "b"])
  }
}
