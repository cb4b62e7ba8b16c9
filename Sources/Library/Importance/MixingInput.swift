import Analysis
import Language
import Transformers

extension HeadFusion: ChoiceArgument {
  /// What messages call it.
  public static var kind: String { "fusion" }
}

extension ResidualShare: Argument {
  /// What messages call it.
  public static var kind: String { "number, list of numbers or way to measure" }
  /// The words that say how the share is measured.
  static let choices =
    ["measured"].map { "\"\($0)\"" } + MixingVariant.allCases.map { "\"\($0.rawValue)\"" }
  /// How the share is written.
  public var defaultText: String {
    switch self {
    case .same(let share): share.defaultText
    case .each(let shares): shares.defaultText
    case .measured(let variant): "\"\(variant?.rawValue ?? "measured")\""
    }
  }

  /// One share, one for each step, or the name of what is measured.
  public static func from(_ value: Value) throws(Failure) -> ResidualShare? {
    if let share = Double.from(value) { return .same(share) }
    if case .string(let word) = value {
      if word == "measured" { return .measured(nil) }
      if let variant = MixingVariant(rawValue: word) { return .measured(variant) }
      throw Failure(
        "unknown-choice", "there is no residual \"\(word)\"",
        help: "give a number, a list with one for each step, or one of "
          + choices.joined(separator: ", "))
    }
    return try [Double].from(value).map { .each($0) }
  }
}

/// A side of a model with two stacks.
enum SideInput: String, ChoiceArgument {
  case enc, dec

  static let kind = "side"
  var stack: Stack { self == .enc ? .encoder : .decoder }
}

extension TokenMixing {
  /// The tokens as labels; those of a source are marked where both sides stand beside each other.
  func labels(_ row: PromptRow, in model: ModelDescription) -> [String] {
    let isJoined = Set(nodes.map(\.stack)).count > 1
    return nodes.map { node in
      let tokens = row.extent(of: Site(.pattern, stack: node.stack), in: model)
      let label = tokens.label(node.position)
      return isJoined && node.stack == .encoder ? "enc \(label)" : label
    }
  }

  /// The places of the tokens behind the last step that are shown as rows: all of the side that the
  /// last step belongs to.
  var shownQueries: [Int] {
    let last = nodes.last?.stack
    return nodes.indices.filter { nodes[$0].stack == last }
  }

  /// What must be said of how the graph was made.
  func notes(_ options: MixingOptions, in model: ModelDescription) -> [String] {
    var words = ["\(options.fusion.rawValue) of heads"]
    switch options.residual {
    case .same(let share): words.append("residual \(NumberText.rounded(share))")
    case .each(let shares):
      words.append(
        "residual \(shares.map { NumberText.rounded($0) }.joined(separator: ", "))")
    case .measured(let variant):
      let kept = steps.map { "\($0.name) \(NumberText.rounded(100 * $0.kept, digits: 3)) %" }
      words.append(
        "by \((variant ?? model.fittingMixing).rawValue) a step keeps of a token "
          + kept.joined(separator: ", "))
    }
    if options.special != .keep {
      words.append(
        "special tokens are not looked at, to which \(NumberText.rounded(100 * droppedMass)) % of attention went"
      )
    }
    if emptyRows > 0 {
      words.append("\(Value.count(emptyRows, "row")) had nothing left and stayed themselves")
    }
    return [words.joined(separator: "; ")]
  }
}
