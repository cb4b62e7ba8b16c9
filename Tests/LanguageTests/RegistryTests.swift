import Language
import Testing

@Suite("The registry")
struct RegistryTests {
  @Test("the toys and the language's words are declared well")
  func wellDeclared() { #expect(ToyRegistry.registry.problems == []) }

  @Test("bad declarations are found")
  func problems() {
    let example = [Example("x", shows: "It.")]
    let bad = Registry([
      Builtin("a", "no sentence", returns: "null", family: ToyRegistry.toys, examples: example) {
        _ throws(Failure) in .null
      },
      Builtin("a", "Again.", returns: "null", family: ToyRegistry.toys, examples: example) {
        _ throws(Failure) in .null
      },
      Builtin(
        "b", "Does.", Parameter<Int>("x", "One.", default: 1, in: .whole),
        Parameter<Int>("y", "Two.", in: .whole),
        returns: "null", family: ToyRegistry.toys, alsoFoundAs: ["b"], examples: example
      ) { _, _, _ throws(Failure) in .null },
      Builtin(
        "c", "Does.", Parameter<[Int]>("x", "One.", .rest, in: .whole),
        Parameter<Int>("y", "Two.", .piped, in: .whole), Parameter<Int>("y", "Two.", .piped),
        returns: "null", family: ToyRegistry.toys
      ) { _, _, _, _ throws(Failure) in .null },
      Builtin(
        "d", "Does.", Parameter<String>("x", "One.", .named, takesWord: true),
        Parameter<String>("y", "Two.", takesWord: true), returns: "null",
        family: ToyRegistry.toys, examples: example
      ) { _, _, _ throws(Failure) in .null },
    ])
    #expect(
      bad.problems == [
        "`a`: the summary is no sentence", "`a` is declared twice",
        "`b`: a search word repeats the name", "`b`: `y` must be given but stands behind `x`",
        "`c`: no example", "`c`: two parameters have one name",
        "`c`: two parameters take the pipeline's input",
        "`c`: a parameter stands behind the one that takes the rest",
        "`c`: parameter `y` is a whole number without limits",
        "`d`: `x` takes a word but does not stand first",
        "`d`: `y` takes a word but does not stand first",
      ])
  }

  @Test("signatures show what must be given")
  func signatures() {
    let registry = ToyRegistry.registry
    #expect(
      registry.command("predict")?.signature == "predict(prompt, top: 5, as: null)")
    #expect(registry.command("ablate")?.signature == "ablate(sites…)")
    #expect(registry.entry("let")?.signature == "let NAME = VALUE")
    #expect(registry.command("let") == nil)
  }

  @Test("the words' examples hold", arguments: Registry().entries.map(\.name))
  func examples(_ name: String) throws {
    for example in try #require(Registry().entry(name)).examples {
      let toy = Toy()
      let outcome = toy.run(example.code, mode: .script)
      switch example.outcome {
      case .value(let value): #expect(outcome.shown == value)
      case .fails(let code): #expect(outcome.errors.map(\.code) == [code])
      case .runs: #expect(outcome.isSuccess)
      case .text(let text): #expect(outcome.shown?.text == text)
      case .notRun: break
      }
    }
  }

  @Test(
    "near names",
    arguments: [
      ("predcit", ["predict"]), ("pritn", ["print"]), ("sm", ["sum"]), ("xyz", []), ("e", []),
      ("heds", ["heads"]), ("hea", ["heads"]),
    ])
  func near(_ name: String, _ found: [String]) {
    #expect(Suggestion.near(name, among: ToyRegistry.registry.names) == found)
  }

  @Test("few names are all listed")
  func few() {
    #expect(Suggestion.help(for: "zzzz", among: ["a1", "b1"]) == "there is `a1` and `b1`")
  }
}
