import Checkpoints
import Faults

extension Checkpoint {
  /// Refuses weights that are codes of numbers and not the numbers themselves.
  ///
  /// - Throws: `Fault` that names the way in which they are packed.
  func refuseQuantised() throws(Fault) {
    for key in ["quantization_config", "compression_config"] {
      let found: Configuration?
      do { found = try configuration.nested(key) } catch { throw Fault(error) }
      guard let found, !found.keys.isEmpty else { continue }
      let method = (try? found.optionalString("quant_method")) ?? nil
      throw .quantised(
        "\(key) in config.json packs the weights"
          + (method.map { " by the method \"\($0)\"" } ?? ", by no method that it names"))
    }
  }

  /// Refuses tensors that the model reads and that do not hold fractions.
  ///
  /// - Throws: `Fault` that names the first of them and its type.
  func refuseCodes(among names: some Sequence<String>) throws(Fault) {
    let codes = names.compactMap(stored).filter { !$0.type.isReadable || $0.type.isInteger }
    guard let first = codes.first else { return }
    let others = codes.count > 1 ? ", as are \(codes.count - 1) more that the model reads" : ""
    throw .quantised("the tensor `\(first.name)` is stored as \(first.type.rawValue)\(others)")
  }
}

extension Fault {
  fileprivate static func quantised(_ what: String) -> Fault {
    Fault(
      "unsupported", what + ": without its scales it is not the model's numbers",
      help: "load the model in its own program, dequantise it, and save it as float32, float16 or "
        + "bfloat16")
  }
}
