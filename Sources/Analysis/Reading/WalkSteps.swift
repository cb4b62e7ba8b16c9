import Foundation
import Tensors
import Transformers

/// Makes the steps of a walk out of the model's numbers, computing each one again from those before
/// it, in double precision.
struct WalkSteps {
  private(set) var steps: [Walk.Step] = []
  private let numbers: WalkNumbers

  init(_ numbers: WalkNumbers, _ model: ModelDescription) {
    self.numbers = numbers
    addStream(model)
    addQueryAndKeys()
    addScores()
    addValues()
  }

  private var attention: AttentionDescription { numbers.block.attention }

  private mutating func add(
    _ name: String, _ formula: String, _ kind: Site.Kind, again: [Double]? = nil
  ) {
    guard let value = numbers.value(kind) else { return }
    steps.append(
      Walk.Step(
        name: name, formula: formula, values: value,
        deviation: again.map { relativeDistance($0, numbers.numbers(kind)) }))
  }

  /// A step that the model has no value for: it leads to the next one, which is checked.
  private mutating func add(_ name: String, _ formula: String, _ axes: [Axis], _ rows: [[Double]]) {
    let shape = axes.count == 1 ? [rows.joined().count] : [rows.count, rows.first?.count ?? 0]
    let values = AnyTensor.double(Tensor(axes, shape, Array(rows.joined())))
    steps.append(
      Walk.Step(
        name: name, formula: formula, values: values.inPrecision(of: numbers.value(.scores))))
  }

  // MARK: The stream

  private mutating func addStream(_ model: ModelDescription) {
    add("embedding", "the token's row of the token table", .embed)
    add("position row", "the position's row of the position table", .pos)
    let isPlain =
      numbers.layer == 0 && model.embedding.norm == nil && model.embedding.segmentCount == nil
    var sum = numbers.numbers(.embed)
    for (index, value) in numbers.numbers(.pos).enumerated() { sum[index] += value }
    add(
      "stream", numbers.layer == 0 ? Self.entryFormula(model) : "what the layers before left",
      .residPre, again: isPlain ? sum : nil)
    if numbers.block.attentionNorms.input != nil {
      add("read", "the norm of the stream: what attention reads", .ln1)
    }
  }

  private static func entryFormula(_ model: ModelDescription) -> String {
    var parts = ["embedding"]
    if model.embedding.learnedPositions != nil { parts.append("position row") }
    if model.embedding.segmentCount != nil { parts.append("segment row") }
    let sum = parts.joined(separator: " + ")
    return model.embedding.norm == nil ? sum : "the norm of " + sum
  }

  // MARK: Queries and keys

  private mutating func addQueryAndKeys() {
    let group = attention.group(ofHead: numbers.head)
    let shared =
      attention.heads == attention.groups ? "" : " of KV\(group), which H\(numbers.head) shares"
    add("query", "read · W_Q (+ b_Q)", .q)
    let rotary = attention.rotary?.fitted(to: numbers.count)
    if let rotary {
      add(
        "rotated query", "the query turned by its position", .rotQ,
        again: rotary.turned(numbers.numbers(.q), to: numbers.position))
    }
    add("keys", "read · W_K (+ b_K) at every position" + shared, .k)
    if let rotary {
      let turned = numbers.keyRows(.k).enumerated().flatMap { position, key in
        rotary.turned(key, to: position)
      }
      add("rotated keys", "each key turned by its position", .rotK, again: turned)
    }
  }

  // MARK: Scores

  private mutating func addScores() {
    let query = numbers.numbers(.rotQ)
    let products = numbers.keyRows(.rotK).map { key in
      zip(query, key).reduce(0) { $0 + $1.0 * $1.1 }
    }
    add("products", "q · k for each key", [.key], [products])
    var scores = products.map { $0 * attention.scale }
    add("scaled", "products × \(scaleText)", [.key], [scores])
    if let cap = attention.softCap {
      scores = scores.map { cap * tanh($0 / cap) }
      add("capped", "\(cap) × tanh(scaled / \(cap))", [.key], [scores])
    }
    if let slope = attention.slopes?[numbers.head] {
      for key in scores.indices { scores[key] += slope * Double(key - numbers.position) }
      add("biased", "+ \(slope) × (key − query)", [.key], [scores])
    }
    let isVisible = numbers.isVisible
    add(
      "mask", "1 where the query may look, 0 where it may not", [.key],
      [isVisible.map { $0 ? 1 : 0 }])
    let masked = zip(scores, isVisible).map { $1 ? $0 : -.infinity }
    add("scores", "−infinity where the mask is 0", .scores, again: masked)
    add("pattern", "softmax of the scores", .pattern, again: Self.softmax(numbers.numbers(.scores)))
  }

  private var scaleText: String {
    let usual = 1 / Double(attention.headWidth).squareRoot()
    return abs(attention.scale - usual) < 1e-12
      ? "1/√\(attention.headWidth)" : "\(attention.scale)"
  }

  private static func softmax(_ scores: [Double]) -> [Double] {
    let top = scores.max() ?? 0
    let powers = scores.map { Foundation.exp($0 - (top.isFinite ? top : 0)) }
    let sum = powers.reduce(0, +)
    return powers.map { sum > 0 ? $0 / sum : 0 }
  }

  // MARK: Values

  private mutating func addValues() {
    add("values", "read · W_V (+ b_V) at every position", .v)
    let weighted = zip(numbers.numbers(.pattern), numbers.keyRows(.v)).map { weight, value in
      value.map { $0 * weight + 0 }  // no negative zeros
    }
    add("weighted values", "pattern × values, key by key", [.key, .headWidth], weighted)
    let sum = weighted.reduce(Array(repeating: 0, count: attention.headWidth)) { sum, value in
      zip(sum, value).map(+)
    }
    add("z", "the sum of the weighted values", .z, again: sum)
    let heads = numbers.written.heads
    guard numbers.head < heads.count else { return }
    add("out", "z · W_O: what the head writes to the stream", [.width], [heads[numbers.head]])
  }
}
