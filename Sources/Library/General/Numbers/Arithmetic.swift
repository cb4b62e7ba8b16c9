import Foundation
import Language

/// Functions of numbers, entry by entry.
enum Arithmetic {
  static let builtins = [abs, sqrt, exp, log, round, close, number]

  static let abs = function(
    "abs", "Drops the sign.", alsoFoundAs: ["absolute", "magnitude"],
    examples: [
      Example("abs(-3)", shows: "A number.", gives: .number(3)),
      Example("[-1, 2] | abs", shows: "A list, one by one.", gives: .numbers(1, 2)),
      Example(
        "tensor [-1, 2] | abs", shows: "A tensor, entry by entry.",
        gives: .tensor([.init("index", count: 2)], [1, 2])),
    ]
  ) { Swift.abs($0) }

  static let sqrt = function(
    "sqrt", "Takes the square root; NaN of a negative number.", alsoFoundAs: ["root"],
    examples: [Example("sqrt 16", shows: "A whole root.", gives: .number(4))]
  ) { $0.squareRoot() }

  static let exp = function(
    "exp", "Raises e to a power.", alsoFoundAs: ["exponential"],
    examples: [Example("exp 1", shows: "The number e.", gives: .number(2.718281828459045))]
  ) { Foundation.exp($0) }

  static let log = function(
    "log", "Takes the natural logarithm; -Infinity of 0, NaN of a negative number.",
    alsoFoundAs: ["ln", "logarithm"],
    examples: [
      Example("log 1", shows: "It is zero at one.", gives: .number(0)),
      Example(
        "log 8 | { it / log(2) }", shows: "To another base: divide by its logarithm.",
        gives: .number(3)),
    ]
  ) { Foundation.log($0) }

  static let round = Builtin(
    "round", "Rounds to a number of decimal places.",
    Parameter<Numeric>("value", "What to round.", .piped),
    Parameter<Int>(
      "places", "How many; a negative number rounds to tens, hundreds, ….", default: 0,
      in: .from(-400, to: 400)),
    returns: "number, list or tensor", family: .numbers, alsoFoundAs: ["decimals", "format"],
    examples: [
      Example("round 2.5", shows: "Halves go away from zero.", gives: .number(3)),
      Example("round(3.14159, 2)", shows: "Two places.", gives: .number(3.14)),
      Example("round(1234, -2)", shows: "Hundreds.", gives: .number(1200)),
    ]
  ) { _, value, places throws(Failure) in value.mapping { rounded($0, places) } }

  /// A number to a count of decimal places, halves away from zero.
  static func rounded(_ value: Double, _ places: Int) -> Double {
    guard value.isFinite, places <= 308 else { return value }
    if places < -308 { return 0 }
    if places == 0 { return value.rounded() }
    let power = pow(10, Double(Swift.abs(places)))
    if places < 0 {
      let result = (value / power).rounded() * power
      return result.isFinite ? result : value
    }
    let scaled = value * power
    return scaled.isFinite && Swift.abs(scaled) < 0x1p53 ? scaled.rounded() / power : value
  }

  static let close = Builtin(
    "close", "Says whether numbers differ by no more than a limit.",
    Parameter<Numeric>("a", "A number, list or tensor."),
    Parameter<Numeric>("b", "Another of the same shape."),
    Parameter<Double>(
      "within", "The greatest difference that is allowed.", .named, default: 1e-6, in: .from(0)),
    returns: "boolean", family: .numbers, alsoFoundAs: ["approximately", "tolerance", "equal"],
    details: "The difference is absolute. NaN is close to NaN, and an infinity to itself.",
    examples: [
      Example("close(0.1 + 0.2, 0.3)", shows: "Equal but for rounding.", gives: .flag(true)),
      Example("close([1, 2], [1, 2.1], within: 0.01)", shows: "One differs.", gives: .flag(false)),
      Example(
        "close([1], [1, 2])", shows: "The shapes must agree.", gives: .fails("shape-mismatch")),
    ]
  ) { _, a, b, within throws(Failure) in .bool(try isClose(a, b, within)) }

  private static func isClose(
    _ a: Numeric, _ b: Numeric, _ within: Double
  ) throws(Failure) -> Bool {
    func near(_ a: Double, _ b: Double) -> Bool {
      a == b || (a.isNaN && b.isNaN) || Swift.abs(a - b) <= within
    }
    switch (a, b) {
    case (.number(let a), .number(let b)): return near(a, b)
    case (.numbers(let a), .numbers(let b)) where a.count == b.count:
      return zip(a, b).allSatisfy { near($0, $1) }
    case (.tensor(let a), .tensor(let b))
    where a.shape == b.shape && a.axes.map(\.name) == b.axes.map(\.name):
      return (0..<a.count).allSatisfy { near(a.storage[$0], b.storage[$0]) }
    default:
      throw Failure(
        "shape-mismatch", "\(a.shape) and \(b.shape) cannot be compared", argument: "b")
    }
  }

  static let number = Builtin(
    "number", "Reads a number from text.",
    Parameter<Value>("value", "A string, or a number that is given back.", .piped),
    returns: "number", family: .numbers, alsoFoundAs: ["parse", "convert", "to number"],
    details: "Takes what the language writes: digits, a point, an exponent, `NaN`, `Infinity`.",
    examples: [
      Example(#"number "-2.5e3""#, shows: "As in an argument of a script.", gives: .number(-2500)),
      Example(#"number "three""#, shows: "Words are no numbers.", gives: .fails("not-a-number")),
    ]
  ) { _, value throws(Failure) in
    switch value {
    case .number: return value
    case .string(let text):
      if let number = NumberReading.number(text.trimmingCharacters(in: .whitespaces)) {
        return .number(number)
      }
      throw Failure(
        "not-a-number", "\(Value.quoted(String(text.prefix(40)))) is not a number",
        argument: "value")
    default:
      throw Failure(
        "wrong-type", "`number` reads a string, not \(value.kindWithArticle)", argument: "value")
    }
  }

  private static func function(
    _ name: String, _ summary: String, alsoFoundAs words: [String], examples: [Example],
    _ operation: @escaping @Sendable (Double) -> Double
  ) -> Builtin {
    Builtin(
      name, summary, Parameter<Numeric>("value", "A number, list or tensor.", .piped),
      returns: "number, list or tensor", family: .numbers, alsoFoundAs: words, examples: examples
    ) { _, value throws(Failure) in value.mapping(operation) }
  }
}

extension Numeric {
  /// The shape in words.
  fileprivate var shape: String {
    switch self {
    case .number: "a number"
    case .numbers(let numbers): "a list of \(numbers.count)"
    case .tensor(let tensor): "a tensor \(tensor.shapeText)"
    }
  }
}
