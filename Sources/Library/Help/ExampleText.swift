import Figures
import Language

/// What an example gives, as text.
enum ExampleText {
  /// The result on one line where it is short enough; nil where it is shown otherwise or not told.
  static func result(of example: Example) -> String? {
    switch example.outcome {
    case .value(.table), .value(.tensor), .value(.figure), .text, .runs, .notRun: return nil
    case .value(let value):
      let text = value.text
      return text.count <= 72 ? "`\(text)`" : nil
    case .fails(let code): return "the error \(code)"
    }
  }

  /// The result as it is displayed, in lines; empty where nothing is told.
  static func display(of example: Example) -> [String] {
    switch example.outcome {
    case .value(let value):
      return lines(ValueText(.transcript).text(value))
    case .text(let text): return lines(text)
    case .fails(let code): return ["error[\(code)]"]
    case .runs, .notRun: return []
    }
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
