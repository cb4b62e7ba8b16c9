extension Interpreter {
  /// Whether Enter should run `text` or begin a further line.
  ///
  /// The real parser decides: only something that is open, or an end where more is needed, makes
  /// it incomplete.
  public func completeness(of text: String) -> Completeness {
    Self.completeness(of: text, host: host, registry: registry)
  }

  /// Whether Enter should run `text` or begin a further line, for an embedding.
  public static func completeness(
    of text: String, host: any Host, registry: Registry = Registry()
  ) -> Completeness {
    let problems = self.problems(of: text, host, registry)
    if problems.isEmpty { return .complete }
    guard let fault = problems.first(where: { !$0.isIncomplete })?.diagnostic else {
      return .incomplete
    }
    // A text whose letters cannot be read is not parsed; without the line at fault it can be.
    let isOpen =
      problems.contains(where: \.isIncomplete)
      || self.problems(of: without(fault.location?.line, text), host, registry)
        .contains(where: \.isIncomplete)
    return isOpen ? .faulty(fault) : .invalid
  }

  private static func problems(
    of text: String, _ host: any Host, _ registry: Registry
  ) -> [Problem] {
    DeepStack.run { _ in
      Parser.read(Source(name: "entry", text: text), host: host, registry: registry).problems
    }
  }

  private static func without(_ line: Int?, _ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if let line, lines.indices.contains(line - 1) { lines.remove(at: line - 1) }
    return lines.joined(separator: "\n")
  }

  /// Reads a source without running it: its errors, and its warnings, against what is bound now.
  public func check(_ source: Source) -> [Diagnostic] {
    DeepStack.run { _ in checkHere(source) }
  }

  private func checkHere(_ source: Source) -> [Diagnostic] {
    let (body, faults) = Parser.read(source, host: host, registry: registry)
    if !faults.isEmpty { return Problem.firstOfLines(faults) }
    let session = evaluator.session
    let resolved = Resolver.resolve(
      body, source, registry: registry, constants: evaluator.constants, namespace: session.names,
      entry: session.entry, host: host)
    return resolved.problems.map(\.diagnostic) + resolved.warnings
  }
}
