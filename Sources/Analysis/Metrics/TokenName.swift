import Faults
import Transformers

/// A token as a person names it: by the text that it adds in running text, or by its id.
public enum TokenName: Sendable, Hashable {
  /// The piece that adds this text after a word, whatever the vocabulary calls it.
  case text(String)
  /// The id.
  case id(Int)

  /// The ids that the name stands for; one, unless the text is several tokens.
  ///
  /// - Throws: `Fault` when the model has no tokenizer or does not know the id.
  public func ids(for model: Model) throws(Fault) -> [Int] {
    if let classes = model.description.classification { return [try column(in: classes)] }
    return try vocabularyIDs(for: model)
  }

  /// The ids of the vocabulary that the name stands for, also where logits stand for labels.
  ///
  /// - Throws: `Fault` as `ids(for:)`.
  public func vocabularyIDs(for model: Model) throws(Fault) -> [Int] {
    guard model.description.embedding.patches == nil else {
      throw Fault(
        "no-vocabulary", "\(model.name) reads images: it has no tokens",
        help: "see what it predicts with   predict p")
    }
    switch self {
    case .id(let id):
      guard (0..<model.description.vocabularySize).contains(id) else {
        throw Fault(
          "token-out-of-range", "the model does not know the token id \(id)",
          help: "ids go from 0 to \(model.description.vocabularySize - 1)")
      }
      return [id]
    case .text(let text):
      guard let tokenizer = try model.tokenizer() else {
        throw Fault(
          "no-tokenizer", "\(model.name) has no tokenizer, so it cannot find the token \"\(text)\"",
          help: "name the token by its id")
      }
      do {
        let ids = try tokenizer.continuation(text)
        guard !ids.isEmpty else {
          throw Fault("unknown-token", "the text \"\(text)\" is no token at all")
        }
        return ids
      } catch let error as Fault {
        throw error
      } catch {
        throw Fault("bad-tokenizer", "\(error)")
      }
    }
  }

  /// The logit of a classifier that the name stands for.
  private func column(in classes: ClassificationDescription) throws(Fault) -> Int {
    let columns =
      switch self {
      case .id(let id): classes.labels.indices.contains(id) ? [id] : []
      case .text(let text): classes.columns(named: text)
      }
    if columns.count == 1 { return columns[0] }
    let names = (columns.isEmpty ? Array(classes.labels.indices) : columns).prefix(12).map {
      column in
      let task = classes.task(ofColumn: column)
      return (task?.name.map { "\($0)." } ?? "")
        + (task?.labels[column - (task?.columns.lowerBound ?? 0)] ?? "")
    }
    throw Fault(
      "unknown-label",
      columns.isEmpty
        ? "the model has no label \(self)" : "several tasks of the model have the label \(self)",
      help: (columns.isEmpty ? "its labels are " : "say which: ") + names.joined(separator: ", "))
  }

  /// The one id that the name stands for.
  ///
  /// - Throws: `Fault` that shows the pieces when the text is several tokens.
  public func id(for model: Model) throws(Fault) -> Int {
    try only(of: try ids(for: model), model)
  }

  /// The one id of the vocabulary that the name stands for, also where logits stand for labels.
  ///
  /// - Throws: `Fault` as `id(for:)`.
  public func vocabularyID(for model: Model) throws(Fault) -> Int {
    try only(of: try vocabularyIDs(for: model), model)
  }

  private func only(of ids: [Int], _ model: Model) throws(Fault) -> Int {
    if ids.count == 1 { return ids[0] }
    let tokenizer = try model.tokenizer()
    let pieces = ids.map { "\"\(tokenizer?.text(of: $0) ?? "")\" (\($0))" }.joined(separator: ", ")
    throw Fault(
      "several-tokens", "\(description) is \(ids.count) tokens: \(pieces)",
      help:
        "name one of them by its id, or write a text that is one token (a leading space matters)")
  }
}

extension TokenName: CustomStringConvertible {
  /// The text for people.
  public var description: String {
    switch self {
    case .text(let text): "\"\(text)\""
    case .id(let id): "\(id)"
    }
  }
}
