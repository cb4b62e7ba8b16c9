import Statistics
import Tensors

extension Estimate {
  /// The mean of values of tokens, with its interval by bootstrap over their sentences: tokens of one
  /// sentence hang together, so sentences are drawn and not tokens.
  ///
  /// The interval is NaN where there are fewer than two sentences; values that are NaN are left out
  /// and counted.
  init(meanOf values: [Double], over sentences: [Int], seed: UInt64) {
    var places: [Int: Int] = [:]
    var sums: [Double] = []
    var counts: [Double] = []
    var skipped = 0
    for (value, sentence) in zip(values, sentences) {
      guard !value.isNaN else {
        skipped += 1
        continue
      }
      let place = places[sentence] ?? sums.count
      if place == sums.count {
        places[sentence] = place
        sums.append(0)
        counts.append(0)
      }
      sums[place] += value
      counts[place] += 1
    }
    let found = Bootstrap.ratio(sums, counts, seed: seed)
    let isKnown = sums.count > 1
    self.init(
      value: found.value, low: isKnown ? found.low : .nan, high: isKnown ? found.high : .nan,
      skipped: skipped)
  }

  /// The same estimate further up, or down.
  func shifted(by offset: Double) -> Estimate {
    Estimate(value: value + offset, low: low + offset, high: high + offset, skipped: skipped)
  }
}

/// The sentences of a sample in two halves, drawn at random.
struct SentenceHalves {
  /// The places of one half.
  private(set) var first: [Int] = []
  /// The places of the other.
  private(set) var second: [Int] = []

  /// - Parameter sentences: The sentence of each member of the sample.
  init(_ sentences: [Int], seed: UInt64) {
    var random = SeededGenerator(seed: seed, name: "halves")
    let all = Set(sentences).sorted().shuffled(using: &random)
    let half = Set(all.prefix((all.count + 1) / 2))
    for (place, sentence) in sentences.enumerated() {
      if half.contains(sentence) { first.append(place) } else { second.append(place) }
    }
  }
}
