import Faults
import Tensors
import Transformers

/// Runs many texts through a model, a batch of similar length at a time, and hands what was captured
/// of each text to a closure that reduces it at once: no more than a batch is in memory.
///
/// Texts are taken in windows of `window` rows; within a window the shorter come first. This order
/// depends on the rows alone, so that sums come out the same whatever a batch holds, and a run that
/// is stopped has seen a beginning of the corpus with texts of all lengths.
public struct CorpusRun: Sendable {
  /// The model, and what is in force.
  public var experiment: Experiment
  /// The texts as the model reads them.
  public var rows: [AnnotatedRow]
  /// How many tokens a batch holds at most, padding included; a longer text is a batch of its own.
  public var tokensPerBatch: Int
  /// How many bytes the captures of a batch take at most; a text that takes more is a batch of its
  /// own.
  public var bytesPerBatch: Int
  /// How many texts are ordered by their length at once.
  public var window = 512

  /// A run from its parts.
  public init(
    _ experiment: Experiment, _ rows: [AnnotatedRow], tokensPerBatch: Int = 2_048,
    bytesPerBatch: Int = 64 << 20
  ) {
    self.experiment = experiment
    self.rows = rows
    self.tokensPerBatch = tokensPerBatch
    self.bytesPerBatch = bytesPerBatch
  }

  /// Which logits of a text are wanted.
  public struct Logits {
    /// The positions of the row at a place.
    public var positions: (Int) -> [Int]
    /// The vocabulary columns, or nil for all.
    public var columns: [Int]?

    /// Positions of each row, by its place, and columns of the vocabulary.
    public init(columns: [Int]? = nil, positions: @escaping (Int) -> [Int]) {
      self.columns = columns
      self.positions = positions
    }
  }

  /// Runs all texts and calls `body` with the place of each in `rows` and what was captured of it.
  ///
  /// - Parameters:
  ///   - sites: What to capture of every text.
  ///   - positions: Which positions of a site, for the row at a place; nil for all of them. An empty
  ///     list captures nothing of that site.
  ///   - logits: Which logits to compute; nil for none.
  ///   - keepingWhatIsDone: Whether an interruption ends the run quietly once a text is done, so
  ///     that what was reduced so far is kept.
  ///   - progress: Called with the number of texts done and of all texts, before the first batch and
  ///     behind every batch; it may throw `Fault.interrupted`.
  ///   - body: Reduces what was captured of one text.
  /// - Returns: How many texts were handed to `body`: all, unless the run was interrupted.
  /// - Throws: `Fault` as `Experiment.run`, and what the closures throw.
  @discardableResult
  public func forEach(
    _ sites: [ResolvedSite], positions: ((Int, Site) -> [Int]?)? = nil, logits: Logits? = nil,
    keepingWhatIsDone: Bool = false, progress: (Int, Int) throws(Fault) -> Void = { _, _ in },
    body: (Int, RowCaptures) throws(Fault) -> Void
  ) throws(Fault) -> Int {
    var done = 0
    do throws(Fault) {
      try progress(0, rows.count)
      for places in batches(sites) {
        if Workers.cancellation() { throw .interrupted }
        let captures = try run(places, sites, positions, logits)
        for (place, captured) in zip(places, captures) {
          try body(place, captured)
          done += 1
        }
        try progress(done, rows.count)
      }
    } catch {
      guard keepingWhatIsDone, done > 0, error.isInterruption else {
        throw error
      }
    }
    return done
  }

  /// The batches in order: places in `rows`.
  func batches(_ sites: [ResolvedSite]) -> [[Int]] {
    var batches: [[Int]] = []
    for start in stride(from: 0, to: rows.count, by: max(1, window)) {
      let members = (start..<min(start + max(1, window), rows.count)).map { ($0, length(of: $0)) }
      let sorted = members.sorted { $0.1 == $1.1 ? $0.0 < $1.0 : $0.1 < $1.1 }
      var batch: [Int] = []
      var bytes = 0
      for (place, length) in sorted {
        let own = self.bytes(of: place, sites)
        if !batch.isEmpty,
          length * (batch.count + 1) > tokensPerBatch || bytes + own > bytesPerBatch
        {
          batches.append(batch)
          (batch, bytes) = ([], 0)
        }
        batch.append(place)
        bytes += own
      }
      if !batch.isEmpty { batches.append(batch) }
    }
    return batches
  }

  private func length(of place: Int) -> Int {
    let row = rows[place].row
    return max(row.count, row.source?.count ?? 0)
  }

  private func bytes(of place: Int, _ sites: [ResolvedSite]) -> Int {
    let model = experiment.model.description
    return sites.reduce(0) { $0 + model.numbers(of: $1, row: rows[place].row) }
      * experiment.runtime.precision.byteCount
  }

  private func run(
    _ places: [Int], _ sites: [ResolvedSite], _ positions: ((Int, Site) -> [Int]?)?,
    _ logits: Logits?
  ) throws(Fault) -> [RowCaptures] {
    var captures: [Capture] = []
    var wanted = Array(repeating: [(ResolvedSite, Capture)](), count: places.count)
    for (index, place) in places.enumerated() {
      for site in sites {
        let chosen = positions.flatMap { $0(place, site.site) }
        if let chosen, chosen.isEmpty { continue }
        let capture = Capture(
          site: site.site, row: index, components: site.components, positions: chosen)
        captures.append(capture)
        wanted[index].append((site, capture))
      }
    }
    let output = logits.map { logits in
      OutputRequest(positions: places.map { logits.positions($0) }, columns: logits.columns)
    }
    let result = try experiment.run(places.map { rows[$0].row }, captures: captures, output: output)
    var rowCaptures: [RowCaptures] = []
    for (index, wanted) in wanted.enumerated() {
      var values: [ResolvedSite: AnyTensor] = [:]
      for (site, capture) in wanted {
        guard let value = result.captured[capture] else {
          throw Fault("not-captured", "the run did not reach \(site.site.kind)")
        }
        values[site] = value
      }
      let own = output == nil ? nil : result.rows[index]
      rowCaptures.append(
        RowCaptures(
          values: values, logits: own.flatMap { rows in result.logits?.rows(rows) }))
    }
    return rowCaptures
  }
}

/// What was captured of one text.
public struct RowCaptures: Sendable {
  /// The values, shaped as at their sites, with a first axis of one row.
  public let values: [ResolvedSite: AnyTensor]
  /// The logits that were asked for, [position, vocabulary].
  public let logits: AnyTensor?

  /// The value of a site.
  ///
  /// - Throws: `Fault` when it was not captured.
  public func value(_ site: ResolvedSite) throws(Fault) -> AnyTensor {
    if let value = values[site] { return value }
    throw Fault("not-captured", "\(site.site.kind) was not captured")
  }
}

extension AnyTensor {
  /// Some rows of a matrix.
  fileprivate func rows(_ range: Range<Int>) -> AnyTensor {
    switch self {
    case .single(let tensor): .single(Self.rows(range, of: tensor))
    case .double(let tensor): .double(Self.rows(range, of: tensor))
    }
  }

  private static func rows<Element: Scalar>(
    _ range: Range<Int>, of tensor: Tensor<Element>
  ) -> Tensor<Element> {
    let width = tensor.shape.last ?? 0
    let elements = tensor.elements
    return Tensor(
      tensor.axes, [range.count, width],
      Array(elements[range.lowerBound * width..<range.upperBound * width]))
  }
}
