import Transformers

extension ModelDescription {
  /// How many numbers a value has for each of its positions (queries, where it is pairwise); `keys`
  /// counts the keys of a pairwise value.
  public func numbersPerPosition(of site: ResolvedSite, keys: Int = 0) -> Int {
    let block =
      blocks(of: site.site.stack).indices.contains(site.site.layer)
      ? blocks(of: site.site.stack)[site.site.layer] : nil
    let own = block?.attention
    let attention = site.site.kind.isCross ? block?.cross?.attention ?? own : own
    let headWidth = attention?.headWidth ?? 0
    func entries(_ total: Int) -> Int { site.components?.count ?? total }
    switch site.site.kind {
    case .q, .rotQ, .z, .crossQ, .crossZ: return entries(attention?.heads ?? 0) * headWidth
    case .k, .v, .rotK, .crossK, .crossV: return entries(attention?.groups ?? 0) * headWidth
    case .headOut, .crossHeadOut: return entries(attention?.heads ?? 0) * width
    case .scores, .pattern, .crossScores, .crossPattern:
      return entries(attention?.heads ?? 0) * keys
    case .mlpPre, .mlpPost: return entries(block?.mlp.width ?? 0)
    case .ln1Statistics, .crossNormStatistics, .ln2Statistics, .finalStatistics: return 2
    case .logits: return entries(outputWidth)
    default: return width
    }
  }

  /// How many numbers a value has for a row.
  public func numbers(of site: ResolvedSite, row: PromptRow) -> Int {
    row.extent(of: site.site, in: self).count
      * numbersPerPosition(of: site, keys: row.keys(of: site.site).count)
  }
}
