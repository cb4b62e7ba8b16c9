import Analysis
import Faults
import Figures
import Language
import Transformers

/// What of a token can be read off its vector, and what near vectors share.
extension GeometryReport {
  func information() throws(Fault) -> [FigurePage.Section] {
    var options = TokenInformation.Options()
    (options.types, options.each, options.seed) = (50, 200, seed)
    let found = try TokenInformation(
      experiment, corpus, options, progress: context.progress("mutual information"))
    let layers = found.layers
    let table = Table(
      [
        Table.Column("layer", layers.map { .int($0.layer) }),
        Table.Column("information", layers.map { .number($0.information.value) }),
        Table.Column("low", layers.map { .number($0.information.low) }),
        Table.Column("high", layers.map { .number($0.information.high) }),
        Table.Column("plain", layers.map { .number($0.plain) }),
        Table.Column("null", layers.map { .number($0.null) }),
      ],
      notes: [
        "\(Value.count(found.types.count, "type")) of \(Value.count(found.each, "token")), "
          + "\(Value.count(found.clusters, "cluster")); the most that there can be is "
          + "\(Value.brief(found.entropy)) nats. Null: labels in a random order, already taken off. "
          + "Low and high: 95 % by bootstrap over sentences."
      ])
    return [
      FigurePage.Section(
        title: "How much of a token is left",
        lead: "The mutual information of a token and the cluster that its vector falls into, in "
          + "nats: how much of the token can be read off its vector.",
        figures: [ReportFigure.curve(table, "information", "nats")], table: table)
    ]
  }

  func tokenNeighbours() throws(Fault) -> [FigurePage.Section] {
    let found = try preservation(.token)
    return [
      section(
        found, "Near vectors are of the same token", "share",
        lead: "The share of a token's nearest vectors, from other sentences, that are of the same "
          + "token.")
    ]
  }

  /// Layers whose intervals all overlap make a flat curve, which says nothing.
  func positionNeighbours() throws(Fault) -> [FigurePage.Section] {
    let found = try preservation(.position)
    let scores = found.layers.map(\.score)
    if (scores.map(\.low).max() ?? 0) <= (scores.map(\.high).min() ?? 0) {
      throw Fault(
        "too-few-tokens",
        "no layer differs from another by more than the intervals of so few tokens, "
          + "\(Value.brief(scores.first?.value ?? .nan)) to "
          + "\(Value.brief(scores.last?.value ?? .nan)) places from the first layer to the last, "
          + "\(Value.brief(found.null)) at random")
    }
    return [
      section(
        found, "Near vectors stand near each other", "places",
        lead: "How many places apart a token and those of its type with the nearest vectors stand: "
          + "small where position is well kept.")
    ]
  }

  private static let neighbours = 5

  private func preservation(_ property: Preservation.Property) throws(Fault) -> Preservation {
    var options = Preservation.Options()
    (options.property, options.seed) = (property, seed)
    // Neighbours by position are of the same type, so that there must be many of each.
    options.types = property == .token ? 30 : 8
    (options.each, options.neighbours) = (40, Self.neighbours)
    return try Preservation(
      experiment, corpus, options, progress: context.progress("preservation"))
  }

  private func section(
    _ found: Preservation, _ title: String, _ unit: String, lead: String
  ) -> FigurePage.Section {
    let layers = found.layers
    let table = Table(
      [
        Table.Column("layer", layers.map { .int($0.layer) }),
        Table.Column("score", layers.map { .number($0.score.value) }),
        Table.Column("low", layers.map { .number($0.score.low) }),
        Table.Column("high", layers.map { .number($0.score.high) }),
        Table.Column("null", layers.map { _ in .number(found.null) }),
      ],
      notes: [
        "\(Value.count(Self.neighbours, "neighbour")) by the cosine; "
          + "\(Value.count(found.types, "type")) of \(Value.count(found.each, "token")). "
          + "Null: neighbours drawn at random. Low and high: 95 % by bootstrap over sentences."
      ])
    return FigurePage.Section(
      title: title, lead: lead, figures: [ReportFigure.curve(table, "score", unit)], table: table)
  }
}
