import Language
import Training

/// What a model is to learn from, as a person names it.
struct TrainingData: Argument {
  let source: DataPlan.Source

  static let kind = "training data"

  /// "english" or "shapes", another string for a text file, a record of shares for a mixture of
  /// "english", or a list of tasks.
  static func from(_ value: Value) throws(Failure) -> TrainingData? {
    switch value {
    case .string("english"): return TrainingData(source: .english(mixture: [:]))
    case .string("shapes"): return TrainingData(source: .shapes)
    case .string(let path): return TrainingData(source: .file(path: path))
    case .record(let record):
      var shares: [String: Double] = [:]
      for (name, share) in record.fields {
        guard let number = Double.from(share) else { return nil }
        shares[name] = number
      }
      return TrainingData(source: .english(mixture: shares))
    case .list(let list):
      var names: [String] = []
      for item in list {
        guard let name = String.from(item) else { return nil }
        names.append(name)
      }
      return TrainingData(source: .tasks(names))
    default: return nil
    }
  }

  /// The same, with a path as the interpreter finds it.
  func located(_ context: Context) throws(Failure) -> DataPlan.Source {
    if case .file(let path) = source {
      return .file(path: try context.pathForReading(path, argument: "data"))
    }
    return source
  }
}

extension Objective: ChoiceArgument {
  /// What messages call it.
  public static var kind: String { "objective" }
}
