import Language
import Transformers

extension PositionSelector: HostValue, Argument {
  /// What messages call it.
  public static var kind: String { "position" }
  /// What messages call it.
  public var kind: String { Self.kind }

  /// A position.
  ///
  /// - Throws: A failure that shows how a position is written, for a number.
  public static func from(_ value: Value) throws(Failure) -> PositionSelector? {
    switch value {
    case .host(let host): return host as? PositionSelector
    case .number(let number):
      let text = NumberText.shortest(number)
      throw Failure(
        "wrong-type", "a position is written with an @, not as the number \(text)",
        help: "write @\(text), or @(x) for the number that x holds")
    default: return nil
    }
  }

  /// Whether both name the same tokens in every prompt.
  public func isEqual(to other: any HostValue) -> Bool { other as? PositionSelector == self }
}
