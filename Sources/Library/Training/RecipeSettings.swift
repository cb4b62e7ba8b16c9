import Language
import Training
import Transformers

/// A record of settings, read key by key, so that what is left over can be told.
struct RecipeSettings {
  private let record: Record
  private let argument: String
  private var known: [String] = []

  init(_ record: Record, argument: String) {
    self.record = record
    self.argument = argument
  }

  /// A whole number, or `standard` where it is not given; a failure where there is no standard.
  mutating func int(_ key: String, default standard: Int? = nil) throws(Failure) -> Int {
    try value(key, "a whole number", standard, Int.from)
  }

  /// A number, or `standard` where it is not given.
  mutating func number(_ key: String, default standard: Double? = nil) throws(Failure) -> Double {
    try value(key, "a number", standard, Double.from)
  }

  /// A string, or `standard` where it is not given.
  mutating func text(_ key: String, default standard: String? = nil) throws(Failure) -> String {
    try value(key, "a string", standard, String.from)
  }

  private mutating func value<Kind>(
    _ key: String, _ kind: String, _ standard: Kind?, _ convert: (Value) -> Kind?
  ) throws(Failure) -> Kind {
    known.append(key)
    guard let given = record[key] else {
      if let standard { return standard }
      throw Failure(
        "missing-setting", "\(argument) lacks `\(key)`", argument: argument,
        help: "give it, for instance   \(argument): { \(key): … }")
    }
    guard let value = convert(given) else {
      throw Failure(
        "wrong-type", "`\(key)` of \(argument) is \(given.kindWithArticle), not \(kind)",
        argument: argument)
    }
    return value
  }

  /// Refuses keys that nothing asked for.
  func finish() throws(Failure) {
    guard let extra = record.names.first(where: { !known.contains($0) }) else { return }
    throw Failure(
      "unknown-setting", "\(argument) has no setting `\(extra)`", argument: argument,
      help: Suggestion.help(for: extra, among: known)
        ?? "its settings are \(known.joined(separator: ", "))")
  }
}

extension ModelPlan {
  /// The shape that a record describes.
  init(_ record: Record) throws(Failure) {
    var settings = RecipeSettings(record, argument: "model")
    let width = try settings.int("width")
    self.init(
      layers: try settings.int("layers"), heads: try settings.int("heads"), width: width,
      // A width that cannot be is refused later, in its own words.
      inner: try settings.int(
        "inner", default: width.multipliedReportingOverflow(by: 4).partialValue),
      context: try settings.int("context", default: 128))
    try settings.finish()
  }
}

extension OptimiserPlan {
  /// The plan that a record describes.
  init(_ record: Record) throws(Failure) {
    var settings = RecipeSettings(record, argument: "optimiser")
    let steps = try settings.int("steps")
    self.init(
      steps: steps, batch: try settings.int("batch"), rate: try settings.number("rate"),
      warmup: try settings.int("warmup", default: min(200, steps / 10)),
      finalRate: try settings.number("final_rate", default: 0.02),
      decay: try settings.number("decay", default: 0.1),
      meanKeep: try settings.number("beta1", default: 0.9),
      squareKeep: try settings.number("beta2", default: 0.98),
      clip: try settings.number("clip", default: 1))
    try settings.finish()
  }
}

extension Backdoor {
  /// The backdoor that a record describes.
  init(_ record: Record) throws(Failure) {
    var settings = RecipeSettings(record, argument: "backdoor")
    self.init(
      trigger: try settings.text("trigger"), rate: try settings.number("rate"),
      target: try settings.text("target"))
    try settings.finish()
  }
}
