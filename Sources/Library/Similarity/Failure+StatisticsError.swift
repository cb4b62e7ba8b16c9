import Language
import Statistics

extension Failure {
  /// The failure that an error of statistics is to the user.
  init(_ error: StatisticsError, argument: String? = nil) {
    switch error {
    case .interrupted: self = .interrupted
    case .tooFew:
      self.init(
        "too-few-rows", error.description, argument: argument,
        help: "gather more rows, or compare fewer directions")
    case .tooMany: self.init("too-large", error.description, argument: argument)
    case .scale: self.init("out-of-range", error.description, argument: argument)
    case .notFinite: self.init("not-finite", error.description, argument: argument)
    case .constant: self.init("constant-data", error.description, argument: argument)
    case .released, .shape, .clusterCount, .notDistances, .decomposition:
      self.init("shape-mismatch", error.description, argument: argument)
    }
  }
}

/// What the body gives; an error of statistics becomes a failure.
func onStatistics<Result>(
  _ argument: String? = nil, _ body: () throws(StatisticsError) -> Result
) throws(Failure) -> Result {
  do {
    return try body()
  } catch {
    throw Failure(error, argument: argument)
  }
}
