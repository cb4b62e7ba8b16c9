import Faults
import Tensors
import Transformers

/// Reads the residual stream of chosen tokens, layer by layer, and holds no more at once than a
/// budget allows.
public struct ResidualStreams: LayeredTokens {
  /// How far a reading has come; throwing stops it.
  typealias Progress = (_ done: Int, _ total: Int) throws(Fault) -> Void

  let experiment: Experiment
  let corpus: CorpusTokens
  /// The bytes that streams may take at once.
  public var budget = 256 << 20

  /// The streams of a corpus in a model.
  public init(experiment: Experiment, corpus: CorpusTokens) {
    (self.experiment, self.corpus) = (experiment, corpus)
  }

  /// The tokens of the corpus.
  public var facts: any TokenFacts { corpus }
  /// The model's width for each layer.
  public var widths: [Int] {
    [Int](repeating: experiment.model.description.width, count: depth + 1)
  }

  /// The number of layers of the stack, and so the number of the last stream.
  var depth: Int { experiment.model.description.blocks(of: corpus.stack).count }

  /// Calls `body` with each layer from 0 to `depth` in order, and the streams of `tokens` there,
  /// [token, width], in the order of the tokens.
  ///
  /// The model runs once where the budget holds all layers, else several times.
  public func forEachLayer(
    _ tokens: [CorpusToken], progress: (Int, Int) throws(Fault) -> Void,
    _ body: (Int, Tensor<Float>) throws(Fault) -> Void
  ) throws(Fault) {
    let width = experiment.model.description.width
    let size = max(tokens.count * width * MemoryLayout<Float>.size, 1)
    let atOnce = min(max(budget / size, 1), depth + 1)
    let rounds = stride(from: 0, through: depth, by: atOnce).map { first in
      Array(first...min(first + atOnce - 1, depth))
    }
    for (round, layers) in rounds.enumerated() {
      let streams = try read(tokens, layers: layers) { done, total throws(Fault) in
        try progress(round * total + done, rounds.count * total)
      }
      for (layer, stream) in zip(layers, streams) { try body(layer, stream) }
    }
  }

  /// The streams of `tokens` at one layer, [token, width].
  func layer(
    _ layer: Int, of tokens: [CorpusToken], progress: Progress
  ) throws(Fault) -> Tensor<Float> {
    try read(tokens, layers: [layer], progress: progress)[0]
  }

  /// The streams of tokens at some layers, [token, width] each.
  private func read(_ tokens: [CorpusToken], layers: [Int], progress: Progress)
    throws(Fault) -> [Tensor<Float>]
  {
    let model = experiment.model.description
    let sites = layers.map { ResolvedSite(model.stream($0, of: corpus.stack)) }
    var wanted: [Int: [Int]] = [:]
    for (place, token) in tokens.enumerated() { wanted[token.row, default: []].append(place) }
    let rows = wanted.keys.sorted()
    var streams = sites.map { _ in [Float]() }
    for index in streams.indices { streams[index].reserveCapacity(tokens.count * model.width) }
    var order: [Int] = []
    let run = CorpusRun(experiment, rows.map { corpus.rows[$0] })
    try run.forEach(
      sites,
      positions: { row, _ in wanted[rows[row], default: []].map { tokens[$0].position } },
      progress: progress
    ) { row, captures throws(Fault) in
      for (index, site) in sites.enumerated() {
        streams[index] += try captures.value(site).cast(to: Float.self).elements
      }
      order += wanted[rows[row], default: []]
    }
    var places = [Int](repeating: 0, count: order.count)
    for (place, token) in order.enumerated() { places[token] = place }
    return try streams.map { elements throws(Fault) in
      try Tensor([.position, .width], [order.count, model.width], elements).rows(places)
    }
  }
}
