import Analysis
import Language
import Statistics
import Transformers

/// A head's card as it is displayed: no more than 40 lines of 80 columns.
struct HeadCardText {
  let text: String

  private static let width = 80, margin = 11, tokens = 4

  init(_ value: HeadCardValue) {
    let card = value.card
    var lines = Self.heading(value)
    lines += Self.section("looks at", Self.looking(card))
    lines += Self.section("matches", Self.matching(card, value.texts))
    lines += Self.section("writes", Self.writing(card, value.texts))
    lines += Self.section("without it", Self.losing(card, value.lossName))
    lines += Self.section("looks like", Self.neighbours(card))
    text = (lines + value.notes).joined(separator: "\n")
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
      "[95 % over texts]; behind / stands what chance or uniform attention gives",
    ]
  }

  // MARK: Lines of each part

  private static func looking(_ card: HeadCard) -> [String] {
    // A model whose only special token is the first one has the same number twice.
    let first = card.targets.first { $0.target == .first }?.share.value
    let targets = card.targets.filter { $0.target != .special || $0.share.value != first }
    let shares = targets.prefix(4).map { target in
      "\(target.target.title) \(rounded(target.share.value)) \(range(target.share))"
        + " /\(rounded(target.uniform))"
    }
    let finding = card.rules.findings[0]
    let information = card.information
    var lines = ["attention: " + shares.joined(separator: ", ")]
    lines.append("rules: " + card.rules.sentence(of: 0))
    lines.append(
      "coverage \(rounded(finding.coverage.value)) \(range(finding.coverage)) "
        + "/\(rounded(finding.null)); a class tells \(rounded(information.corrected)) nats "
        + "/\(rounded(information.text))")
    lines.append(
      "scores: \(percent(card.variance.positionOnly)) by place alone, "
        + "\(percent(card.variance.contentOnly)) by token alone, "
        + "\(percent(max(card.variance.both, 0))) by both")
    if card.roles.isEmpty {
      lines.append("roles: none that is looked for")
    } else {
      let roles = card.roles.prefix(5).map { evidence in
        let detail = evidence.detail.isEmpty ? "" : " \(evidence.detail)"
        return "\(evidence.role.rawValue)\(detail) \(rounded(evidence.score.value))"
          + " /\(rounded(evidence.null))"
      }
      lines.append("roles: " + roles.joined(separator: ", "))
    }
    return lines
  }

  private static func matching(_ card: HeadCard, _ texts: TokenTexts) -> [String] {
    guard let matching = card.matching, let first = matching.directions.first else { return [] }
    let offset = matching.offset.map { " at offset \($0)" } ?? ""
    return [
      "strongest of W_Q·W_Kᵀ (\(percent(first.share)))\(offset), by token rows:",
      "  query \(texts.list(first.queries, isWritten: false)) → "
        + "key \(texts.list(first.keys, isWritten: false))",
      "  query \(texts.list(first.queriesAgainst, isWritten: false)) → "
        + "key \(texts.list(first.keysAgainst, isWritten: false))",
    ]
  }

  private static func writing(_ card: HeadCard, _ texts: TokenTexts) -> [String] {
    let size = card.size
    var parts = [
      "‖W_V·W_O‖ \(rounded(size.norm)), \(percent(size.share)) of its layer, rank "
        + "\(rounded(size.effectiveRank)); \(rounded(card.writes.value)) a token "
        + range(card.writes)
    ]
    var preferences: [String] = []
    if let unembedding = size.unembedding {
      preferences.append("unembedding ×\(rounded(unembedding))")
    }
    if let readers = size.readers { preferences.append("later readers ×\(rounded(readers))") }
    if let copying = card.vocabulary?.copying {
      preferences.append("copying \(rounded(copying)) /0")
    }
    parts.append("seen against random directions /1: " + preferences.joined(separator: ", "))
    guard let vocabulary = card.vocabulary else { return parts }
    if vocabulary.isThroughTable {
      parts.append("(tokens by the token table, as an approximation)")
    }
    for direction in vocabulary.directions.prefix(2) {
      parts.append(
        "\(percent(direction.share)): reads \(texts.list(Array(direction.reads.prefix(tokens)), isWritten: false)) → "
          + "writes \(texts.list(Array(direction.writes.prefix(tokens)), isWritten: card.writesLogits))"
      )
    }
    parts.append("what it passes on about what it looks at most:")
    for echo in card.echoes.prefix(4) {
      parts.append(
        "  \(percent(echo.share)) \(texts.name(echo.id, isWritten: false)) → "
          + texts.list(echo.writes, isWritten: card.writesLogits))
    }
    return parts
  }

  private static func losing(_ card: HeadCard, _ lossName: String) -> [String] {
    guard let whole = card.losses.first, let baseline = card.baseline else {
      return ["this model has no loss"]
    }
    var lines = [
      "\(lossName) \(rounded(baseline)) \(signed(whole.gain.value)) \(range(whole.gain)), "
        + "p \(rounded(whole.p))"
    ]
    let kinds = card.losses.dropFirst()
    if !kinds.isEmpty {
      let shown =
        kinds.count > 5 ? Array(kinds.prefix(3)) + [kinds[kinds.endIndex - 1]] : Array(kinds)
      for loss in shown {
        lines.append(
          "  \(DisplayWidth.fit(loss.kind ?? "", 11)) \(signed(loss.gain.value)) "
            + "\(range(loss.gain))\(loss.p <= 0.05 ? " *" : "")")
      }
      if kinds.count > shown.count {
        lines[lines.count - 2] += "   … \(kinds.count - shown.count) between"
      }
    }
    for pair in stride(from: 0, to: card.probes.count, by: 2) {
      lines.append(
        card.probes[pair..<min(pair + 2, card.probes.count)].map { probe in
          "\(probe.name) right \(rounded(probe.with)) → \(rounded(probe.without)) "
            + range(probe.change)
        }.joined(separator: ",  "))
    }
    return lines
  }

  private static func neighbours(_ card: HeadCard) -> [String] {
    let nearest = card.neighbours.prefix(4).map { "\($0.place) \(rounded($0.distance))" }
    guard !nearest.isEmpty else { return ["no other head of this attention"] }
    return [
      nearest.joined(separator: ", ")
        + " nats apart (median of all pairs \(rounded(card.medianDistance)))"
    ]
  }

  // MARK: Words

  private static func section(_ title: String, _ lines: [String]) -> [String] {
    lines.flatMap { wrapped($0, to: width - margin) }.enumerated().map { index, line in
      DisplayWidth.fit(index == 0 ? title : "", margin) + line
    }
  }

  /// A line cut between words; what goes on is indented.
  private static func wrapped(_ line: String, to room: Int) -> [String] {
    if DisplayWidth.of(line) <= room { return [line] }
    let indent = String(line.prefix { $0 == " " }) + "  "
    var lines: [String] = []
    var current: String?
    for word in line.split(separator: " ", omittingEmptySubsequences: false) {
      let longer = current.map { $0 + " " + word } ?? String(word)
      if let full = current, DisplayWidth.of(longer) > room {
        lines.append(full)
        current = indent + word
      } else {
        current = longer
      }
    }
    return lines + [DisplayWidth.truncate(current ?? "", room)]
  }

  private static func rounded(_ number: Double) -> String {
    NumberText.rounded(number, digits: 2)
  }

  private static func signed(_ number: Double) -> String {
    (number >= 0 ? "+" : "") + rounded(number)
  }

  private static func percent(_ share: Double) -> String {
    share.isNaN ? "–" : "\(Int((share * 100).rounded())) %"
  }

  private static func range(_ estimate: Estimate) -> String {
    "[\(rounded(estimate.low)), \(rounded(estimate.high))]"
  }
}
