import Statistics
import Tensors
import Transformers

extension ExplanationCheck {
  /// Compares the order in which attention puts the tokens of the text with the order of their
  /// effects.
  ///
  /// The weights are those of the row of the output, or of all rows where the output is read from
  /// other tokens than these heads attend from, averaged over heads. Special tokens and the token that
  /// the output is read from do not take part, and neither does a token that the output cannot see.
  func rank(_ subject: ExplainedRow, _ result: inout Result) throws(ModelError) {
    let side = TokenSide(subject)
    guard side.candidates.count > 1 else { return }
    let weights = side.candidates.map { subject.attention.mean(to: $0, from: side.query) }
    result.gradientAgreement = RankCorrelation.kendall(weights, try gradients(subject, side))
    result.leftOutAgreement = RankCorrelation.kendall(weights, try leftOut(subject, side))
  }

  /// |Σ input × gradient| of the likeliest class's logarithm of the probability, token by token.
  private func gradients(_ subject: ExplainedRow, _ side: TokenSide) throws(ModelError)
    -> [Double]
  {
    let rows = [subject.row]
    let embed = Site(.embed, stack: side.stack)
    let capture = Capture(site: embed)
    let request = GradientRequest(
      Batch(rows), edits: try experiment.edits(for: rows), output: subject.output(1),
      sites: [embed])
    let found = try experiment.runtime.differentiate(request) { logits, _ throws(ModelError) in
      let slope = subject.model.distributions(logits.doubles).flatMap { distribution in
        let likeliest = distribution.top(1).first
        return distribution.logits.indices.map {
          ($0 == likeliest ? 1 : 0) - distribution.probability($0)
        }
      }
      return .double(Tensor(logits.axes, logits.shape, slope))
    }
    let captured = try experiment.run(rows, captures: [capture]).captured[capture]
    guard let slopes = found.sites[embed]?.doubles, let values = captured?.doubles,
      let width = captured?.shape.last, slopes.count == values.count
    else { throw ModelError("not-captured", "the run did not reach the embedding") }
    return side.candidates.map { token in
      var sum = 0.0
      for place in token * width..<(token + 1) * width { sum += slopes[place] * values[place] }
      return abs(sum)
    }
  }

  /// How far the output moves without each token.
  private func leftOut(_ subject: ExplainedRow, _ side: TokenSide) throws(ModelError) -> [Double] {
    var distances: [Double] = []
    for part in side.candidates.chunked(max(1, 1024 / max(subject.row.count, 1))) {
      let rows = part.map { token in
        var row = subject.row
        if side.isSource { row.source?.remove(at: token) } else { row.tokens.remove(at: token) }
        return row
      }
      let positions = part.map { token in
        [!side.isSource && token < subject.position ? subject.position - 1 : subject.position]
      }
      let result = try experiment.run(rows, output: OutputRequest(positions: positions))
      distances += result.logitRows.map { subject.distance(of: $0) }
    }
    return distances
  }
}

/// The tokens that heads look at, as far as they can explain an output.
private struct TokenSide {
  let stack: Stack
  /// Whether the tokens are a source, which the output is not read from.
  let isSource: Bool
  /// The tokens whose effects are compared.
  let candidates: [Int]
  /// The row of the output, or nil where the heads have none.
  let query: Int?

  init(_ subject: ExplainedRow) {
    let heads = subject.heads
    isSource = heads.isCross || heads.stack == .encoder
    stack = isSource ? .encoder : .decoder
    query = heads.stack == .decoder ? subject.position : nil
    let tokens = isSource ? subject.row.source ?? [] : subject.row.tokens
    let (position, isSource) = (subject.position, isSource)
    candidates = tokens.indices.filter { token in
      guard tokens[token].origin != .template, tokens[token].origin != .patch else { return false }
      return isSource || token != position && !(heads.isCausal && token > position)
    }
  }
}

extension HeadPatterns {
  /// The weight of a key in a row, or in all of them, averaged over heads and layers.
  fileprivate func mean(to key: Int, from query: Int?) -> Double {
    var (sum, count) = (0.0, 0)
    for layer in layers {
      for head in layer.components.indices {
        for row in query.map({ [$0] }) ?? Array(0..<layer.queries) {
          sum += layer.weights[layer.start(head, row) + key]
          count += 1
        }
      }
    }
    return count == 0 ? .nan : sum / Double(count)
  }
}
