import Analysis
import Language

extension Prompt {
  /// The text that was written, or nil for a prompt of ids.
  var text: String? {
    if case .text(let text, _) = content { text } else { nil }
  }

  /// The prompt as it would be written in a program.
  var sourceText: String {
    var source: String
    switch content {
    case .text(let text, let pair):
      source = "prompt \(Value.quoted(text))"
      if let pair { source += " pair: \(Value.quoted(pair))" }
    case .ids(let ids, let types, _):
      source = "prompt ids: [\(ids.map(String.init).joined(separator: ", "))]"
      if let types { source += " types: [\(types.map(String.init).joined(separator: ", "))]" }
    case .image(let image, let wish):
      let sizes = image.shape.map(String.init).joined(separator: " by ")
      source = "prompt image: (a tensor, \(sizes))"
      if let rescale = wish.rescale { source += " rescale: \(rescale)" }
      if let normalize = wish.normalize { source += " normalize: \(normalize)" }
    }
    switch target {
    case .text(let text)?: source += " target: \(Value.quoted(text))"
    case .ids(let ids)?:
      source += " target_ids: [\(ids.map(String.init).joined(separator: ", "))]"
    case nil: break
    }
    for change in changes { source += " | \(change.summary)" }
    return source
  }
}
