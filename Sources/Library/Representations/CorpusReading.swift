import Analysis
import Faults
import Language
import Statistics
import Transformers

extension Workbench {
  /// The tokens of a corpus as a model reads them, in the stack that was asked for: the encoder of a
  /// model that has one, unless told otherwise.
  func tokens(
    of corpus: CorpusInput, for experiment: Experiment, _ side: SideInput?, distinct: Bool = false
  ) throws(Failure) -> CorpusTokens {
    let model = experiment.model
    return CorpusTokens(
      try corpus.rows(for: model), of: model.description, stack: try stack(side, of: model),
      distinct: distinct)
  }
}

extension Context {
  /// What an analysis calls to say how far it is; it stops the analysis when the user asked for it.
  func progress(_ label: String) -> (Int, Int) throws(Fault) -> Void {
    { done, total throws(Fault) in
      output.progress(done, of: total, label)
      if interruption.isRequested { throw .interrupted }
    }
  }
}

/// Words that stand under tables of more than one analysis.
enum RepresentationNotes {
  /// What layers are called.
  static let layers = "layer 0 is what enters the first block (L0), layer 1 what leaves it"
  /// What an interval is.
  static let interval = "low and high: 95 % by bootstrap over sentences"
}

extension Value {
  /// A number with three places, for notes.
  static func brief(_ number: Double) -> String { NumberText.rounded(number, digits: 3) }
}
