/// Why a tokenizer could not be loaded or trained, or a text not be encoded.
///
/// Every case says what is wrong, where (a file, and a path inside it such as
/// `model.merges[12]`), and what to do about it.
public enum TokenizerError: Error, Sendable, Equatable {
  /// The folder holds none of the files that a tokenizer can be read from.
  case notFound(folder: String, lookedFor: [String])
  /// A file is there and could not be read.
  case unreadable(file: String, reason: String)
  /// A file was read and says something that cannot be.
  case malformed(file: String, place: String, problem: String)
  /// A file asks for something that is not implemented.
  case unsupported(file: String, place: String, what: String)
  /// A text cannot be turned into ids by this tokenizer.
  case cannotEncode(problem: String, help: String)
  /// A vocabulary cannot be learned as asked.
  case cannotTrain(problem: String, help: String)
}

extension TokenizerError: CustomStringConvertible {
  /// The error in one or two sentences for a person.
  public var description: String {
    switch self {
    case .notFound(let folder, let lookedFor):
      return "no tokenizer in \(folder): looked for \(lookedFor.joined(separator: ", ")). "
        + "Copy the tokenizer's files beside the checkpoint, or give token ids instead of text."
    case .unreadable(let file, let reason):
      return "cannot read \(file): \(reason)."
    case .malformed(let file, let place, let problem):
      let at = place.isEmpty ? "" : " at \(place)"
      return "\(file) is damaged\(at): \(problem). Fetch the file again from its source."
    case .unsupported(let file, let place, let what):
      let at = place.isEmpty ? "" : " (at \(place))"
      return "\(file) asks for \(what)\(at), which is not supported. "
        + "Give token ids instead of text."
    case .cannotEncode(let problem, let help):
      return "cannot tokenize this text: \(problem). \(help)"
    case .cannotTrain(let problem, let help):
      return "cannot train a vocabulary: \(problem). \(help)"
    }
  }
}
