import Checkpoints

extension Configuration {
  /// The classes of a classifier from `id2label`, and its tasks from `sonde_tasks`.
  ///
  /// `sonde_tasks` has the labels of each task by the task's name. Their order among the logits is
  /// that of `id2label`, where a label stands either alone or behind its task and a dot.
  func classification() throws(CheckpointError) -> ClassificationDescription {
    let labels = try labels()
    let reading = try reading(of: labels.count)
    guard let tasks = try nested("sonde_tasks") else {
      return ClassificationDescription(labels: labels, reading: reading)
    }
    var found: [ClassificationDescription.Task] = []
    for name in tasks.keys {
      let own = try tasks.strings(name, default: [])
      let starts = labels.indices.filter { start in
        start + own.count <= labels.count
          && zip(labels[start...], own).allSatisfy { $0 == $1 || $0 == "\(name).\($1)" }
      }
      guard let start = starts.first, starts.count == 1, !own.isEmpty else {
        throw tasks.invalid(
          name, expected: "labels that stand once, side by side and in this order, in id2label",
          found: own.joined(separator: ", "))
      }
      found.append(.init(name: name, columns: start..<start + own.count, labels: own))
    }
    found.sort { $0.columns.lowerBound < $1.columns.lowerBound }
    guard found.flatMap(\.columns) == Array(labels.indices) else {
      throw invalid(
        "sonde_tasks", expected: "every label of id2label in one task",
        found: found.compactMap(\.name).joined(separator: ", "))
    }
    return ClassificationDescription(labels: labels, tasks: found, reading: reading)
  }

  /// How logits are read by `problem_type`, or else by their number: one alone is a value.
  private func reading(of count: Int) throws(CheckpointError)
    -> ClassificationDescription.Reading
  {
    switch try optionalString("problem_type") {
    case nil: return count == 1 ? .value : .choice
    case "regression": return .value
    case "multi_label_classification": return .independent
    case "single_label_classification" where count > 1: return .choice
    case let found?:
      throw invalid(
        "problem_type",
        expected: "regression, multi_label_classification or, with two labels or more, "
          + "single_label_classification", found: "\"\(found)\" with \(count)")
    }
  }

  /// The texts of `id2label` in order; `LABEL_0`, … where they are not given.
  private func labels() throws(CheckpointError) -> [String] {
    guard let named = try nested("id2label") else {
      let count = try int("num_labels", default: 2, in: 1...1 << 20)
      return (0..<count).map { "LABEL_\($0)" }
    }
    guard !named.keys.isEmpty else {
      throw invalid("id2label", expected: "at least one label", found: "none")
    }
    return try (0..<named.keys.count).map { index throws(CheckpointError) in
      try named.string("\(index)")
    }
  }
}
