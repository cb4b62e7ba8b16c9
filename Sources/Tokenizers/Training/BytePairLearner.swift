/// Finds merges: counts neighbouring pairs, merges the most frequent, and keeps the counts right
/// where words changed.
struct BytePairLearner {
  /// A word as ids, and how often it occurs.
  struct Word {
    var symbols: [Int32]
    var count: Int
  }

  /// Two neighbours in a word.
  private struct Pair: Hashable, Comparable {
    var left: Int32
    var right: Int32

    static func < (a: Pair, b: Pair) -> Bool { (a.left, a.right) < (b.left, b.right) }
  }

  /// A pair with the count that it had when it was put into the queue; the most frequent is least,
  /// and of equally frequent ones that with the smaller ids.
  private struct Candidate: Comparable {
    var count: Int
    var pair: Pair

    static func < (a: Candidate, b: Candidate) -> Bool {
      a.count != b.count ? a.count > b.count : a.pair < b.pair
    }
  }

  /// The bytes of the pieces by id.
  private(set) var pieces: [[UInt8]]
  private var words: [Word]
  /// Texts that no merge may make.
  private let reserved: Set<[UInt8]>
  /// Whether a piece holds a byte that is not protected, by id.
  private var isOpen: [Bool]
  private var counts: [Pair: Int] = [:]
  /// The words in which a pair stands, or has stood; some are listed more than once.
  private var places: [Pair: [Int32]] = [:]
  private var queue = MinimumHeap<Candidate>()

  /// - Parameters:
  ///   - pieces: the bytes of the pieces that the words are made of, by id.
  ///   - reserved: texts that no merge may make.
  ///   - protected: bytes of which alone no merge may make a piece.
  init(words: [Word], pieces: [[UInt8]], reserved: Set<[UInt8]>, protected: Set<UInt8>) {
    self.words = words
    self.pieces = pieces
    self.reserved = reserved
    isOpen = pieces.map { !$0.allSatisfy(protected.contains) }
    for (index, word) in words.enumerated() {
      for (left, right) in zip(word.symbols, word.symbols.dropFirst()) {
        change(Pair(left: left, right: right), by: word.count, in: index)
      }
    }
    for (pair, count) in counts {
      queue.insert(Candidate(count: count, pair: pair))
    }
  }

  /// Learns up to `limit` merges of pairs that occur at least `minimumCount` times.
  mutating func learn(_ limit: Int, minimumCount: Int) -> [BytePairVocabulary.Merge] {
    var merges: [BytePairVocabulary.Merge] = []
    while merges.count < limit, let candidate = queue.popFirst() {
      let count = counts[candidate.pair] ?? 0
      guard count == candidate.count else {
        // Counts of pairs in the queue only fall, so the entry comes up again in its right place.
        queue.insert(Candidate(count: count, pair: candidate.pair))
        continue
      }
      guard count >= max(minimumCount, 1) else { break }
      let text = pieces[Int(candidate.pair.left)] + pieces[Int(candidate.pair.right)]
      guard !reserved.contains(text) else { continue }
      let id = Int32(pieces.count)
      isOpen.append(isOpen[Int(candidate.pair.left)] || isOpen[Int(candidate.pair.right)])
      pieces.append(text)
      merges.append(
        BytePairVocabulary.Merge(
          left: Int(candidate.pair.left), right: Int(candidate.pair.right), result: Int(id)))
      merge(candidate.pair, into: id)
    }
    return merges
  }

  /// Counts a pair up or down in a word, unless it may not be merged.
  private mutating func change(_ pair: Pair, by count: Int, in word: Int) {
    guard isOpen[Int(pair.left)] || isOpen[Int(pair.right)] else { return }
    counts[pair, default: 0] += count
    if count > 0, places[pair]?.last != Int32(word) {
      places[pair, default: []].append(Int32(word))
    }
  }

  private mutating func merge(_ pair: Pair, into id: Int32) {
    var made: Set<Pair> = []
    for word in places.removeValue(forKey: pair) ?? [] {
      merge(pair, into: id, in: Int(word), &made)
    }
    counts[pair] = nil
    for pair in made {
      guard let count = counts[pair], count > 0 else { continue }
      queue.insert(Candidate(count: count, pair: pair))
    }
  }

  /// Merges a pair in one word, left to right, and gathers the pairs that this makes.
  private mutating func merge(
    _ pair: Pair, into id: Int32, in word: Int, _ made: inout Set<Pair>
  ) {
    let old = words[word].symbols
    let count = words[word].count
    var symbols: [Int32] = []
    symbols.reserveCapacity(old.count)
    var index = 0
    while index < old.count {
      guard old[index] == pair.left, index + 1 < old.count, old[index + 1] == pair.right else {
        symbols.append(old[index])
        index += 1
        continue
      }
      if let previous = symbols.last {
        change(Pair(left: previous, right: pair.left), by: -count, in: word)
        let new = Pair(left: previous, right: id)
        change(new, by: count, in: word)
        made.insert(new)
      }
      if index + 2 < old.count {
        change(Pair(left: pair.right, right: old[index + 2]), by: -count, in: word)
        let new = Pair(left: id, right: old[index + 2])
        change(new, by: count, in: word)
        made.insert(new)
      }
      symbols.append(id)
      index += 2
    }
    words[word].symbols = symbols
  }
}
