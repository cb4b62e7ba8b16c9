/// A unigram language model over pieces (Kudo 2018): a word is cut so that the sum of the pieces'
/// log probabilities is largest.
struct UnigramModel: SubwordModel {
  /// How much less likely than the rarest piece an unknown scalar is.
  private static let unknownPenalty = 10.0

  let vocabulary: Vocabulary
  let unknownID: Int?
  /// The log probability of each id.
  let scores: [Double]
  var unknownShowsText: Bool { true }
  private let unknownScore: Double
  private let byteFallback: ByteFallbackPieces?

  init(vocabulary: Vocabulary, scores: [Double], unknownID: Int?, fallsBackToBytes: Bool) {
    self.vocabulary = vocabulary
    self.scores = scores
    self.unknownID = unknownID
    unknownScore = (scores.min() ?? 0) - Self.unknownPenalty
    byteFallback = fallsBackToBytes ? ByteFallbackPieces(vocabulary) : nil
  }

  func tokenize(
    _ word: ArraySlice<Unicode.Scalar>, into tokens: inout [ModelToken]
  ) throws(TokenizerError) {
    let bytes = utf8(word)
    for token in fusingUnknown(try bestPath(bytes)) {
      let piece = bytes[token.start..<token.end]
      if let id = vocabulary.id(of: piece) {
        tokens.append(ModelToken(id: id, start: token.start, end: token.end))
      } else if let spelled = byteFallback?.ids(of: piece) {
        for id in spelled {
          tokens.append(ModelToken(id: id, start: token.start, end: token.end))
        }
      } else {
        tokens.append(token)
      }
    }
  }

  /// The best way to end at a byte.
  private struct Step {
    var id = -1
    var start = -1
    var score = 0.0
  }

  private func bestPath(_ bytes: [UInt8]) throws(TokenizerError) -> [ModelToken] {
    var steps = [Step](repeating: Step(), count: bytes.count + 1)
    func offer(_ id: Int, _ score: Double, _ start: Int, _ end: Int) {
      if steps[end].start < 0 || score > steps[end].score {
        steps[end] = Step(id: id, start: start, score: score)
      }
    }
    var start = 0
    while start < bytes.count {
      let reached = steps[start].score
      var hash = PieceHash()
      var scalarEnd = bytes.count
      var hasScalarPiece = false
      for end in start..<min(bytes.count, start + max(vocabulary.longestPiece, 4)) {
        hash.combine(bytes[end])
        guard end + 1 == bytes.count || bytes[end + 1] & 0xC0 != 0x80 else { continue }
        scalarEnd = min(scalarEnd, end + 1)
        if let id = vocabulary.id(hash: hash.value, of: bytes[start...end]) {
          offer(id, reached + scores[id], start, end + 1)
          hasScalarPiece = hasScalarPiece || end + 1 == scalarEnd
        }
      }
      if !hasScalarPiece {
        guard let unknownID else { throw .noUnknownPiece("unigram") }
        offer(unknownID, reached + unknownScore, start, scalarEnd)
      }
      start = scalarEnd
    }
    var path: [ModelToken] = []
    var end = bytes.count
    while end > 0 {
      path.append(ModelToken(id: steps[end].id, start: steps[end].start, end: end))
      end = steps[end].start
    }
    return path.reversed()
  }

  private func fusingUnknown(_ tokens: [ModelToken]) -> [ModelToken] {
    var fused: [ModelToken] = []
    for token in tokens {
      if token.id == unknownID, let last = fused.last, last.id == unknownID {
        fused[fused.count - 1].end = token.end
      } else {
        fused.append(token)
      }
    }
    return fused
  }
}
