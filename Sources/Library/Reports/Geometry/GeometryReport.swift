import Analysis
import Faults
import Figures
import Language
import Transformers

extension Workbench {
  /// The page about what vectors of a corpus hold, layer by layer.
  func geometryPage(
    of subject: Value, title: String?, seed: Int?, _ context: Context
  ) throws(Failure) -> FigurePage {
    guard let input = try CorpusInput.from(subject) else {
      throw Failure(
        "wrong-type", "a page about geometry is of a corpus, not \(subject.kindWithArticle)",
        argument: "of",
        help: "give it texts:   report geometry (corpus \"english\" count: 200) to: \"FILE.html\"")
    }
    let experiment = try experiment()
    let corpus = try tokens(of: input, for: experiment, nil)
    let report = GeometryReport(
      experiment: experiment, corpus: corpus, seed: self.seed(seed), context: context)
    let name = try current().name
    return try report.page(title: title ?? "Geometry of \(name)", notes: notes)
  }
}

/// Gathers what the page about geometry shows: samples are small, so that it answers in seconds.
struct GeometryReport {
  let experiment: Experiment
  let corpus: CorpusTokens
  let seed: UInt64
  let context: Context

  /// A part of the page, which may need more than the corpus has.
  private typealias Part = (
    name: String, sections: () throws(Fault) -> [FigurePage.Section]
  )

  /// The page with every part for which the corpus has enough tokens.
  ///
  /// - Throws: What the first part lacks, when all lack something.
  func page(title: String, notes: [String]) throws(Failure) -> FigurePage {
    let parts: [Part] = [
      ("How much of a token is left", information),
      ("Near vectors are of the same token", tokenNeighbours),
      ("Near vectors stand near each other", positionNeighbours),
      ("Layers, and where tokens lie", layers),
      ("What comes from other tokens", mixing),
      ("How much layers change tokens", change),
      ("How much tokens rest on others", influence),
      ("Whether vectors lie along axes", axes),
    ]
    var sections: [FigurePage.Section] = []
    var omitted: [String] = []
    var first: Failure?
    for (name, make) in parts {
      do throws(Failure) {
        sections += try faultsAsFailures { () throws(Fault) in try make() }
      } catch {
        if error.isInterruption { throw error }
        first = first ?? error
        omitted.append("\(name): \(error.message).")
      }
    }
    if sections.isEmpty, let first { throw first }
    let counts =
      "\(Value.count(corpus.rows.count, "text")), \(Value.count(corpus.tokens.count, "token")) "
      + "without special ones; layer 0 is what enters the first block, layer 1 what leaves it."
    return FigurePage(
      title: title, notes: [counts] + corpus.rows.notes + notes, sections: sections,
      omitted: omitted)
  }
}
