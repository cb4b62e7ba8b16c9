import Transformers

extension PromptRow {
  /// The tokens that the positions of a value count: the source's for a value of the encoder and for
  /// the keys of attention to it, the first one for the logits of a classifier, and the row's own for
  /// all others.
  public func extent(of site: Site, in model: ModelDescription) -> PromptRow {
    if site.stack == .encoder || site.kind.countsSource { return PromptRow(source ?? []) }
    if site.kind == .logits, model.classification != nil {
      return PromptRow(Array(tokens.prefix(1)))
    }
    return self
  }

  /// Where the model's prediction stands unless another place is named: at the mask of a masked model,
  /// the first of several, and at the last token elsewhere.
  public func prediction(of model: ModelDescription) -> PositionSelector {
    guard !model.isCausal, model.classification == nil,
      let masked = tokens.firstIndex(where: { $0.maskedID != nil })
    else { return .indices([-1]) }
    return .indices([masked])
  }

  /// The tokens that the keys of a pairwise value count.
  public func keys(of site: Site) -> PromptRow {
    site.stack == .encoder || site.kind.isCross ? PromptRow(source ?? []) : self
  }

  /// What a person wrote as the prompt: the source, in a model that reads one.
  public var written: PromptRow { source.map { PromptRow($0) } ?? self }
}
