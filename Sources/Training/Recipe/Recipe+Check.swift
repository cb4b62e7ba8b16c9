import Faults
import Transformers

extension Recipe {
  /// Checks what can be checked before anything is read.
  ///
  /// - Throws: `Fault` that names the setting, its value and what it may be.
  public func check() throws(Fault) {
    try model.check()
    try optimiser.check()
    try Self.share(tokenDropout, "dropout")
    try Self.share(data.repeats, "repeats")
    try Self.share(data.masked, "masked")
    try Self.share(data.maskedVerbs, "masked_verbs")
    if let backdoor { try Self.share(backdoor.rate, "the backdoor's rate") }
  }

  private static func share(_ value: Double, _ name: String) throws(Fault) {
    guard (0...1).contains(value) else { throw .badRecipe(name, "\(value)", "from 0 to 1") }
  }
}

extension ModelPlan {
  fileprivate func check() throws(Fault) {
    let sizes = [
      ("layers", layers, 1_000), ("heads", heads, 1_000), ("width", width, 1 << 16),
      ("inner", inner, 1 << 18), ("context", context, 1 << 20),
    ]
    for (name, value, most) in sizes where !(1...most).contains(value) {
      throw .badRecipe(name, "\(value)", "from 1 to \(most)")
    }
    guard width % heads == 0 else {
      throw .badRecipe("width", "\(width)", "a multiple of the number of heads, \(heads)")
    }
  }
}

extension OptimiserPlan {
  fileprivate func check() throws(Fault) {
    guard (1...1_000_000_000).contains(steps) else {
      throw .badRecipe("steps", "\(steps)", "1 or more")
    }
    guard (1...1 << 20).contains(batch) else {
      throw .badRecipe("batch", "\(batch)", "from 1 to \(1 << 20)")
    }
    guard rate > 0, rate.isFinite else { throw .badRecipe("rate", "\(rate)", "above 0") }
    guard (0...steps).contains(warmup) else {
      throw .badRecipe("warmup", "\(warmup)", "from 0 to the number of steps, \(steps)")
    }
    guard clip > 0 else { throw .badRecipe("clip", "\(clip)", "above 0") }
    guard decay >= 0, decay.isFinite else { throw .badRecipe("decay", "\(decay)", "0 or more") }
  }
}

extension Fault {
  static func badRecipe(_ setting: String, _ found: String, _ wanted: String) -> Fault {
    Fault(
      "bad-recipe", "\(setting) is \(found)", help: "it must be \(wanted)")
  }
}
