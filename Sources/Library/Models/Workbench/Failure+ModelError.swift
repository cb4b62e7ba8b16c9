import Language
import Transformers

extension Failure {
  /// The failure that a model's error is to the user: the one place where one becomes the other.
  init(_ error: ModelError, argument: String? = nil) {
    if error.code == ModelError.interrupted.code {
      self = .interrupted
    } else {
      self.init(error.code, error.message, argument: argument, help: error.help)
    }
  }
}

/// What the body gives; a model's error becomes a failure, laid to `argument` where one is named.
func onModel<Result>(
  _ argument: String? = nil, _ body: () throws(ModelError) -> Result
) throws(Failure) -> Result {
  do {
    return try body()
  } catch {
    throw Failure(error, argument: argument)
  }
}
