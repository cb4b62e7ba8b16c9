import Corpora
import Faults
import Tensors
import Tokenizers
import Transformers

extension Scorer {
  /// The share of sentences that training never showed whose translation is right to the last
  /// letter, taking the likeliest token each time.
  func exactTranslations(count: Int) throws(Fault) -> Double {
    let tokenizer = try tokenizer()
    let pairs = Probes.translationPairs(split: .test, count: count, seed: seed)
    var right = 0
    for pair in pairs {
      if Workers.cancellation() { throw .interrupted }
      let target = try tokenizer.ids(pair.target)
      var request = GenerationRequest(
        ids: [model.generation.startToken ?? SpecialPieces.beginningID], count: target.count + 2,
        rules: model.generation.rules)
      let source = try tokenizer.tokens(pair.source, pair: nil).map(\.id)
      guard max(source.count, target.count + 2) <= longest else { continue }
      request.source = source
      let written = try runtime.generate(request) { _ in }.ids
      if Array(written.prefix { !model.generation.endTokens.contains($0) }) == target { right += 1 }
    }
    return Double(right) / Double(max(count, 1))
  }
}
