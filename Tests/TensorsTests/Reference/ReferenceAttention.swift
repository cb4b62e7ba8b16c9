import Foundation

@testable import Tensors

/// Plain loops, in double precision, for what attention has to be.
struct ReferenceAttention {
  /// `[row, head, query, key]`.
  var scores: [Double] = []
  var pattern: [Double] = []
  /// `[row, position, head, headWidth]`.
  var z: [Double]

  init<E: Scalar>(
    _ q: Tensor<E>, keys: Tensor<E>, values: Tensor<E>, _ plan: AttentionPlan<E>
  ) {
    let keyCount = plan.rows.map(\.keyCount).max() ?? 0
    let (queryElements, keyElements) = (q.doubles, keys.doubles)
    let (valueElements, capacity) = (values.doubles, keys.shape[1])
    let width = plan.headWidth
    z = Array(repeating: 0, count: q.count)
    for (row, span) in plan.rows.enumerated() {
      for head in 0..<plan.heads {
        let group = head / (plan.heads / plan.groups)
        for query in 0..<q.shape[1] {
          let queryPlace = ((row * q.shape[1] + query) * plan.heads + head) * width
          var line = Array(repeating: -Double.infinity, count: keyCount)
          if query < span.queryCount {
            for key in 0..<span.keyCount {
              let position = span.queryStart + query
              if plan.causal && key > position { continue }
              if let window = plan.window, position - key >= window { continue }
              var dot = 0.0
              for i in 0..<plan.headWidth {
                dot +=
                  queryElements[queryPlace + i]
                  * keyElements[((row * capacity + key) * plan.groups + group) * width + i]
              }
              line[key] = Self.finish(dot, plan, head: head, row: row, query: query, key: key)
            }
          }
          scores += line
          let weights = Self.softmax(line)
          pattern += weights
          for key in 0..<span.keyCount where weights[key] != 0 {
            let valuePlace = ((row * capacity + key) * plan.groups + group) * width
            for i in 0..<width {
              z[queryPlace + i] += weights[key] * valueElements[valuePlace + i]
            }
          }
        }
      }
    }
  }

  private static func finish<E: Scalar>(
    _ dot: Double, _ plan: AttentionPlan<E>, head: Int, row: Int, query: Int, key: Int
  ) -> Double {
    var score = dot * Double(plan.scale)
    if let cap = plan.softCap { score = Double(cap) * tanh(score / Double(cap)) }
    if let slopes = plan.slopes {
      score += Double(slopes[head]) * Double(key - plan.rows[row].queryStart - query)
    }
    if let bias = plan.positionBias {
      score += Double(
        bias.shape.count == 3 ? bias[head, query, key] : bias[row, head, query, key])
    }
    return score
  }

  static func softmax(_ line: [Double]) -> [Double] {
    let top = line.max() ?? -.infinity
    if top == -.infinity { return line.map { _ in 0 } }
    let powers = line.map { exp($0 - top) }
    let total = powers.reduce(0, +)
    return powers.map { $0 / total }
  }
}
