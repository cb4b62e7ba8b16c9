/// Writes a session as Markdown: each input in a `probe` block, its output in a plain one under it.
struct TranscriptWriter {
  let header: DocumentHeader
  let entries: [SessionRecord.Entry]

  /// The whole document.
  var text: String {
    var text = header.text
    for entry in entries {
      text += "\n" + Fence.block(entry.input, language: "probe")
      if !entry.output.isEmpty { text += "\n" + Fence.block(entry.output) }
    }
    return text
  }
}
