extension Value {
  /// The value in one line, as it would be written in a program where that is possible.
  ///
  /// Long lists and deep nesting are written out, up to the longest text that there can be; tensors
  /// and figures are only summarised.
  public var text: String { text(limit: Self.longestText) }

  /// The most bytes that a text may have.
  public static let longestText = 256 << 20

  /// The value in one line of about `limit` characters at most; what is left out shows as `…`.
  public func text(limit: Int) -> String {
    var output = ""
    write(to: &output, limit: limit, level: 0)
    return output
  }

  /// The value as running text: a string without quotes, all else as `text`.
  public var plainText: String {
    if case .string(let text) = self { text } else { text }
  }

  private func write(to output: inout String, limit: Int, level: Int) {
    switch self {
    case .null: output += "null"
    case .bool(let value): output += value ? "true" : "false"
    case .number(let value): output += NumberText.shortest(value)
    case .string(let value): output += Self.quoted(value)
    case .list(let list):
      Self.write(list, "[", "]", to: &output, limit, level) { item, output in
        item.write(to: &output, limit: limit, level: level + 1)
      }
    case .record(let record):
      Self.write(record.fields, "{", "}", to: &output, limit, level) { field, output in
        output += Lexer.isWord(field.0) ? field.0 : Self.quoted(field.0)
        output += ": "
        field.1.write(to: &output, limit: limit, level: level + 1)
      }
    case .range(let range): output += "\(range.start)..\(range.end)"
    case .table(let table):
      output +=
        "table [\(table.names.joined(separator: ", "))], \(Self.count(table.rowCount, "row"))"
    case .tensor(let tensor): output += tensor.summaryText
    case .function(let function):
      output += function.builtin?.name ?? "function \(function.signature)"
    case .error(let error): output += "error \(error.code): \(error.message)"
    case .figure(let figure): output += figure.summary
    case .host(let value): output += value.description
    }
  }

  private static func write<C: Collection>(
    _ items: C, _ open: String, _ close: String, to output: inout String, _ limit: Int,
    _ level: Int, item write: (C.Element, inout String) -> Void
  ) {
    output += open
    if level >= 100 {
      output += "…"
    } else {
      var isFirst = true
      for item in items {
        if !isFirst { output += ", " }
        isFirst = false
        if output.utf8.count > limit || Interruption.isCurrentRequested {
          output += "…"
          break
        }
        write(item, &output)
      }
    }
    output += close
  }

  /// A string as a literal that reads back as it.
  public static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "{": quoted += "\\{"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .surrogate:
          quoted += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
        default: quoted.unicodeScalars.append(scalar)
        }
      }
    }
    return quoted + "\""
  }

  /// A count with its noun: `1 row`, `2 rows`.
  public static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  /// The kind as messages use it: `a number`, `an address`, `null`.
  public var kindWithArticle: String { Self.withArticle(kind) }

  /// A kind's name with its article.
  public static func withArticle(_ kind: String) -> String {
    if kind == "null" { return kind }
    return ("aeiou".contains(kind.first ?? "x") ? "an " : "a ") + kind
  }
}
