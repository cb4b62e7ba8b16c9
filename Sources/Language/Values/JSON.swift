/// Plain data as JSON has it, with a writer that never fails: NaN and infinities are written as
/// the strings "NaN", "Infinity" and "-Infinity".
public indirect enum JSON: Sendable {
  /// Nothing.
  case null
  /// True or false.
  case bool(Bool)
  /// A number.
  case number(Double)
  /// Text.
  case string(String)
  /// Values in order.
  case array([JSON])
  /// Named values in order.
  case object([(String, JSON)])
  /// Many float64 numbers in order.
  case doubles([Double])
  /// Many float32 numbers in order, each in the fewest digits that read back as it.
  case floats([Float])

  /// The text on one line.
  public var text: String {
    var text = ""
    write(to: &text)
    return text
  }

  /// Writes the text on one line.
  public func write(to output: inout String) {
    switch self {
    case .null: output += "null"
    case .bool(let value): output += value ? "true" : "false"
    case .number(let value): output += Self.text(of: value)
    case .string(let value): Self.write(value, to: &output)
    case .array(let elements):
      Self.write(elements, "[", "]", to: &output) { $0.write(to: &$1) }
    case .object(let fields):
      Self.write(fields, "{", "}", to: &output) { field, output in
        Self.write(field.0, to: &output)
        output += ": "
        field.1.write(to: &output)
      }
    case .doubles(let values):
      Self.write(values, "[", "]", to: &output) { $1 += Self.text(of: $0) }
    case .floats(let values):
      Self.write(values, "[", "]", to: &output) { value, output in
        output += value.isFinite ? NumberText.shortest(value) : Self.text(of: Double(value))
      }
    }
  }

  private static func text(of value: Double) -> String {
    let text = NumberText.shortest(value)
    return value.isFinite ? text : "\"\(text)\""
  }

  private static func write<T>(
    _ elements: [T], _ open: String, _ close: String, to output: inout String,
    element: (T, inout String) -> Void
  ) {
    output += open
    for (place, item) in elements.enumerated() {
      if place & 0xFFF == 0, Interruption.isCurrentRequested { break }
      if place > 0 { output += ", " }
      element(item, &output)
    }
    output += close
  }

  private static func write(_ text: String, to output: inout String) {
    output += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\r": output += "\\r"
      case "\t": output += "\\t"
      default:
        if scalar.value < 0x20 || scalar.value == 0x7F {
          let digits = String(scalar.value, radix: 16)
          output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          output.unicodeScalars.append(scalar)
        }
      }
    }
    output += "\""
  }
}
