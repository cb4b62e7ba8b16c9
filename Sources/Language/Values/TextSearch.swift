/// Finds a text in others, with a look now and then at whether to stop.
public struct TextSearch {
  private let part: [UInt8]
  /// Where the search goes on after a byte that ended a match so far (Knuth, Morris and Pratt 1977).
  private let fallbacks: [Int]
  private let characters: [Character]?

  /// A search for a text; plain ones are looked for as bytes, others letter by letter, so that an
  /// accent is found however it is composed.
  public init(_ text: String) {
    part = Array(text.utf8)
    characters = part.allSatisfy { $0 < 0x80 } ? nil : Array(text)
    var fallbacks = [0]
    var length = 0
    for byte in part.dropFirst() {
      while length > 0, part[length] != byte { length = fallbacks[length - 1] }
      if part[length] == byte { length += 1 }
      fallbacks.append(length)
    }
    self.fallbacks = fallbacks
  }

  /// Whether a text holds it; the empty one is in every text.
  public func isFound(in text: String, _ interruption: Interruption) throws(Failure) -> Bool {
    if part.isEmpty { return true }
    if characters != nil {
      return try firstRange(in: text[...], interruption) != nil
    }
    var isFound = false
    try eachPlace(in: text, interruption) { _ in
      isFound = true
      return false
    }
    return isFound
  }

  /// What stands between the places where it is found, from left to right; the empty one cuts
  /// nothing.
  public func pieces(
    of text: String, _ interruption: Interruption
  ) throws(Failure) -> [Substring] {
    var pieces: [Substring] = []
    var start = text.startIndex
    if characters != nil {
      while let range = try firstRange(in: text[start...], interruption) {
        pieces.append(text[start..<range.lowerBound])
        start = range.upperBound
      }
    } else if !part.isEmpty {
      try eachPlace(in: text, interruption) { end in
        let first = text.utf8.index(end, offsetBy: -part.count)
        if first >= start {
          pieces.append(text[start..<first])
          start = end
        }
        return true
      }
    }
    pieces.append(text[start...])
    return pieces
  }

  /// Calls a body with the end of each place, until it says that it has enough.
  private func eachPlace(
    in text: String, _ interruption: Interruption, _ body: (String.Index) -> Bool
  ) throws(Failure) {
    var matched = 0
    var steps = 0
    var place = text.utf8.startIndex
    while place < text.utf8.endIndex {
      if steps & 0xFFFF == 0 { try interruption.check() }
      steps += 1
      let byte = text.utf8[place]
      text.utf8.formIndex(after: &place)
      while matched > 0, matched == part.count || part[matched] != byte {
        matched = fallbacks[matched - 1]
      }
      if part[matched] == byte { matched += 1 }
      guard matched == part.count, !isExtended(text, at: place) else { continue }
      if !body(place) { return }
    }
  }

  /// Whether the letter before a place goes on at it, as an accent does.
  private func isExtended(_ text: String, at place: String.Index) -> Bool {
    place < text.utf8.endIndex && text.utf8[place] >= 0x80
      && text.unicodeScalars[place].properties.isGraphemeExtend
  }

  private func firstRange(
    in text: Substring, _ interruption: Interruption
  ) throws(Failure) -> Range<String.Index>? {
    guard let characters else { return nil }
    var place = text.startIndex
    var steps = 0
    while place < text.endIndex {
      if steps & 0xFFF == 0 { try interruption.check() }
      steps += 1
      if text[place] == characters[0] {
        var (end, count) = (place, 0)
        while count < characters.count, end < text.endIndex, text[end] == characters[count] {
          text.formIndex(after: &end)
          count += 1
        }
        if count == characters.count { return place..<end }
      }
      text.formIndex(after: &place)
    }
    return nil
  }
}
