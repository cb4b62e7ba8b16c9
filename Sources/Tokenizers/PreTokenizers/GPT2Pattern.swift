/// GPT-2's pattern, written out by hand because nearly every byte-level vocabulary uses it:
/// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`.
///
/// Every scalar is part of a match, so a text is cut by asking again and again where the next
/// match ends. Each scalar is looked at a bounded number of times.
enum GPT2Pattern {
  /// The end of the match that begins at `start`, which must lie before `limit`.
  static func end(of scalars: [Unicode.Scalar], from start: Int, to limit: Int) -> Int {
    if scalars[start] == "'", let end = contraction(scalars, start, limit) {
      return end
    }
    var runStart = start
    var runClass = ScalarClass.of(scalars[start])
    if scalars[start] == " ", start + 1 < limit {
      let next = ScalarClass.of(scalars[start + 1])
      if next != .space {
        runStart = start + 1
        runClass = next
      }
    }
    var end = runStart + 1
    while end < limit, ScalarClass.of(scalars[end]) == runClass {
      end += 1
    }
    // White space leaves its last scalar to the word behind it.
    return runClass == .space && end < limit && end - start > 1 ? end - 1 : end
  }

  private static func contraction(
    _ scalars: [Unicode.Scalar], _ start: Int, _ limit: Int
  ) -> Int? {
    guard start + 1 < limit else { return nil }
    let first = scalars[start + 1]
    if "stmd".unicodeScalars.contains(first) { return start + 2 }
    guard start + 2 < limit else { return nil }
    switch (first, scalars[start + 2]) {
    case ("r", "e"), ("v", "e"), ("l", "l"): return start + 3
    default: return nil
    }
  }
}
