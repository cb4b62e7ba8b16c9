import Analysis
import Faults
import Figures
import Language
import Statistics
import Transformers

/// How much layers change tokens, and how much tokens rest on others, by how frequent they are.
extension GeometryReport {
  func change() throws(Fault) -> [FigurePage.Section] {
    var options = AmountOfChange.Options()
    (options.each, options.seed) = (1_000, seed)
    let found = try AmountOfChange(
      experiment, corpus, options, progress: context.progress("change"))
    return [
      Self.section(
        found.table(notes: []), title: "How much layers change tokens",
        lead:
          "The distance (PWCCA) between the vectors that enter a block and those that leave it, "
          + "for groups of tokens by their rank of frequency. It does not see what an invertible "
          + "linear map does; turn is 1 - cos of the two vectors, growth the length of the change "
          + "as a share of the vector.")
    ]
  }

  func influence() throws(Fault) -> [FigurePage.Section] {
    var options = AmountOfInfluence.Options()
    (options.sentences, options.seed) = (60, seed)
    let found = try AmountOfInfluence(
      experiment, corpus, options, progress: context.progress("influence"))
    return [
      Self.section(
        found.table(notes: []), title: "How much tokens rest on others",
        lead: "One token of a group, by rank of frequency, is hidden from all others in one block: "
          + "the distance (PWCCA) between the others' vectors behind the block as they are and as "
          + "they become.")
    ]
  }

  /// A line for each group, and one for what unrelated vectors give, averaged over groups.
  private static func section(_ table: Table, title: String, lead: String) -> FigurePage.Section {
    let layers = ReportFigure.numbers(table, "layer")
    let groups = (table["group"]?.values ?? []).map(\.plainText)
    let ticks = Array(Set(layers)).sorted()
    func line(_ name: String, _ column: String, of group: String?) -> Figure.Series {
      let values = ReportFigure.numbers(table, column)
      let means = ticks.map { layer in
        let own = layers.indices.filter {
          layers[$0] == layer && (group == nil || groups[$0] == group)
        }
        return own.reduce(0) { $0 + values[$1] } / Double(own.count)
      }
      return Figure.Series(name, x: ticks.indices.map(Double.init), y: means)
    }
    var names: [String] = []
    for group in groups where !names.contains(group) { names.append(group) }
    let series =
      names.map { line("ranks \($0)", "distance", of: $0) } + [line("null", "null", of: nil)]
    return FigurePage.Section(
      title: title, lead: lead,
      figures: [
        Figure(
          .lines(series, ticks: ticks.map { NumberText.shortest($0) }), valueLabel: "distance",
          xLabel: "block")
      ], table: table)
  }
}
