import Analysis
import Language
import Statistics
import Transformers

/// A head's card as it is displayed: one screen, of no more than 40 lines where it is 80 wide.
struct HeadCardText {
  let text: String

  private static let widths = 60...120, margin = 11, tokens = 4
  /// Stands for a space at which no line is cut, until all lines are.
  private static let glue: Character = "\u{E000}"

  /// A card's text.
  ///
  /// - Parameter width: How many columns the screen has; of a wide one no more than 120 are used.
  init(_ value: HeadCardValue, width: Int) {
    let card = value.card
    let width = min(max(width, Self.widths.lowerBound), Self.widths.upperBound)
    let sections = [
      ("looks at", Self.looking(card, value.random)),
      ("matches", Self.matching(card, value.random, value.texts)),
      ("writes", Self.writing(card, value.random, value.texts)),
      ("without it", Self.losing(card, value.random, value.lossName)),
      ("looks like", Self.neighbours(card, value.random)),
    ]
    var lines = Self.heading(value).flatMap { DisplayWidth.wrapped($0, to: width) }
    for (title, texts) in sections {
      let own = texts.flatMap { DisplayWidth.wrapped($0, to: width - Self.margin, further: "  ") }
      lines += own.enumerated().map { index, line in
        DisplayWidth.fit(index == 0 ? title : "", Self.margin) + line
      }
    }
    lines += value.notes.flatMap { DisplayWidth.wrapped($0, to: width) }
    text = String(lines.joined(separator: "\n").map { $0 == Self.glue ? " " : $0 })
  }

  /// A text that no line ends within.
  private static func whole(_ text: String) -> String {
    String(text.map { $0 == " " ? Self.glue : $0 })
  }

  private static func heading(_ value: HeadCardValue) -> [String] {
    let card = value.card
    let attention = card.attention
    var facts = ["width \(attention.headWidth)"]
    if attention.groups < attention.heads {
      facts.append("keys and values of KV\(attention.group(ofHead: card.place.head))")
    }
    if card.place.isCross {
      facts.append("reads the encoder")
    } else if attention.isCausal {
      facts.append("causal")
    }
    if attention.rotary != nil, !card.place.isCross { facts.append("rotary") }
    let extent = "\(Value.count(card.textCount, "text")), \(Value.count(card.tokenCount, "token"))"
    return [
      "\(card.place) of \(value.modelName)   \(facts.joined(separator: ", "))   (\(extent))",
      "[95 % over texts], / chance or even attention"
        + (value.random == nil ? "" : ", ~ with random weights"),
    ]
  }

  // MARK: Lines of each part

  private static func looking(_ card: HeadCard, _ random: HeadCard?) -> [String] {
    // A model whose only special token is the first one has the same number twice.
    let first = card.targets.first { $0.target == .first }?.share.value
    let targets = card.targets.filter { $0.target != .special || $0.share.value != first }
    let shares = targets.prefix(4).map { target in
      "\(target.target.title) \(rounded(target.share.value))\(range(target.share))"
        + " /\(rounded(target.uniform))"
        + null(random?.targets.first { $0.target == target.target }?.share.value)
    }
    let finding = card.rules.findings[0]
    let information = card.information
    var lines = ["attention: " + shares.joined(separator: ", ")]
    lines.append("rules: " + card.rules.sentence(of: 0))
    lines.append(
      "coverage \(rounded(finding.coverage.value))\(range(finding.coverage)) "
        + "/\(rounded(finding.null))\(null(random?.rules.findings[0].coverage.value)); "
        + "a class tells \(rounded(information.corrected)) nats "
        + "/\(rounded(information.text))\(null(random?.information.corrected))")
    lines.append(
      "scores: " + share(card.variance.positionOnly, random?.variance.positionOnly)
        + " by place alone, " + share(card.variance.contentOnly, random?.variance.contentOnly)
        + " by token alone, "
        + share(max(card.variance.both, 0), random.map { max($0.variance.both, 0) }) + " by both")
    if card.roles.isEmpty {
      lines.append("roles: none that is looked for")
    } else {
      let roles = card.roles.prefix(5).map { evidence in
        let detail = evidence.detail.isEmpty ? "" : " \(evidence.detail)"
        return "\(evidence.role.rawValue)\(detail) \(rounded(evidence.score.value))"
          + (evidence.null.isNaN ? "" : " /\(rounded(evidence.null))")
      }
      lines.append("roles: " + roles.joined(separator: ", "))
    }
    return lines
  }

  private static func matching(
    _ card: HeadCard, _ random: HeadCard?, _ texts: TokenTexts
  ) -> [String] {
    guard let matching = card.matching, let first = matching.directions.first else { return [] }
    let offset = matching.offset.map { " at offset \($0)" } ?? ""
    return [
      "strongest of W_Q·W_Kᵀ (\(share(first.share, random?.matching?.directions.first?.share)))\(offset), by token rows:",
      "  query \(list(first.queries, texts)) → key \(list(first.keys, texts))",
      "  query \(list(first.queriesAgainst, texts)) → key \(list(first.keysAgainst, texts))",
    ]
  }

  private static func writing(
    _ card: HeadCard, _ random: HeadCard?, _ texts: TokenTexts
  ) -> [String] {
    let size = card.size
    var parts = [
      "‖W_V·W_O‖ \(rounded(size.norm))\(null(random?.size.norm)), "
        + "\(percent(size.share)) of its layer, rank \(rounded(size.effectiveRank))"
        + "\(null(random?.size.effectiveRank)); \(rounded(card.writes.value)) a token"
        + range(card.writes) + null(random?.writes.value)
    ]
    var preferences: [String] = []
    if let unembedding = size.unembedding {
      preferences.append("unembedding ×\(rounded(unembedding))")
    }
    if let readers = size.readers { preferences.append("later readers ×\(rounded(readers))") }
    if let copying = card.vocabulary?.copying {
      preferences.append("copying \(rounded(copying)) /0\(null(random?.vocabulary?.copying))")
    }
    if !preferences.isEmpty {
      parts.append("seen against random directions /1: " + preferences.joined(separator: ", "))
    }
    guard let vocabulary = card.vocabulary else { return parts }
    if vocabulary.isThroughTable {
      parts.append("(tokens by the token table, as an approximation)")
    }
    for (place, direction) in vocabulary.directions.prefix(2).enumerated() {
      let other = random?.vocabulary?.directions.dropFirst(place).first?.share
      parts.append(
        "\(share(direction.share, other)): reads \(list(Array(direction.reads.prefix(tokens)), texts)) → "
          + "writes "
          + list(
            Array(direction.writes.prefix(tokens)), texts, isWritten: card.writesLogits)
      )
    }
    let echoes = card.echoes.prefix(4).map { echo in
      share(echo.share, random?.echoes.first { $0.id == echo.id }?.share)
        + " \(whole(texts.name(echo.id, isWritten: false))) → "
        + list(Array(echo.writes.prefix(3)), texts, isWritten: card.writesLogits)
    }
    if !echoes.isEmpty {
      parts.append("of what it looks at most: " + echoes.joined(separator: "; "))
    }
    return parts
  }

  private static func losing(
    _ card: HeadCard, _ random: HeadCard?, _ lossName: String
  ) -> [String] {
    guard let whole = card.losses.first, let baseline = card.baseline else {
      return ["this model has no loss"]
    }
    var lines = [
      "\(lossName) \(rounded(baseline)) \(signed(whole.gain.value))\(range(whole.gain))"
        + "\(null(random?.losses.first?.gain.value)), "
        + "p \(rounded(whole.p))"
    ]
    let kinds = card.losses.dropFirst()
    let shown =
      kinds.count > 5 ? Array(kinds.prefix(4)) + [kinds[kinds.endIndex - 1]] : Array(kinds)
    if !shown.isEmpty {
      var parts = shown.map { loss in
        "\(loss.kind ?? "") \(signed(loss.gain.value))\(range(loss.gain))"
          + (loss.p <= 0.05 ? " *" : "")
      }
      if kinds.count > shown.count { parts.insert("…", at: parts.count - 1) }
      lines.append("by kind (* q 0.05): " + parts.joined(separator: ", "))
    }
    let probes = card.probes.map { probe in
      "\(probe.name) \(rounded(probe.with)) → \(rounded(probe.without))\(range(probe.change))"
        + null(random?.probes.first { $0.name == probe.name }?.with)
    }
    if !probes.isEmpty { lines.append("right choices: " + probes.joined(separator: ", ")) }
    return lines
  }

  private static func neighbours(_ card: HeadCard, _ random: HeadCard?) -> [String] {
    let nearest = card.neighbours.prefix(4).map { "\($0.place) \(rounded($0.distance))" }
    guard !nearest.isEmpty else { return ["no other head of this attention"] }
    return [
      nearest.joined(separator: ", ")
        + " nats apart (median of all pairs "
        + "\(rounded(card.medianDistance))\(null(random?.medianDistance)))"
    ]
  }

  // MARK: Words

  private static func rounded(_ number: Double) -> String {
    NumberText.rounded(number, digits: 2)
  }

  /// Tokens, of which none is cut.
  private static func list(
    _ entries: [HeadVocabulary.Entry], _ texts: TokenTexts, isWritten: Bool = false
  ) -> String {
    entries.map { whole(texts.name($0.id, isWritten: isWritten)) }.joined(separator: " ")
  }

  /// What random weights give, behind its sign.
  private static func null(_ number: Double?) -> String { number.map { " ~\(rounded($0))" } ?? "" }

  private static func share(_ number: Double, _ random: Double?) -> String {
    percent(number) + (random.map { " ~\(percent($0))" } ?? "")
  }

  private static func signed(_ number: Double) -> String {
    (number >= 0 ? "+" : "") + rounded(number)
  }

  private static func percent(_ share: Double) -> String {
    share.isNaN ? "–" : whole("\(Int((share * 100).rounded())) %")
  }

  private static func range(_ estimate: Estimate) -> String {
    estimate.low.isNaN
      ? "" : whole(" [\(rounded(estimate.low)), \(rounded(estimate.high))]")
  }
}
