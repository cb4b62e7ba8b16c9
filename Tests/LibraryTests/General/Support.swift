import Foundation
import Language
import Testing

@testable import Library

/// A line of Probe, and what must come of it.
struct Line: Sendable, CustomTestStringConvertible {
  let code: String
  /// The text of the value that it shows, or the code of its error after `!! `.
  let result: String

  init(_ code: String, _ result: String) {
    self.code = code
    self.result = result
  }

  var testDescription: String { code }

  /// Runs it in a session of its own, or in one with files.
  func check(in given: Session? = nil) throws {
    let session = try given ?? Session()
    let outcome = session.run(code)
    for error in outcome.errors {
      #expect(!error.headline.isEmpty && error.location != nil, "\(code)")
    }
    let found =
      outcome.errors.first.map { "!! \($0.code)" } ?? outcome.shown?.text ?? "nothing"
    #expect(found == result)
  }
}
