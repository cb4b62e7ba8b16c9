import Faults
import Tensors
import Transformers

extension Experiment {
  /// What the heads of some attention layers write over texts, as inner products summed text by text.
  ///
  /// - Parameters:
  ///   - layers: One head of each layer, as `HeadPlace.layerKey` gives it.
  ///   - seed: For the order of tokens in `LayerOutputs.shuffled`.
  ///   - progress: Called with the texts done, and of how many; what it throws stops the run.
  public func headOutputs(
    _ rows: [AnnotatedRow], of layers: [HeadPlace], seed: UInt64,
    progress: (Int, Int) throws(Fault) -> Void = { _, _ in }
  ) throws(Fault) -> [LayerOutputs] {
    var random = SeededGenerator(seed: seed, name: "shuffled tokens")
    var outputs = layers.map { layer in
      let count = model.description.attention(of: layer).heads
      let empty = Matrix(zeros: count, count)
      return LayerOutputs(
        heads: (0..<count).map { head in
          HeadPlace(
            stack: layer.stack, layer: layer.layer, head: head, isCross: layer.isCross)
        }, texts: Array(repeating: empty, count: rows.count),
        shuffled: Array(repeating: empty, count: rows.count))
    }
    let sites = layers.map { ResolvedSite($0.out) }
    try CorpusRun(self, rows).forEach(sites, progress: progress) {
      index, captured throws(Fault) in
      for (place, site) in sites.enumerated() {
        let written = try captured.value(site).cast(to: Double.self)
        outputs[place].texts[index] = try written.headProducts { $0 }
        outputs[place].shuffled[index] = try written.headProducts { positions in
          positions.shuffled(using: &random)
        }
      }
    }
    return outputs
  }
}

extension Tensor<Double> {
  /// The inner products of what heads write, for [1, position, head, width]; `order` puts the
  /// positions of each head in an order.
  fileprivate func headProducts(_ order: ([Int]) -> [Int]) throws(Fault) -> Matrix {
    let (positions, heads, width) = (shape[1], shape[2], shape[3])
    var elements: [Double] = []
    elements.reserveCapacity(count)
    for head in 0..<heads {
      let region = Region([nil, order(Array(0..<positions)), [head], nil])
      do {
        elements += try read(region).elements
      } catch {
        throw Fault("tensor", "\(error)")
      }
    }
    return Matrix(rows: heads, columns: positions * width, elements).rowProducts
  }
}
