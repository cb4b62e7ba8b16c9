import Faults
import Tensors
import Transformers

/// What single tokens of a text do to its prediction, in several ways.
///
/// The tokens are those that the heads of the text look at, as far as they can explain an output:
/// special tokens and the token that the output is read from do not take part, and neither does a token
/// that the output cannot see.
struct TokenEffects: Sendable {
  let experiment: Experiment
  let subject: ExplainedRow
  /// Whether the tokens are a source, which the output is not read from.
  let isSource: Bool
  /// The tokens whose effects are compared.
  let candidates: [Int]
  /// The row of the output, or nil where the heads have none.
  let query: Int?

  init(_ experiment: Experiment, _ subject: ExplainedRow) {
    self.experiment = experiment
    self.subject = subject
    let heads = subject.heads
    let isSource = heads.isCross || heads.stack == .encoder
    self.isSource = isSource
    query = heads.stack == .decoder ? subject.position : nil
    let tokens = isSource ? subject.row.source ?? [] : subject.row.tokens
    let position = subject.position
    candidates = tokens.indices.filter { token in
      guard tokens[token].origin != .template, tokens[token].origin != .patch else { return false }
      return isSource || token != position && !(heads.isCausal && token > position)
    }
  }

  /// |Σ input × gradient| of the likeliest class's logarithm of the probability, token by token.
  func gradients() throws(Fault) -> [Double] {
    let rows = [subject.row]
    let embed = Site(.embed, stack: isSource ? .encoder : .decoder)
    let capture = Capture(site: embed)
    let request = GradientRequest(
      Batch(rows), edits: try experiment.edits(for: rows), output: subject.output(1),
      sites: [embed])
    let found = try experiment.runtime.differentiate(request) { logits, _ throws(Fault) in
      let slope = subject.model.logitGroups.flatMap { group in
        let distribution = group.distribution(logits.doubles)
        let likeliest = distribution.top(1).first
        return group.own(
          distribution.logits.indices.map {
            ($0 == likeliest ? 1 : 0) - distribution.probability($0)
          })
      }
      return .double(Tensor(logits.axes, logits.shape, slope))
    }
    let captured = try experiment.run(rows, captures: [capture]).captured[capture]
    guard let slopes = found.sites[embed]?.doubles, let values = captured?.doubles,
      let width = captured?.shape.last, slopes.count == values.count
    else { throw Fault("not-captured", "the run did not reach the embedding") }
    return candidates.map { token in
      var sum = 0.0
      for place in token * width..<(token + 1) * width { sum += slopes[place] * values[place] }
      return abs(sum)
    }
  }

  /// How far the output moves without each token.
  func leftOut() throws(Fault) -> [Double] {
    try distances { row, token in
      if isSource { row.source?.remove(at: token) } else { row.tokens.remove(at: token) }
      return !isSource && token < subject.position ? subject.position - 1 : subject.position
    }
  }

  /// How far the output moves when each token becomes the mask token, or what is nearest to one.
  func blankedOut() throws(Fault) -> [Double] {
    let mask = try MaskToken(for: experiment.model)
    return try distances { row, token in
      func blank(_ token: inout PromptToken) {
        token.id = mask.id
        token.text = mask.text
        token.origin = .mask
      }
      if isSource {
        if var source = row.source {
          blank(&source[token])
          row.source = source
        }
      } else {
        blank(&row.tokens[token])
      }
      return subject.position
    }
  }

  /// How far the output moves when each token's row is changed; the closure says where the output is
  /// read then.
  private func distances(_ change: (inout PromptRow, Int) -> Int) throws(Fault) -> [Double] {
    var distances: [Double] = []
    for part in candidates.chunked(max(1, 1024 / max(subject.row.count, 1))) {
      var positions: [[Int]] = []
      let rows = part.map { token in
        var row = subject.row
        positions.append([change(&row, token)])
        return row
      }
      let result = try experiment.run(rows, output: OutputRequest(positions: positions))
      distances += result.logitRows.map { subject.distance(of: $0) }
    }
    return distances
  }
}
