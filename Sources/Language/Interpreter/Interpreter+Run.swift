extension Interpreter {
  /// Runs a source.
  ///
  /// Warnings and what is displayed go to the output as they come; errors are returned and not
  /// shown. When the source fails, everything that the session has bound, and the host's state,
  /// are as they were before; what was shown and written stays.
  public func run(_ source: Source, mode: Mode = .entry) -> Outcome {
    DeepStack.run { room in
      evaluator.use(room)
      return Interruption.$current.withValue(evaluator.interruption) { runHere(source, mode) }
    }
  }

  private func runHere(_ source: Source, _ mode: Mode) -> Outcome {
    let (body, faults) = Parser.read(source, host: host, registry: registry)
    if interruption.isRequested {
      let place = Location(source, Span(0, 0))
      let stopped = Diagnostic(
        Diagnostic.interruptedCode, "stopped while it was read", labels: [.init(place, "")])
      return Outcome(errors: [stopped], shown: nil)
    }
    if !faults.isEmpty { return failed(faults, mode) }
    let session = evaluator.session
    let savepoint = session.begin()
    let resolved = Resolver.resolve(
      body, source, registry: registry, constants: evaluator.constants, namespace: session.names,
      entry: session.entry, host: host)
    if !resolved.problems.isEmpty { return failed(resolved.problems, mode) }
    for warning in resolved.warnings { evaluator.output.warn(warning) }
    session.names.cells.merge(resolved.newCells) { old, _ in old }
    for (name, isFunction) in resolved.functions {
      if isFunction {
        session.names.functions.insert(name)
      } else {
        session.names.functions.remove(name)
      }
    }
    let takeBack = host.savepoint()
    let shownBefore = session.showCount
    var error: Diagnostic?
    var leaving: Int32?
    evaluator.callDepth = 0
    evaluator.loopDepth = 0
    do throws(Stop) {
      try evaluator.run(body, source, slotCount: resolved.slotCount, showing: true)
    } catch let stop {
      if case .leaving(let status) = stop {
        leaving = status
      } else {
        let diagnostic = evaluator.diagnostic(of: stop, source)
        error = diagnostic.repair == nil ? diagnostic : evaluator.mended([diagnostic])[0]
      }
    }
    if error == nil {
      session.commit()
    } else {
      session.undo(to: savepoint)
      takeBack()
    }
    return Outcome(
      errors: error.map { [$0] } ?? [],
      shown: session.showCount > shownBefore ? session.lastShown : nil, leaving: leaving)
  }

  private func failed(_ problems: [Problem], _ mode: Mode) -> Outcome {
    let errors = Problem.firstOfLines(problems)
    return Outcome(
      errors: evaluator.mended(mode == .entry ? Array(errors.prefix(1)) : errors), shown: nil)
  }
}

extension Evaluator {
  /// The most diagnostics of one source whose lines are tried in other ways.
  private static let mostMended = 5

  /// Diagnostics with lines that can be pasted, where there are such.
  func mended(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    let repair = Repair(
      registry: registry, host: host, constants: constants, namespace: session.names,
      entry: session.entry)
    return diagnostics.enumerated().map { place, diagnostic in
      place < Self.mostMended ? repair.improved(diagnostic) : diagnostic
    }
  }

  /// What is reported when evaluation stops for good.
  func diagnostic(of stop: Stop, _ source: Source) -> Diagnostic {
    switch stop {
    case .raised(let raised): return raised.diagnostic
    case .breaking, .continuing, .returning, .leaving:
      let place = Location(source, Span(0, 0))
      return Diagnostic(
        "outside-function", "the code was left from inside a block", labels: [.init(place, "")])
    }
  }
}
