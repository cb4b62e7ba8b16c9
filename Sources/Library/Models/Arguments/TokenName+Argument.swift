import Analysis
import Language

extension TokenName: Argument {
  /// What messages call it.
  public static var kind: String { "token" }

  /// A token by its text or by its id.
  public static func from(_ value: Value) -> TokenName? {
    switch value {
    case .string(let text): .text(text)
    case .number: Int.from(value).map { .id($0) }
    default: nil
    }
  }
}
