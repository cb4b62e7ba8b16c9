import Analysis
import Faults
import Language
import Transformers

/// Lists of addresses and positions to sweep over.
extension Workbench {
  var addressCommand: Builtin {
    Builtin(
      "address", "Reads an address from text, also from a TransformerLens hook name.",
      Parameter<String>("text", "Such as \"L3.H5\" or \"blocks.3.attn.hook_pattern\".", .piped),
      returns: "address", family: .sweeps, alsoFoundAs: ["hook name", "TransformerLens", "parse"],
      examples: [
        Example(
          #"address "blocks.1.attn.hook_pattern""#, shows: "A hook name.",
          gives: .text("L1.H*.pattern")),
        Example(#"(address "L1.H2.q@-1").head"#, shows: "A part of it.", gives: .number(2)),
        Example(
          #"address "L1.nose""#, shows: "It must name something.", gives: .fails("unknown-address")),
      ]
    ) { _, text throws(Failure) in
      .host(try faultsAsFailures("text") { () throws(Fault) in try Address(parsing: text) })
    }
  }

  var headsCommand: Builtin {
    Builtin(
      "heads", "Lists the heads of the model in use.",
      Parameter<AddressInput?>("layers", "Of which layers, such as L2 or L2..4; of all if none."),
      returns: "list of addresses", family: .sweeps, alsoFoundAs: ["all heads"],
      details: """
        A model with an encoder and a decoder has heads of three kinds: enc.L0.H0, dec.L0.H0 and \
        dec.L0.cross.H0.
        """,
      examples: [
        Example(#"load "random-tiny"; heads() | len"#, shows: "All of them.", gives: .number(8)),
        Example(
          #"load "random-tiny"; heads(L1) | last 1"#, shows: "Of one layer.",
          gives: .text("[L1.H3]")),
      ]
    ) { [self] _, layers throws(Failure) in
      let model = try current().model.description
      return Self.list(
        try Self.layers(layers, of: model).flatMap { stack, layer in
          let block = model.blocks(of: stack)[layer]
          func heads(_ count: Int, cross: Bool) -> [Address] {
            (0..<count).map { head in
              Address(
                stack: model.addressed(stack), layers: .one(layer),
                part: .head(.one(head), .out, cross: cross))
            }
          }
          return heads(block.attention.heads, cross: false)
            + heads(block.cross?.attention.heads ?? 0, cross: true)
        })
    }
  }

  var layersCommand: Builtin {
    Builtin(
      "layers", "Lists the layers of the model in use.",
      returns: "list of addresses", family: .sweeps, alsoFoundAs: ["all layers", "blocks"],
      examples: [
        Example(#"load "random-tiny"; layers()"#, shows: "Both layers.", gives: .text("[L0, L1]"))
      ]
    ) { [self] _ throws(Failure) in
      let model = try current().model.description
      return Self.list(
        model.layers.map {
          Address(stack: model.addressed($0.stack), layers: .one($0.layer), part: .block)
        })
    }
  }

  var residualsCommand: Builtin {
    Builtin(
      "residuals", "Lists the residual stream of every layer, at every position.",
      Parameter<Address.Moment>(
        "moment",
        "Where in the block: \"pre\", \"mid\", \"post\", or \"cross\" behind attention to a source.",
        default: .pre,
        choices: Address.Moment.choices),
      returns: "list of addresses", family: .sweeps, alsoFoundAs: ["stream", "resid"],
      details: "A sweep takes the positions (`@*`) one by one.",
      examples: [
        Example(
          #"load "random-tiny"; residuals()"#, shows: "The stream that enters each block.",
          gives: .text("[L0.resid.pre@*, L1.resid.pre@*]"))
      ]
    ) { [self] _, moment throws(Failure) in
      let model = try current().model.description
      return Self.list(
        model.layers.filter {
          moment != .cross || model.blocks(of: $0.stack)[$0.layer].cross != nil
        }
        .map {
          Address(
            stack: model.addressed($0.stack), layers: .one($0.layer), part: .resid(moment),
            positions: .all)
        })
    }
  }

  var neuronsCommand: Builtin {
    Builtin(
      "neurons", "Lists the neurons of layers.",
      Parameter<AddressInput>("layers", "Of which layers, such as L2 or L2..4."),
      returns: "list of addresses", family: .sweeps, alsoFoundAs: ["mlp units", "all neurons"],
      examples: [
        Example(
          #"load "random-tiny"; neurons(L1) | len"#, shows: "All of a layer.", gives: .number(128))
      ]
    ) { [self] _, layers throws(Failure) in
      let model = try current().model.description
      return Self.list(
        try Self.layers(layers, of: model).flatMap { stack, layer in
          (0..<model.blocks(of: stack)[layer].mlp.width).map {
            Address(
              stack: model.addressed(stack), layers: .one(layer), part: .neuron(.one($0)))
          }
        })
    }
  }

  var positionsCommand: Builtin {
    Builtin(
      "positions", "Lists the positions of a prompt.",
      Parameter<SinglePrompt>("prompt", "The prompt.", .piped),
      returns: "list of positions", family: .sweeps, alsoFoundAs: ["all positions", "every token"],
      examples: [
        Example(
          #"load "random-tiny"; positions (prompt "cat")"#, shows: "One for each token.",
          gives: .text("[@0, @1, @2]"))
      ]
    ) { [self] _, input throws(Failure) in
      let row = try row(of: input.prompt).written
      return .list(List((0..<row.count).map { .host(PositionSelector.indices([$0])) }))
    }
  }

  private static func list(_ addresses: [Address]) -> Value {
    .list(List(addresses.map { .host($0) }))
  }

  /// The layers that addresses name, all for none.
  private static func layers(_ input: AddressInput?, of model: ModelDescription) throws(Failure)
    -> [(stack: Stack, layer: Int)]
  {
    guard let input else { return model.layers }
    var layers: Set<[Int]> = []
    for address in input.addresses {
      let sites = try faultsAsFailures("layers") { () throws(Fault) in try model.sites(of: address)
      }
      guard address.layers != nil else {
        throw Failure(
          "wrong-address", "\(address) lies in no layer", argument: "layers",
          help: "name a layer, such as L0")
      }
      layers.formUnion(sites.map { [$0.site.stack == .encoder ? 0 : 1, $0.site.layer] })
    }
    return model.layers.filter { layers.contains([$0.stack == .encoder ? 0 : 1, $0.layer]) }
  }
}

extension ModelDescription {
  /// Every layer of every side, in the order in which they run.
  fileprivate var layers: [(stack: Stack, layer: Int)] {
    stacks.flatMap { stack in blocks(of: stack).indices.map { (stack, $0) } }
  }
}
