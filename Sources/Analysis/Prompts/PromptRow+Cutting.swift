extension PromptRow {
  /// Leaves out tokens until no more than `limit` are left, in the source and in the row itself, and
  /// says how many went.
  ///
  /// Template tokens stay. Of a pair, the longer text loses its last token first; otherwise tokens
  /// go from the end. Images are left as they are.
  public mutating func cut(to limit: Int) -> Int {
    guard image == nil else { return 0 }
    var count = Self.cut(&tokens, to: limit)
    if var rest = source {
      count += Self.cut(&rest, to: limit)
      source = rest
    }
    return count
  }

  private static func cut(_ tokens: inout [PromptToken], to limit: Int) -> Int {
    let surplus = tokens.count - limit
    guard surplus > 0 else { return 0 }
    var first = tokens.indices.filter {
      tokens[$0].origin != .template && tokens[$0].origin != .pair
    }
    var second = tokens.indices.filter { tokens[$0].origin == .pair }
    var dropped: Set<Int> = []
    while dropped.count < surplus, !(first.isEmpty && second.isEmpty) {
      dropped.insert(second.count >= first.count ? second.removeLast() : first.removeLast())
    }
    tokens = tokens.indices.filter { !dropped.contains($0) }.map { tokens[$0] }
    return dropped.count
  }
}
