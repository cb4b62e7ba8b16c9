extension Diagnostic {
  /// The diagnostic as one JSON object: code, message, file, line, column, notes and help.
  public var json: JSON {
    var fields: [(String, JSON)] = [
      ("kind", .string(severity.rawValue)), ("code", .string(code)), ("message", .string(headline)),
    ]
    if let location {
      fields.append(("file", .string(location.source.name)))
      fields.append(("line", .number(Double(location.line))))
      fields.append(("column", .number(Double(location.source.column(at: location.span.start)))))
    }
    if !notes.isEmpty { fields.append(("notes", .array(notes.map { .string($0) }))) }
    if let help { fields.append(("help", .string(help))) }
    return .object(fields)
  }
}
