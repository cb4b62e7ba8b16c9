/// Pieces and their ids, looked up by bytes.
///
/// Swift's strings compare by canonical equivalence, and vocabularies tell `é` from `e` + U+0301,
/// so pieces are kept and compared as UTF-8. All of them lie in one array behind one table.
struct Vocabulary: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var ids: [Int32] = []
  private var entryOfID: [Int32] = []
  private var slots: [Int32] = []
  /// The length in bytes of the longest piece.
  private(set) var longestPiece = 0

  init(expecting count: Int = 0) {
    ends.reserveCapacity(count)
    ids.reserveCapacity(count)
    resizeTable(for: max(count, 8))
  }

  /// How many pieces there are.
  var count: Int { ids.count }

  /// The largest id, or -1.
  var largestID: Int { entryOfID.count - 1 }

  /// The largest id that a vocabulary of `count` pieces may use: ids may be sparse, and a table
  /// over them must stay in proportion to the file.
  static func idBound(count: Int) -> Int { 4 * count + (1 << 20) }

  /// Adds a piece; false when the piece is there already.
  mutating func append(_ piece: ArraySlice<UInt8>, id: Int) -> Bool {
    if 2 * (ids.count + 1) > slots.count {
      resizeTable(for: 2 * ids.count + 8)
    }
    let slot = slot(of: piece, hash: Self.hash(piece))
    guard slots[slot] < 0 else { return false }
    slots[slot] = Int32(ids.count)
    bytes.append(contentsOf: piece)
    ends.append(bytes.count)
    ids.append(Int32(truncatingIfNeeded: id))
    longestPiece = max(longestPiece, piece.count)
    return true
  }

  /// Builds the way from ids to pieces; gives the first id that is used twice, if any is.
  mutating func indexIDs() -> Int? {
    let largest = ids.max() ?? -1
    entryOfID = [Int32](repeating: -1, count: Int(largest) + 1)
    for (entry, id) in ids.enumerated() {
      guard entryOfID[Int(id)] < 0 else { return Int(id) }
      entryOfID[Int(id)] = Int32(entry)
    }
    return nil
  }

  /// The id of `piece`.
  func id(of piece: some Collection<UInt8>) -> Int? {
    id(hash: Self.hash(piece), of: piece)
  }

  /// The id of `piece`, whose hash is known.
  func id(hash: UInt64, of piece: some Collection<UInt8>) -> Int? {
    let entry = slots[slot(of: piece, hash: hash)]
    return entry < 0 ? nil : Int(ids[Int(entry)])
  }

  /// The id of the piece `prefix` + `rest`, whose hash is known.
  func id(hash: UInt64, prefix: [UInt8], rest: ArraySlice<UInt8>) -> Int? {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      let piece = bytes[range(Int(slots[slot]))]
      if piece.starts(with: prefix), piece.dropFirst(prefix.count).elementsEqual(rest) {
        return Int(ids[Int(slots[slot])])
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// The bytes of the piece with `id`.
  func piece(_ id: Int) -> ArraySlice<UInt8>? {
    guard id >= 0, id < entryOfID.count, entryOfID[id] >= 0 else { return nil }
    return bytes[range(Int(entryOfID[id]))]
  }

  /// Whether any piece satisfies `predicate`.
  func contains(where predicate: (ArraySlice<UInt8>) -> Bool) -> Bool {
    ids.indices.contains { predicate(bytes[range($0)]) }
  }

  private func range(_ entry: Int) -> Range<Int> {
    (entry == 0 ? 0 : ends[entry - 1])..<ends[entry]
  }

  /// Compares by index: making slices would cost more than comparing.
  private func entry(_ entry: Int, is piece: some Collection<UInt8>) -> Bool {
    let range = range(entry)
    guard range.count == piece.count else { return false }
    var position = range.lowerBound
    for byte in piece {
      guard bytes[position] == byte else { return false }
      position += 1
    }
    return true
  }

  private static func hash(_ piece: some Collection<UInt8>) -> UInt64 {
    var hash = PieceHash()
    for byte in piece {
      hash.combine(byte)
    }
    return hash.value
  }

  /// The slot that holds `piece`, or the empty one where it belongs.
  private func slot(of piece: some Collection<UInt8>, hash: UInt64) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0, !entry(Int(slots[slot]), is: piece) {
      slot = (slot + 1) & mask
    }
    return slot
  }

  private mutating func resizeTable(for count: Int) {
    var capacity = 16
    while capacity < 2 * count {
      capacity *= 2
    }
    slots = [Int32](repeating: -1, count: capacity)
    for entry in ids.indices {
      let piece = bytes[range(entry)]
      slots[slot(of: piece, hash: Self.hash(piece))] = Int32(entry)
    }
  }
}
