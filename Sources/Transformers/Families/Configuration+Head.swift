import Checkpoints

/// What stands on the body of a model.
enum Head: Sendable {
  /// Nothing: the model gives hidden states.
  case none
  /// Logits of tokens.
  case tokens
  /// Logits of labels, one row for each text or image.
  case labels
}

extension Configuration {
  /// The head of the class that `architectures` names first, or nil where it names none.
  ///
  /// A class is known by the end of its name. One that ends in `Model` alone is a bare body; the
  /// name of a class of somebody else's, without `For` and `Head`, says nothing.
  ///
  /// - Parameter known: The heads that the family has here, by the ends of their classes' names.
  /// - Throws: `CheckpointError` that names the class, where its head is not computed here.
  func head(among known: [String: Head]) throws(CheckpointError) -> Head? {
    guard let name = try strings("architectures", default: []).first else { return nil }
    if let end = known.keys.first(where: name.hasSuffix) { return known[end] }
    if name.contains("For") || name.contains("Head") || name.hasSuffix("MTModel") {
      throw unsupported(
        "architectures",
        known: (known.keys.sorted() + ["the bare model"]).joined(separator: ", "),
        found: name)
    }
    return name.hasSuffix("Model") ? Head.none : nil
  }

  /// Whether a model that predicts tokens has logits: as `architectures` says, or else as the file
  /// has it.
  ///
  /// - Parameters:
  ///   - head: The tensor of the head that the file has where the head is stored on its own.
  ///   - isTied: Whether the head may be the token table.
  func hasLogits(
    _ known: [String: Head], head: String, isTied: Bool, in tensors: TensorNames
  ) throws(CheckpointError) -> Bool {
    switch try self.head(among: known) {
    case .tokens, .labels: true
    case Head.none?: tensors.has(head)
    case nil: isTied || tensors.has(head)
    }
  }

  /// Whether the token table is the output matrix too where the file has one of both alone.
  func isTied(default standard: Bool) throws(CheckpointError) -> Bool {
    try bool("tie_word_embeddings", default: standard)
  }
}

extension TensorNames {
  /// The output matrix of a model: its own where the file has it or must have it, else the table.
  func head(_ own: String, table: String, isTied: Bool) -> String {
    !isTied || has(own) ? own : table
  }

  /// The token table of a model, by the first of its names that is there.
  ///
  /// Files that keep one name of each shared tensor may have it under the head's name alone.
  func table(_ names: String..., head: String, isTied: Bool) -> String {
    if let found = names.first(where: has) { return found }
    return isTied && has(head) ? head : names.last ?? head
  }
}
