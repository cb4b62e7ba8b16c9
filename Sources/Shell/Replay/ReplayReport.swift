import Language

/// What `replay` and `check` say on standard output: lines of text, or one JSON object on each.
struct ReplayReport {
  let isJSON: Bool

  /// An input that gave something else.
  func difference(_ difference: DocumentReplay.Difference, in path: String) {
    let block = difference.block
    if isJSON {
      let lines = difference.comparison.lines.compactMap { line -> JSON? in
        switch line {
        case .same: nil
        case .missing(let text): .object([("missing", .string(text))])
        case .added(let text): .object([("added", .string(text))])
        }
      }
      write([
        ("kind", .string("difference")), ("file", .string(path)),
        ("line", .number(Double(block.line))), ("input", .string(block.input)),
        ("lines", .array(lines)),
      ])
      return
    }
    let input = block.input.split(separator: "\n").map(String.init)
    let first = DisplayWidth.truncate(input.first ?? "", 80)
    say("\(path), line \(block.line): \(first)\(input.count > 1 ? " …" : "")")
    StandardStream.output.write(difference.comparison.text())
  }

  /// A document as a whole.
  func document(_ path: String, inputs: Int, different: Int) {
    if isJSON {
      write([
        ("kind", .string("replay")), ("file", .string(path)), ("inputs", .number(Double(inputs))),
        ("different", .number(Double(different))),
      ])
      return
    }
    let count = inputs == 1 ? "1 input" : "\(inputs) inputs"
    say(
      different == 0
        ? "\(path): \(count), no difference"
        : "\(path): \(different) of \(count) \(different == 1 ? "differs" : "differ")")
  }

  /// A script as a whole.
  func script(_ path: String, _ errors: [Diagnostic], hasRun: Bool) {
    if isJSON {
      write([
        ("kind", .string("script")), ("file", .string(path)), ("ran", .bool(hasRun)),
        ("errors", .array(errors.map(\.json))),
      ])
      return
    }
    for error in errors { say(DiagnosticText().text(error)) }
    say("\(path): \(hasRun ? "ran" : "failed")")
  }

  private func say(_ text: String) { StandardStream.output.write(text + "\n") }

  private func write(_ fields: [(String, JSON)]) { say(JSON.object(fields).text) }
}
