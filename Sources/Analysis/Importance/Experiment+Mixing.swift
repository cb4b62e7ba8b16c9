import Faults
import Tensors
import Transformers

/// What a layered graph of tokens is made of.
public struct MixingOptions: Sendable, Hashable {
  /// How heads become one.
  public var fusion = HeadFusion.mean
  /// How much of a token stays in each step.
  public var residual = ResidualShare.same(0.5)
  /// What is done with special tokens.
  public var special = SpecialTokenRule.keep
  /// The side, in a model with two stacks; nil for both together.
  public var stack: Stack?
  /// Attention is taken to be even over the keys that a query may look at: the null beside which a
  /// rollout is read.
  public var isEven = false

  /// The published choices.
  public init() {}
}

extension Experiment {
  /// How tokens mix from step to step in a prompt, under the interventions.
  ///
  /// - Throws: `Fault` when the prompt does not fit the model, a share lies outside of 0 to 1,
  ///   or no token is left.
  public func mixing(_ row: PromptRow, _ options: MixingOptions = MixingOptions())
    throws(Fault) -> TokenMixing
  {
    let plan = MixingPlan(model.description, stack: options.stack)
    let keepings = try keepings(row, plan, options.residual)
    let nodes = plan.nodes(of: row, options.special)
    guard nodes.contains(where: { $0.stack == plan.last }) else {
      throw Fault(
        "empty-prompt", "no token is left when special tokens are dropped",
        help: "keep them:   special: \"keep\"")
    }
    var mixing = TokenMixing(nodes: nodes)
    var places: [TokenMixing.Node: Int] = [:]
    for (place, node) in nodes.enumerated() { places[node] = place }
    let captures = plan.captures(ofScores: options.isEven)
    let captured = try run([row], captures: captures).captured
    for ((site, capture), keeping) in zip(zip(plan.sites, captures), keepings) {
      guard let found = captured[capture] else {
        throw Fault("not-captured", "the run did not reach \(site.kind)")
      }
      let keyStack = site.kind.isCross ? .encoder : site.stack
      let hidden = options.special == .keep ? [] : plan.special(of: row, on: keyStack)
      let shape = Array(found.shape.dropFirst())
      let patterns = found.reshaped(Array(found.axes.dropFirst()), shape)
      mixing.add(
        plan.name(of: site), options.isEven ? patterns.evened : patterns,
        queries: (0..<shape[1]).map { places[.init(stack: site.stack, position: $0)] },
        keys: (0..<shape[2]).map {
          hidden.contains($0) ? nil : places[.init(stack: keyStack, position: $0)]
        },
        fusion: options.fusion, keeping: keeping)
    }
    return mixing
  }

  /// What stays of tokens in each step, measured where that is wanted.
  private func keepings(_ row: PromptRow, _ plan: MixingPlan, _ share: ResidualShare)
    throws(Fault) -> [TokenMixing.Keeping]
  {
    guard case .measured(let variant) = share else {
      return try plan.residuals(share).map { .residual($0) }
    }
    let fitting = variant ?? model.description.fittingMixing
    let places = plan.sites.map {
      AttentionPlace(stack: $0.stack, layer: $0.layer, isCross: $0.kind.isCross)
    }
    for place in places where !model.description.has(fitting, at: place) {
      throw Fault(
        "wrong-variant",
        "\(fitting.rawValue) says nothing of \(model.description.address(of: place))",
        help: #"take the ratio that fits the model:   residual: "measured""#)
    }
    return try mapTerms(row, places) { .mixing($0.mixing(fitting)) }
  }
}

/// Which patterns a layered graph is made of.
private struct MixingPlan {
  let model: ModelDescription
  let stacks: [Stack]
  let sites: [Site]

  init(_ model: ModelDescription, stack: Stack?) {
    self.model = model
    stacks = model.encoder == nil ? [.decoder] : stack.map { [$0] } ?? [.encoder, .decoder]
    let (stacks, isJoined) = (stacks, stacks.count == 2)
    sites = model.attentionPlaces
      .filter { stacks.contains($0.stack) && (isJoined || !$0.isCross) }
      .map { $0.site(.pattern) }
  }

  /// The side whose tokens stand behind the last step.
  var last: Stack { stacks.last ?? .decoder }

  /// The patterns, or the scores, which tell where a query may look.
  func captures(ofScores: Bool) -> [Capture] {
    sites.map { site in
      let scores = site.kind.isCross ? Site.Kind.crossScores : .scores
      return Capture(
        site: Site(ofScores ? scores : site.kind, layer: site.layer, stack: site.stack))
    }
  }

  func name(of site: Site) -> String {
    (model.encoder == nil ? "" : "\(site.stack.rawValue).") + "L\(site.layer)"
      + (site.kind.isCross ? ".cross" : "")
  }

  func nodes(of row: PromptRow, _ special: SpecialTokenRule) -> [TokenMixing.Node] {
    stacks.flatMap { stack in
      let dropped = special == .dropBoth ? self.special(of: row, on: stack) : []
      return tokens(of: row, on: stack).indices.filter { !dropped.contains($0) }
        .map { TokenMixing.Node(stack: stack, position: $0) }
    }
  }

  /// The positions of a side's special tokens.
  func special(of row: PromptRow, on stack: Stack) -> Set<Int> {
    let tokens = tokens(of: row, on: stack)
    return Set(tokens.indices.filter { tokens[$0].origin == .template })
  }

  private func tokens(of row: PromptRow, on stack: Stack) -> [PromptToken] {
    row.extent(of: Site(.pattern, stack: stack), in: model).tokens
  }

  func residuals(_ share: ResidualShare) throws(Fault) -> [Double] {
    let shares: [Double]
    switch share {
    case .same(let share): shares = sites.map { _ in share }
    case .each(let each):
      guard each.count == sites.count else {
        let names = sites.map(name).joined(separator: ", ")
        throw Fault(
          "shape-mismatch",
          "\(each.count) residual shares were given for \(sites.count) steps",
          help: "give one for each of \(names)")
      }
      shares = each
    case .measured: shares = []
    }
    if let bad = shares.first(where: { !(0...1).contains($0) }) {
      throw Fault(
        "out-of-range", "a residual share lies between 0 and 1, not at \(bad)",
        help: "0.5 counts attention and residual alike")
    }
    return shares
  }
}

extension AnyTensor {
  /// For scores, [head, query, key]: patterns that are even over the keys that are not masked.
  fileprivate var evened: AnyTensor {
    let width = max(shape.last ?? 1, 1)
    var elements = doubles
    for start in stride(from: 0, to: elements.count, by: width) {
      let seen = elements[start..<start + width].count { $0 > -.infinity }
      for place in start..<start + width {
        elements[place] = elements[place] > -.infinity ? 1 / Double(seen) : 0
      }
    }
    return .double(Tensor(axes, shape, elements))
  }
}
