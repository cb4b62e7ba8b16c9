import Language
import Testing

@Suite("Limits of numbers")
struct LimitsTests {
  @Test(
    "hold what they say",
    arguments: [
      (Limits.from(1), "1 or more", [1, 2, 1e300], [0, -1, .infinity, .nan]),
      (.from(0, to: 1), "from 0 to 1", [0, 0.5, 1], [-1e-9, 1.1, .nan]),
      (.above(0), "above 0", [1e-300, 9], [0, -1, .infinity]),
      (.above(0, to: 1), "above 0 and at most 1", [0.1, 1], [0, 1.1]),
      (.inside(0, 1), "above 0 and below 1", [0.5], [0, 1]),
      (.from(2, below: 3), "2 or more and below 3", [2, 2.9], [3, 1.9]),
      (.finite, "finite", [-1e308, 0], [.infinity, -.infinity, .nan]),
      (.whole, "from -9007199254740992 to 9007199254740992", [0x1p53, -0x1p53], [0x1p54]),
    ] as [(Limits, String, [Double], [Double])])
  func hold(_ limits: Limits, _ words: String, inside: [Double], outside: [Double]) {
    #expect(limits.words == words)
    for number in inside { #expect(limits.contains(number)) }
    for number in outside { #expect(!limits.contains(number)) }
  }

  private let registry = Registry([
    Builtin(
      "f", "Takes.", Parameter<Int>("n", "One.", default: 1, in: .from(1, to: 9)),
      Parameter<[Double]>("list", "Some.", .named, default: [], in: .above(0)),
      Parameter<Int?>("free", "One.", .named), returns: "string", family: ToyRegistry.toys
    ) { _, n, list, free throws(Failure) in
      .string("\(n) \(list.count) \(free ?? 0)")
    }
  ])

  private func result(_ code: String) -> String {
    let recorder = Recorder()
    let interpreter = Interpreter(
      registry: registry, host: ToyHost(), output: recorder, interruption: Interruption())
    let outcome = interpreter.run(Source(name: "test", text: code))
    return outcome.errors.first.map { "\($0.code): \($0.headline)" } ?? outcome.shown?.text ?? ""
  }

  @Test(
    "are kept by the registry",
    arguments: [
      ("f 9", "\"9 0 0\""), ("f 10", "out-of-range: `n` must be from 1 to 9, not 10"),
      (
        "f(-9223372036854775808)",
        "out-of-range: `n` must be from 1 to 9, not -9.223372036854776e18"
      ),
      ("f 1e300", "out-of-range: `n` must be from 1 to 9, not 1e300"),
      ("f Infinity", "out-of-range: `n` must be from 1 to 9, not Infinity"),
      ("f NaN", "wrong-type: `n` takes a whole number, not NaN"),
      ("f 0.5", "wrong-type: `n` takes a whole number, not 0.5"),
      ("f list: [1, 0.5]", "\"1 2 0\""), ("f list: 1..3", "\"1 3 0\""),
      ("f list: [1, 0]", "out-of-range: `list` must be above 0, not 0"),
      ("f list: [NaN]", "out-of-range: `list` must be above 0, not NaN"),
      (
        "f list: -9007199254740992..1",
        "out-of-range: `list` must be above 0, not -9007199254740992"
      ),
      ("f free: 9007199254740992", "\"1 0 9007199254740992\""),
      ("f free: null", "\"1 0 0\""),
      (
        "f free: 1e17",
        "out-of-range: `free` must be from -9007199254740992 to 9007199254740992, not 1e17"
      ),
    ])
  func kept(_ code: String, _ wanted: String) {
    #expect(result(code) == wanted)
  }
}
