/// Byte-pair encoding: a word falls into scalars, and pairs are merged in the order in which
/// training found them.
///
/// Sennrich et al. 2016, Neural Machine Translation of Rare Words with Subword Units.
struct BytePairModel: SubwordModel {
  let vocabulary: Vocabulary
  let merges: MergeTable
  let unknownID: Int?
  /// The result of the merge of each rank, to tell entries of the queue that are out of date.
  let settings: Settings
  private let byteFallback: ByteFallbackPieces?
  /// Ids of the first scalars of Unicode, where byte-level alphabets lie; -1 where there is none.
  private let commonIDs: [Int32]

  /// What a file can say about the model beside its pieces and merges.
  struct Settings: Sendable {
    var unknownPiece: String?
    var fusesUnknown = false
    var fallsBackToBytes = false
    var ignoresMerges = false
    var continuingPrefix: [Unicode.Scalar] = []
    var wordSuffix: [Unicode.Scalar] = []
  }

  init(vocabulary: Vocabulary, merges: MergeTable, settings: Settings) {
    self.vocabulary = vocabulary
    self.merges = merges
    self.settings = settings
    unknownID = settings.unknownPiece.flatMap { vocabulary.id(of: $0.utf8) }
    byteFallback = settings.fallsBackToBytes ? ByteFallbackPieces(vocabulary) : nil
    commonIDs = (0..<0x180).map { (value: UInt32) in
      let id = Unicode.Scalar(value).flatMap { vocabulary.id(of: utf8(CollectionOfOne($0))) }
      return Int32(id ?? -1)
    }
  }

  func tokenize(
    _ word: ArraySlice<Unicode.Scalar>, into tokens: inout [ModelToken]
  ) throws(TokenizerError) {
    if settings.ignoresMerges {
      let bytes = utf8(word)
      if let id = vocabulary.id(of: bytes) {
        tokens.append(ModelToken(id: id, start: 0, end: bytes.count))
        return
      }
    }
    var symbols = try symbols(of: word)
    merge(&symbols)
    var start = 0
    for symbol in symbols where symbol.width > 0 {
      tokens.append(ModelToken(id: symbol.id, start: start, end: start + symbol.width))
      start += symbol.width
    }
  }

  /// A node of the linked list of symbols; merged-away symbols have width 0.
  private struct Symbol {
    var id: Int
    var width: Int
    var previous: Int
    var next: Int
  }

  /// The word as one symbol for each scalar.
  private func symbols(
    of word: ArraySlice<Unicode.Scalar>
  ) throws(TokenizerError) -> [Symbol] {
    var symbols: [Symbol] = []
    symbols.reserveCapacity(word.count)
    func add(_ id: Int, _ width: Int) {
      let index = symbols.count
      symbols.append(Symbol(id: id, width: width, previous: index - 1, next: index + 1))
    }
    var unknownWidth = 0
    func flushUnknown() {
      if let unknownID, unknownWidth > 0 { add(unknownID, unknownWidth) }
      unknownWidth = 0
    }
    for index in word.indices {
      let scalar = word[index]
      let isFirst = index == word.startIndex
      let isLast = index == word.endIndex - 1
      if let id = id(of: scalar, isFirst: isFirst, isLast: isLast) {
        flushUnknown()
        add(id, scalar.utf8Width)
      } else if let bytes = byteFallback?.ids(of: spelling(scalar, isFirst, isLast)) {
        // As in the reference, a pending unknown piece is not flushed here.
        for byte in bytes { add(byte, 1) }
      } else if settings.unknownPiece != nil {
        guard unknownID != nil else { throw .noUnknownPiece("BPE") }
        if !settings.fusesUnknown { flushUnknown() }
        unknownWidth += scalar.utf8Width
      }
    }
    flushUnknown()
    return symbols
  }

  private func id(of scalar: Unicode.Scalar, isFirst: Bool, isLast: Bool) -> Int? {
    let isBare =
      (isFirst || settings.continuingPrefix.isEmpty) && (!isLast || settings.wordSuffix.isEmpty)
    guard isBare else { return vocabulary.id(of: spelling(scalar, isFirst, isLast)) }
    if scalar.value < UInt32(commonIDs.count) {
      let id = commonIDs[Int(scalar.value)]
      return id < 0 ? nil : Int(id)
    }
    return UTF8.encode(scalar).flatMap { vocabulary.id(of: $0) }
  }

  /// How the vocabulary would write a scalar at this place of a word.
  private func spelling(_ scalar: Unicode.Scalar, _ isFirst: Bool, _ isLast: Bool) -> [UInt8] {
    utf8(
      (isFirst ? [] : settings.continuingPrefix) + [scalar] + (isLast ? settings.wordSuffix : []))
  }

  private func merge(_ symbols: inout [Symbol]) {
    guard symbols.count > 1 else { return }
    var queue = MergeQueue()
    func offer(_ left: Int, _ right: Int) {
      if let merge = merges.merge(symbols[left].id, symbols[right].id) {
        queue.insert(rank: merge.rank, position: left)
      }
    }
    for left in 0..<symbols.count - 1 {
      offer(left, left + 1)
    }
    while let (rank, position) = queue.popFirst() {
      let right = symbols[position].next
      guard symbols[position].width > 0, right < symbols.count,
        let merge = merges.merge(symbols[position].id, symbols[right].id), merge.rank == rank
      else { continue }
      symbols[position].id = merge.result
      symbols[position].width += symbols[right].width
      symbols[position].next = symbols[right].next
      symbols[right].width = 0
      let next = symbols[right].next
      if next < symbols.count {
        symbols[next].previous = position
        offer(position, next)
      }
      if symbols[position].previous >= 0 {
        offer(symbols[position].previous, position)
      }
    }
  }
}
