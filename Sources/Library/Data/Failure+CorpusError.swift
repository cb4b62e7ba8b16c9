import Corpora
import Language

extension Failure {
  /// The failure that a corpus's error is to the user.
  init(_ error: CorpusError, argument: String? = nil) {
    if error == .interrupted {
      self = .interrupted
    } else {
      self.init(error.code, error.message, argument: argument, help: error.help)
    }
  }
}

/// What the body gives; a corpus's error becomes a failure, laid to `argument` where one is named.
func onCorpus<Result>(
  _ argument: String? = nil, _ body: () throws(CorpusError) -> Result
) throws(Failure) -> Result {
  do {
    return try body()
  } catch {
    throw Failure(error, argument: argument)
  }
}
