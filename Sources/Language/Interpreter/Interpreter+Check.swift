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
    let problems = DeepStack.run {
      Parser.read(Source(name: "entry", text: text), host: host, registry: registry).problems
    }
    if problems.isEmpty { return .complete }
    guard let fault = problems.first(where: { !$0.isIncomplete }) else { return .incomplete }
    return problems.contains(where: \.isIncomplete) ? .faulty(fault.diagnostic) : .invalid
  }

  /// Reads a source without running it: its errors, and its warnings, against what is bound now.
  public func check(_ source: Source) -> [Diagnostic] {
    DeepStack.run { checkHere(source) }
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
