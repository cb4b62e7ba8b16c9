import Faults
import Language

extension Failure {
  /// The failure that a fault is to the user: the one place where one becomes the other.
  init(_ fault: Fault, argument: String? = nil) {
    if fault.isInterruption {
      self = .interrupted
    } else {
      self.init(fault.code, fault.message, argument: argument, help: fault.help)
    }
  }
}

/// What the body gives; a fault becomes a failure, laid to `argument` where one is named.
func faultsAsFailures<Result>(
  _ argument: String? = nil, _ body: () throws(Fault) -> Result
) throws(Failure) -> Result {
  do {
    return try body()
  } catch {
    throw Failure(error, argument: argument)
  }
}
