import Analysis
import Faults
import Language
import Transformers

/// What an analysis of vectors takes: texts, or what was gathered of them before.
enum TokensInput: Argument {
  case texts(CorpusInput)
  case activations(Activations)

  static let kind = "corpus or activations"

  static func from(_ value: Value) throws(Failure) -> TokensInput? {
    if let input = try ActivationsInput.from(value) { return .activations(input.activations) }
    return try CorpusInput.from(value).map { .texts($0) }
  }
}

/// Tokens with layers, and what to call them.
struct LayeredInput {
  let layers: any LayeredTokens
  /// The addresses of sites that were gathered; nil for the numbered streams of a corpus.
  let names: [String]?
  /// What must be said.
  let notes: [String]

  /// Activations without tokens that hold NaN or an infinity.
  ///
  /// - Throws: A failure when an option that only texts have was given.
  init(
    _ activations: Activations, _ finite: FiniteTokens, distinct: Bool = false,
    refusing options: [(name: String, isGiven: Bool)] = []
  ) throws(Failure) {
    if let option = options.first(where: \.isGiven) {
      throw Failure(
        "conflicting-arguments", "`\(option.name)` is for texts; activations are there already",
        argument: option.name, help: "leave it out, or give the texts")
    }
    layers = GatheredLayers(activations, finite, distinct: distinct)
    names = activations.sites.map(\.address.description)
    let lost = finite.lost
    notes =
      (lost > 0 ? ["\(Value.count(lost, "token")) with NaN or an infinity left out"] : [])
      + activations.notes + ["gathered from \(activations.model)"]
  }

  /// The streams of texts in a model.
  init(_ experiment: Experiment, _ corpus: CorpusTokens, notes: [String]) {
    layers = ResidualStreams(experiment: experiment, corpus: corpus)
    names = nil
    self.notes = corpus.rows.notes + notes
  }

  /// What the numbers of layers mean, where they have numbers.
  var layerNotes: [String] { names == nil ? [RepresentationNotes.layers] : [] }

  /// The column that says which layer a row is of.
  func column(_ layers: [Int]) -> Table.Column {
    guard let names else { return Table.Column("layer", layers.map { .int($0) }) }
    return Table.Column("at", layers.map { .string(names[$0]) })
  }
}

extension Workbench {
  /// The tokens of an analysis with the layers that they have.
  ///
  /// - Parameters:
  ///   - distinct: Whether texts that come again count once.
  ///   - change: What is done to the texts before they run; nil for nothing.
  func layers(
    of input: TokensInput, _ side: SideInput?, distinct: Bool = false,
    changing change: ((CorpusTokens, Experiment) throws(Fault) -> CorpusTokens)? = nil
  ) throws(Failure) -> LayeredInput {
    switch input {
    case .activations(let activations):
      let finite = try faultsAsFailures { () throws(Fault) in try FiniteTokens(activations) }
      return try LayeredInput(
        activations, finite, distinct: distinct, refusing: [("side", side != nil)])
    case .texts(let texts):
      let experiment = try experiment()
      var tokens = try tokens(of: texts, for: experiment, side, distinct: distinct)
      if let change {
        tokens = try faultsAsFailures { () throws(Fault) in try change(tokens, experiment) }
      }
      return LayeredInput(experiment, tokens, notes: notes)
    }
  }
}
