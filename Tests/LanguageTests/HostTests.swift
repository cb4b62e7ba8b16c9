import Language
import Testing

@Suite("Embedding")
struct HostTests {
  @Test("a program without a host has no addresses and no positions")
  func plain() {
    let interpreter = Interpreter(registry: Registry(), output: Recorder())
    func code(_ text: String) -> [String] {
      interpreter.run(Source(name: "entry", text: text)).errors.map(\.code)
    }
    #expect(code("L3") == ["no-addresses"])
    #expect(code("@3") == ["no-positions"])
    #expect(code("1 + 1") == [])
  }

  @Test("functions of the host's can be called and piped into")
  func native() {
    let toy = Toy()
    let add = FunctionValue("add") { _, values throws(Failure) in
      guard case .number(let a)? = values.first, case .number(let b)? = values.last else {
        throw Failure("wrong-type", "two numbers")
      }
      return .number(a + b)
    }
    let interpreter = Interpreter(
      registry: Registry([
        Builtin("adder", "Gives it.", returns: "function", family: ToyRegistry.toys) {
          _ throws(Failure) in .function(add)
        }
      ]), output: toy.recorder)
    _ = interpreter.run(Source(name: "a", text: "let f = adder(); f(1, 2); 3 | f 4"))
    #expect(toy.recorder.lines == ["7"])
  }

  @Test("a block that returns passes through the command that called it")
  func unwinding() {
    let toy = Toy()
    toy.run("fn f() { try { [1] | each { return 5 } } catch e { 6 } }")
    toy.run("f")
    #expect(toy.recorder.lines == ["5"])
  }

  @Test("warnings carry a place")
  func warnings() {
    let toy = Toy()
    toy.run("let h = heads")
    #expect(toy.recorder.warnings.first?.help == "let h = heads()")
    #expect(toy.recorder.warnings.first?.location?.span == Span(8, 13))
  }

  @Test("the help of an operator in a command can be pasted")
  func operatorHelp() {
    let help = Toy().run("let n = 1; predict \"p\" top: n + 1 * 2").errors.first?.help
    #expect(help == "predict \"p\" top: (n + 1 * 2)")
  }
}
