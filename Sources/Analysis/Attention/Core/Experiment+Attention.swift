import Faults
import Statistics
import Tensors
import Transformers

extension Experiment {
  /// Runs rows in batches and hands the patterns of each to a closure, row by row and without padding.
  ///
  /// Rows come in the order of `CorpusRun`, not in their own; `AttentionRow.index` is a row's place.
  /// Nothing is kept behind the closure: an analysis adds up what it needs. Interventions that are
  /// active hold.
  ///
  /// - Parameters:
  ///   - memory: How many bytes the patterns of a batch may take; a single row may take more.
  ///   - progress: Called with the number of finished rows; what it throws stops the run.
  /// - Throws: `Fault` when rows do not fit the model or a pattern holds NaN, and what the
  ///   closures throw.
  public func attention(
    over rows: [AnnotatedRow], heads: HeadSelection, memory: Int = 64 << 20,
    progress: (Int) throws(Fault) -> Void = { _ in },
    _ body: (AttentionRow) throws(Fault) -> Void
  ) throws(Fault) {
    let sites = heads.layers.map { ResolvedSite($0.site, $0.components) }
    try CorpusRun(self, rows, bytesPerBatch: memory).forEach(
      sites, progress: { done, _ throws(Fault) in try progress(done) }
    ) { index, captures throws(Fault) in
      let row = rows[index]
      let queries = row.tokens(of: heads.stack)
      let keys = heads.isCross ? row.tokens(of: .encoder) : queries
      var patterns: [Matrix] = []
      for site in sites {
        patterns += Matrix.blocks(
          try captures.value(site).cast(to: Double.self), rows: queries.count, columns: keys.count)
      }
      if let place = patterns.firstIndex(where: { $0.firstRowNotFinite != nil }) {
        throw Fault(
          "not-finite", "what \(heads.names[place]) looks at in text \(index) is no number",
          help: "an intervention may have made it so, or the checkpoint holds NaN: see   check")
      }
      try body(
        AttentionRow(
          index: index, row: row, heads: heads, queries: queries, keys: keys, patterns: patterns))
    }
  }
}
