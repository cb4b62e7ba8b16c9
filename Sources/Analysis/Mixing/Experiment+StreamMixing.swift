import Tensors
import Transformers

/// What is measured of streams, and how closely.
public struct StreamMixingOptions: Sendable {
  /// Which tokens count.
  public var tokens: ReceiverTokens
  /// In how many rows the Jacobian is measured, from the first on; 0 for none.
  public var jacobianRows: Int
  /// From how many tokens of each, and with how many random vectors for each.
  public var targets: Int, probes: Int
  /// What is drawn from.
  public var seed: UInt64

  /// Options from their parts.
  public init(
    tokens: ReceiverTokens = .plain, jacobianRows: Int = 20, targets: Int = 4, probes: Int = 4,
    seed: UInt64 = 0
  ) {
    self.tokens = tokens
    self.jacobianRows = jacobianRows
    self.targets = targets
    self.probes = probes
    self.seed = seed
  }
}

extension Experiment {
  /// What tokens keep and receive at every change of every stream.
  ///
  /// - Parameter progress: Is told how many rows are done, and of how many.
  /// - Throws: `ModelError` as a run, and what `progress` throws.
  public func streamMixing(
    over rows: [PromptRow], _ options: StreamMixingOptions,
    progress: (Int, Int) throws(ModelError) -> Void = { _, _ in }
  ) throws(ModelError) -> StreamMixing {
    let description = model.description
    var mixing = StreamMixing(rows: rows.count, updates: description.streamUpdates)
    for (index, row) in rows.enumerated() {
      try progress(index, rows.count)
      let measured = try RowMixing(
        self, row, options, measuresJacobian: index < options.jacobianRows)
      try measured.add(to: &mixing, row: index)
    }
    mixing.jacobianRows = min(rows.count, options.jacobianRows)
    try progress(rows.count, rows.count)
    return mixing
  }
}

/// The measures of one row.
private struct RowMixing {
  let experiment: Experiment
  let row: PromptRow
  let options: StreamMixingOptions
  let measuresJacobian: Bool
  let captured: [Capture: AnyTensor]

  private var description: ModelDescription { experiment.model.description }

  init(
    _ experiment: Experiment, _ row: PromptRow, _ options: StreamMixingOptions,
    measuresJacobian: Bool
  ) throws(ModelError) {
    self.experiment = experiment
    self.row = row
    self.options = options
    self.measuresJacobian = measuresJacobian
    let description = experiment.model.description
    var sites = Set(try experiment.termSites(description.attentionPlaces))
    for update in description.streamUpdates {
      let own = update.sites(in: description)
      sites.formUnion([own.added, own.kept])
    }
    captured = try experiment.run([row], captures: sites.map { Capture(site: $0) }).captured
  }

  private func value(_ site: Site) throws(ModelError) -> AnyTensor {
    guard let tensor = captured[Capture(site: site)] else {
      throw ModelError("not-captured", "the run did not reach \(site.kind)")
    }
    return tensor
  }

  private func rows(_ site: Site) throws(ModelError) -> [[Double]] {
    try value(site).doubles.chunked(description.width)
  }

  func add(to mixing: inout StreamMixing, row index: Int) throws(ModelError) {
    for stack in description.stacks { try add(stack, to: &mixing, row: index) }
  }

  private func add(_ stack: Stack, to mixing: inout StreamMixing, row index: Int)
    throws(ModelError)
  {
    let tokens = row.extent(of: Site(.residPre, stack: stack), in: description).tokens
    let positions = tokens.indices.filter { options.tokens.contains(tokens[$0]) }
    let jacobian = try jacobianShares(stack, positions, seed: options.seed &+ UInt64(index))
    var rollout = MeasuredRollout(tokens: tokens.count)
    var own: [Int: [Double]] = [:]
    let layers = description.blocks(of: stack).count
    for (place, update) in mixing.updates.enumerated() where update.stack == stack {
      let sites = update.sites(in: description)
      let (added, kept) = (try rows(sites.added), try rows(sites.kept))
      var ratios: [Double] = []
      if let attention = update.place {
        let terms = try experiment.terms(attention, value)
        ratios = terms.mixing(description.fittingMixing)
        if attention.isCross {
          rollout.addOtherSide(mixing: ratios)
        } else {
          rollout.add(patterns: terms.patterns, mixing: ratios)
        }
      }
      for position in positions {
        let token = KeptAndReceived(kept: kept[position], received: added[position])
        mixing.add(token, update: place, row: index)
        if !ratios.isEmpty { mixing.add(ratios[position], .mixing, update: place, row: index) }
        if update.part == .attention {
          own[position] = [
            token.receivedShare, token.normRatio, 1 - token.keptCosine, ratios[position],
          ]
        }
      }
      guard update.part == .mlp else { continue }
      let shares = rollout.own
      for position in positions {
        mixing.add(1 - shares[position], .rollout, update: place, row: index)
        let reached = jacobian[position]?[update.layer]
        if let reached { mixing.add(reached, .jacobian, update: place, row: index) }
        mixing.record(
          row: index, group: (stack == .encoder ? 0 : layers) + update.layer,
          values: (own[position] ?? []) + [1 - shares[position], reached ?? .nan])
      }
    }
  }

  /// For some positions, layer by layer, what others have of the lengths of the Jacobian.
  private func jacobianShares(_ stack: Stack, _ positions: [Int], seed: UInt64)
    throws(ModelError) -> [Int: [Double]]
  {
    guard measuresJacobian, !positions.isEmpty else { return [:] }
    var generator = SeededGenerator(seed: seed, name: "tokens of a Jacobian")
    let chosen = Array(positions.shuffled(using: &generator).prefix(options.targets)).sorted()
    var shares: [Int: [Double]] = [:]
    for layer in description.blocks(of: stack).indices {
      let lengths = try experiment.jacobianLengths(
        row, from: Site(.residPost, layer: layer, stack: stack),
        to: Site(.residPre, layer: 0, stack: stack), positions: chosen, probes: options.probes,
        seed: seed)
      for (place, position) in chosen.enumerated() {
        let all = lengths[place].reduce(0, +)
        shares[position, default: []].append(
          all < 1e-12 ? .nan : 1 - lengths[place][position] / all)
      }
    }
    return shares
  }
}
