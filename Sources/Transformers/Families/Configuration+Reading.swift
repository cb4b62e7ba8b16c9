import Checkpoints
import Faults
import Foundation
import Tensors

/// Runs a family's reading of its configuration and tells failures as failures of the model.
func reading<Result>(
  _ configuration: Configuration, _ body: (Configuration) throws(CheckpointError) -> Result
) throws(Fault) -> Result {
  do {
    return try body(configuration)
  } catch {
    throw Fault(error)
  }
}

/// What a family does not find here has the value that the family's configuration has in the
/// transformers library.
extension Configuration {
  /// A size, or another where it is missing: not zero, and not so large that products of two overflow.
  func size(_ key: String, default standard: Int) throws(CheckpointError) -> Int {
    try int(key, default: standard, in: 1...1 << 27)
  }

  /// A height and a width: one number for both, or two.
  func sizes(_ key: String, default standard: Int) throws(CheckpointError) -> [Int] {
    if let both = try? integers(key, default: [], in: 1...1 << 27), both.count == 2 { return both }
    let one = try size(key, default: standard)
    return [one, one]
  }

  /// How many layers there are.
  func layerCount(_ key: String, default standard: Int) throws(CheckpointError) -> Int {
    try int(key, default: standard, in: 1...10_000)
  }

  /// The share of `total` for each of `count`, which must divide it.
  func share(_ total: Int, among count: Int, _ key: String) throws(CheckpointError) -> Int {
    guard count > 0, total % count == 0 else {
      throw invalid(key, expected: "a number that divides \(total)", found: "\(count)")
    }
    return total / count
  }

  /// Refuses a setting that is not computed here with anything but `value`.
  func require(_ key: String, _ value: String) throws(CheckpointError) {
    let found = try string(key, default: value)
    guard found == value else {
      throw unsupported(key, known: "\"\(value)\"", found: "\"\(found)\"")
    }
  }
}
