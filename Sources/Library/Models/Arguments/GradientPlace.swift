import Language
import Transformers

/// What to differentiate by: values at addresses, or a stored tensor by its name.
enum GradientPlace: Argument {
  case addresses([Address])
  case parameter(String)

  static let kind = "address or parameter name"

  static func from(_ value: Value) throws(Failure) -> GradientPlace? {
    if case .string(let name) = value { return .parameter(name) }
    return try AddressInput.from(value).map { .addresses($0.addresses) }
  }
}
