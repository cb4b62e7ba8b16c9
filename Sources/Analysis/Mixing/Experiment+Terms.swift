import Faults
import Tensors
import Transformers

extension Experiment {
  /// Runs rows in batches and hands the terms of some attentions to a closure, one at a time.
  ///
  /// Rows come in the order of `CorpusRun`; nothing is kept behind the closure.
  ///
  /// - Parameters:
  ///   - progress: Is told how many rows are done, and of how many; what it throws stops the run.
  ///   - body: Gets the row's place, and the terms.
  public func eachTerms(
    over rows: [AnnotatedRow], _ places: [AttentionPlace],
    progress: (Int, Int) throws(Fault) -> Void = { _, _ in },
    _ body: (Int, AttentionTerms) throws(Fault) -> Void
  ) throws(Fault) {
    let sites = try termSites(places).map { ResolvedSite($0) }
    try CorpusRun(self, rows).forEach(sites, progress: progress) {
      index, captured throws(Fault) in
      for place in places {
        let terms = try terms(place) { site throws(Fault) in
          try captured.value(ResolvedSite(site))
        }
        try body(index, terms)
      }
    }
  }

  /// The terms of some attentions in one row, one after the other.
  public func attentionTerms(_ row: PromptRow, _ places: [AttentionPlace])
    throws(Fault) -> [AttentionTerms]
  {
    try mapTerms(row, places) { $0 }
  }

  /// What a closure makes of the terms of each attention in one row; only those of one at a time are
  /// kept.
  func mapTerms<Result>(
    _ row: PromptRow, _ places: [AttentionPlace], _ body: (AttentionTerms) -> Result
  ) throws(Fault) -> [Result] {
    let captures = try termSites(places).map { Capture(site: $0) }
    let captured = try run([row], captures: captures).captured
    return try places.map { place throws(Fault) in
      let terms = try terms(place) { site throws(Fault) in
        guard let tensor = captured[Capture(site: site)] else {
          throw Fault("not-captured", "the run did not reach \(site.kind)")
        }
        return tensor
      }
      return body(terms)
    }
  }

  /// The values that the terms of some attentions are made of.
  ///
  /// - Throws: `Fault` when what an attention writes is no sum over tokens.
  func termSites(_ places: [AttentionPlace]) throws(Fault) -> [Site] {
    var sites: [Site] = []
    for place in places {
      guard model.description.norms(at: place).output == nil else {
        throw Fault(
          "no-summands",
          "\(model.description.address(of: place)) is normalised before it is added, "
            + "so it is no sum over tokens",
          help: "this works on models that add what attention writes as it is")
      }
      sites += [.pattern, .v, .attn, .residPre].map(place.site)
      if let norm = model.description.normBehind(place) { sites.append(norm.site) }
    }
    return sites
  }

  /// The terms of an attention, of one row's values at its sites, each with a first axis of one row.
  func terms(
    _ place: AttentionPlace, _ captured: (Site) throws(Fault) -> AnyTensor
  ) throws(Fault) -> AttentionTerms {
    func value(_ site: Site) throws(Fault) -> AnyTensor {
      let tensor = try captured(site)
      return tensor.reshaped(Array(tensor.axes.dropFirst()), Array(tensor.shape.dropFirst()))
    }
    let width = model.description.width
    let values = try value(place.site(.v))
    let keys = values.shape[0]
    let outputs = try runtime.sourceOutputs(values, of: place).doubles
    let patterns = Self.patterns(try value(place.site(.pattern)), keys: keys)
    let queries = patterns.first?.rows ?? 0
    let written = Matrix(rows: queries, columns: width, try value(place.site(.attn)).doubles)
    var norm: AttentionTerms.NormBehind?
    if let behind = model.description.normBehind(place), let gain = try runtime.gainBehind(place) {
      let pairs = try value(behind.site).doubles
      norm = AttentionTerms.NormBehind(
        gain: gain, inverse: (0..<queries).map { pairs[2 * $0 + 1] },
        isCentred: behind.norm.kind == .layer)
    }
    return AttentionTerms(
      place: place, patterns: patterns,
      sources: patterns.indices.map { head in
        var rows: [Double] = []
        rows.reserveCapacity(keys * width)
        for key in 0..<keys {
          let start = (key * patterns.count + head) * width
          rows += outputs[start..<start + width]
        }
        return Matrix(rows: keys, columns: width, rows)
      },
      written: written.subtracting(row: try runtime.outputBias(of: place)),
      kept: Matrix(rows: queries, columns: width, try value(place.site(.residPre)).doubles),
      norm: norm)
  }

  /// [head, query, key] head by head; columns of padding behind the row's own keys are left out.
  private static func patterns(_ tensor: AnyTensor, keys: Int) -> [Matrix] {
    let (heads, queries, stride) = (tensor.shape[0], tensor.shape[1], tensor.shape[2])
    let weights = tensor.doubles
    return (0..<heads).map { head in
      let rows = (0..<queries).flatMap { query in
        let start = (head * queries + query) * stride
        return weights[start..<start + keys]
      }
      return Matrix(rows: queries, columns: keys, rows)
    }
  }
}
