import Faults
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
    tokens: ReceiverTokens = .plain, jacobianRows: Int = 5, targets: Int = 4, probes: Int = 4,
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
  /// - Throws: `Fault` as a run, and what `progress` throws.
  public func streamMixing(
    over rows: [PromptRow], _ options: StreamMixingOptions,
    progress: (Int, Int) throws(Fault) -> Void = { _, _ in }
  ) throws(Fault) -> StreamMixing {
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
  ) throws(Fault) {
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

  private func value(_ site: Site) throws(Fault) -> AnyTensor {
    guard let tensor = captured[Capture(site: site)] else {
      throw Fault("not-captured", "the run did not reach \(site.kind)")
    }
    return tensor
  }

  private func rows(_ site: Site) throws(Fault) -> [[Double]] {
    try value(site).doubles.chunked(description.width)
  }

  func add(to mixing: inout StreamMixing, row index: Int) throws(Fault) {
    for stack in description.stacks { try add(stack, to: &mixing, row: index) }
  }

  private func add(_ stack: Stack, to mixing: inout StreamMixing, row index: Int)
    throws(Fault)
  {
    let tokens = row.extent(of: Site(.residPre, stack: stack), in: description).tokens
    let positions = tokens.indices.filter { options.tokens.contains(tokens[$0]) }
    let jacobian = try jacobianShares(stack, positions, seed: options.seed &+ UInt64(index))
    let ratios = try ratios(in: mixing, stack)
    let owns = try ownShares(ratios, mixing, stack)
    var own: [Int: [Double]] = [:]
    let layers = description.blocks(of: stack).count
    for (place, update) in mixing.updates.enumerated() where update.stack == stack {
      let sites = update.sites(in: description)
      let (added, kept) = (try rows(sites.added), try rows(sites.kept))
      for position in positions {
        let token = KeptAndReceived(kept: kept[position], received: added[position])
        mixing.add(token, update: place, row: index)
        guard let ratio = update.place.flatMap({ ratios[$0] })?[position] else { continue }
        mixing.add(ratio, .mixing, update: place, row: index)
        if update.part == .attention {
          own[position] = [token.receivedShare, token.normRatio, 1 - token.keptCosine, ratio]
        }
      }
      guard update.part == .mlp else { continue }
      let shares = owns[update.layer]
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

  /// The mixing ratios of each attention of a stack, token by token.
  private func ratios(in mixing: StreamMixing, _ stack: Stack) throws(Fault)
    -> [AttentionPlace: [Double]]
  {
    var ratios: [AttentionPlace: [Double]] = [:]
    for place in mixing.updates.compactMap(\.place) where place.stack == stack {
      ratios[place] = try experiment.terms(place, value).mixing(description.fittingMixing)
    }
    return ratios
  }

  /// Behind each layer of a stack, how much of each token is still its own by a rollout with measured
  /// ratios.
  ///
  /// What comes from the other side is of no token here, so its tokens take part.
  private func ownShares(
    _ ratios: [AttentionPlace: [Double]], _ mixing: StreamMixing, _ stack: Stack
  ) throws(Fault) -> [[Double]] {
    func count(_ stack: Stack) -> Int {
      row.extent(of: Site(.residPre, stack: stack), in: description).tokens.count
    }
    let own = count(stack)
    let hasCross = ratios.keys.contains(where: \.isCross)
    let others = hasCross ? count(.encoder) : 0
    func nodes(_ stack: Stack, _ count: Int) -> [TokenMixing.Node] {
      (0..<count).map { TokenMixing.Node(stack: stack, position: $0) }
    }
    var graph = TokenMixing(nodes: nodes(stack, own) + nodes(.encoder, others))
    var lastSteps: [Int] = []
    for update in mixing.updates where update.stack == stack {
      guard let place = update.place, let ratio = ratios[place] else {
        lastSteps.append(graph.steps.count - 1)
        continue
      }
      let pattern = try value(place.site(.pattern))
      graph.add(
        "\(description.address(of: place))",
        pattern.reshaped(Array(pattern.axes.dropFirst()), Array(pattern.shape.dropFirst())),
        queries: (0..<own).map { $0 },
        keys: (0..<pattern.shape[3]).map { place.isCross ? own + $0 : $0 },
        keeping: .mixing(ratio))
    }
    let products = try graph.rollout()
    return lastSteps.map { step in (0..<own).map { products[step][$0, $0] } }
  }

  /// For some positions, layer by layer, what others have of the lengths of the Jacobian.
  private func jacobianShares(_ stack: Stack, _ positions: [Int], seed: UInt64)
    throws(Fault) -> [Int: [Double]]
  {
    guard measuresJacobian, !positions.isEmpty else { return [:] }
    var generator = SeededGenerator(seed: seed, name: "tokens of a Jacobian")
    let chosen = Array(positions.shuffled(using: &generator).prefix(options.targets)).sorted()
    var shares: [Int: [Double]] = [:]
    let layers = description.blocks(of: stack).indices.map { layer in
      Site(.residPost, layer: layer, stack: stack)
    }
    let squares = try experiment.jacobianSquares(
      row, from: layers, to: Site(.residPre, layer: 0, stack: stack), positions: chosen,
      probes: options.probes, seed: seed)
    for squares in squares {
      for (place, position) in chosen.enumerated() {
        shares[position, default: []].append(JacobianShare.others(squares[place], than: position))
      }
    }
    return shares
  }
}
