import Checkpoints
import Faults
import Synchronization
import Tensors
import Testing
import Transformers

/// Numbers that lie in memory, and can be changed one by one.
struct MemoryWeights: WeightSource {
  var tensors: [String: Tensor<Double>]

  init(_ model: Model, _ source: some WeightSource) throws {
    tensors = [:]
    for tensor in model.tensors {
      tensors[tensor.name] = try source.tensor(
        tensor.name, as: Double.self, axes: tensor.shape.map { _ in "any" })
    }
  }

  func shape(of name: String) -> [Int]? { tensors[name]?.shape }

  func tensor<Element: Scalar>(_ name: String, as type: Element.Type, axes: [Axis])
    throws(Fault) -> Tensor<Element>
  {
    guard let tensor = tensors[name] else { throw Fault("missing-tensors", name) }
    return tensor.reshaped(axes, tensor.shape).converted(to: type)
  }
}

/// A tiny model of a family in double precision, and a number that depends on all of its logits.
struct TinyModel {
  let model: Model
  var numbers: MemoryWeights

  init(_ family: Family, _ configuration: String, seed: UInt64 = 3) throws {
    let configuration = try Configuration(parsing: configuration)
    let tables = [
      "wte.weight", "word_embeddings.weight", "shared.weight", "model.embed_tokens.weight",
    ]
    let names = TensorNames(prefix: family.prefixes[0]) { name in
      name.hasPrefix("cls") || name == "lm_head.weight" || tables.contains(where: name.hasSuffix)
    }
    let description = try family.describe(configuration, names)
    let seeded = SeededWeights(
      family.names(description, names).required(by: description), seed: seed)
    model = try Model(
      name: family.name, family: family, configuration: configuration, source: seeded,
      checkpoint: nil, tokenizer: nil)
    numbers = try MemoryWeights(model, seeded)
  }

  var weights: Weights<Double> {
    get throws { try model.weights(from: numbers) }
  }

  /// Fixed factors, one for each logit: their sum of products is the number that is differentiated.
  static func factors(_ count: Int) -> [Double] {
    (0..<count).map { (index: Int) -> Double in
      let step = (index * 7919 + 13) % 101
      return Double(step) / 50 - 1
    }
  }

  func value(_ request: GradientRequest, extra: [Edit] = []) throws -> Double {
    let result = try weights.run(
      RunRequest(request.batch, edits: request.edits + extra, output: request.output))
    let logits = try #require(result.logits).doubles
    return zip(logits, Self.factors(logits.count)).reduce(0) { $0 + $1.0 * $1.1 }
  }

  func differentiate(_ request: GradientRequest) throws -> GradientResult<Double> {
    try weights.differentiate(request) { logits, _ in
      Tensor(logits.axes, logits.shape, Self.factors(logits.count))
    }
  }
}

/// The largest difference in units of the largest number on either side, or of a thousandth where
/// all are smaller: a bias of keys, say, changes nothing, and is compared with rounding.
func relativeDistance(_ a: [Double], _ b: [Double]) -> Double {
  distance(a, b) / (a + b).reduce(1e-3) { max($0, abs($1)) }
}
