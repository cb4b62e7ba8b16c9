import Faults
import Statistics
import Tensors
import Transformers

extension TokenMixing {
  /// Attention rollout: behind each step the product of all steps so far, [query, key]
  /// (Abnar and Zuidema 2020, Quantifying Attention Flow in Transformers).
  ///
  /// Row by row it says what share of a token behind the step came from each token in front of the
  /// first one, if shares simply multiply. Rows sum to one.
  ///
  /// - Throws: `Fault` never in practice: all steps have one shape.
  public func rollout() throws(Fault) -> [Tensor<Double>] {
    var products: [Tensor<Double>] = []
    for step in steps {
      guard let before = products.last else {
        products.append(step.shares)
        continue
      }
      do {
        products.append(
          try Kernels.matmul(step.shares, transposeA: false, before, transposeB: false))
      } catch {
        throw Fault("tensor", "\(error)")
      }
    }
    return products
  }

  /// Attention flow: how much could run from each of these tokens behind the last step to each token
  /// in front of the first one, if a share were what a pipe carries, [query, key]
  /// (Abnar and Zuidema 2020, Quantifying Attention Flow in Transformers).
  ///
  /// - Parameters:
  ///   - queries: The tokens behind the last step, by their places among the nodes.
  ///   - step: The step behind which they stand; the last one if nil.
  ///   - isNormalized: Whether each row is divided by its sum; flows alone can sum to more than one,
  ///     since each of them has the whole graph for itself.
  ///   - progress: Called with how many queries are done.
  /// - Throws: What `progress` throws.
  public func flow(
    from queries: [Int], behind step: Int? = nil, isNormalized: Bool = true,
    progress: (Int) throws(Fault) -> Void = { _ in }
  ) throws(Fault) -> Tensor<Double> {
    let count = nodes.count
    let level = step.map { $0 + 1 } ?? steps.count
    var network = network.prepared()
    var flows: [Double] = []
    flows.reserveCapacity(queries.count * count)
    for (done, query) in queries.enumerated() {
      try progress(done)
      var row = (0..<count).map { key in
        network.maximumFlow(from: level * count + query, to: key)
      }
      let sum = row.reduce(0, +)
      if isNormalized, sum > 0 { for key in row.indices { row[key] /= sum } }
      flows += row
    }
    try progress(queries.count)
    return Tensor([.query, .key], [queries.count, count], flows)
  }

  /// The layered graph: node s·n + i is token i in front of step s.
  private var network: FlowNetwork {
    let count = nodes.count
    var network = FlowNetwork(nodeCount: (steps.count + 1) * count)
    for (index, step) in steps.enumerated() {
      let shares = step.shares.elements
      for query in 0..<count {
        for key in 0..<count {
          network.connect(
            (index + 1) * count + query, to: index * count + key,
            capacity: shares[query * count + key])
        }
      }
    }
    return network
  }
}
