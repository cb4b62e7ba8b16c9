import Transformers

extension PromptRow {
  /// The tokens that the positions of a value count: all of the row's own for most values, the first
  /// one for the logits of a classifier.
  public func extent(of site: Site, in model: ModelDescription) -> PromptRow {
    if site.kind == .logits, model.classification != nil {
      return PromptRow(Array(tokens.prefix(1)))
    }
    return self
  }
}
