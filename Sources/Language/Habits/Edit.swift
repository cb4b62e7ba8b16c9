/// A stretch of a text and what should stand there instead.
struct Edit: Sendable, Hashable {
  var span: Span
  var text: String

  init(_ span: Span, _ text: String) {
    self.span = span
    self.text = text
  }

  /// A text with edits made; of two that overlap the first given counts.
  static func applied(_ edits: [Edit], to text: String, from start: Int) -> String {
    var kept: [Edit] = []
    for edit in edits where !kept.contains(where: { $0.overlaps(edit) }) { kept.append(edit) }
    var bytes = Array(text.utf8)
    let inOrder = kept.enumerated().sorted {
      ($0.element.span.start, $0.offset) > ($1.element.span.start, $1.offset)
    }
    for edit in inOrder.map(\.element) {
      let from = min(max(0, edit.span.start - start), bytes.count)
      let to = min(max(from, edit.span.end - start), bytes.count)
      bytes.replaceSubrange(from..<to, with: Array(edit.text.utf8))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func overlaps(_ other: Edit) -> Bool {
    span.start < other.span.end && other.span.start < span.end
      || span == other.span && span.start == span.end && text == other.text
  }
}
