extension Evaluator {
  /// Calls a function for a built-in.
  func call(
    _ function: FunctionValue, _ values: [Value], from location: Location?
  ) throws(Failure) -> Value {
    let place = location ?? Location(Source(name: "host", text: ""), Span(0, 0))
    let passed = values.map { Arguments.Passed(value: $0, location: place) }
    let frame = Frame(place.source, slotCount: 0)
    do throws(Stop) {
      return try call(function, Arguments(positional: passed), place.span, frame)
    } catch {
      switch error {
      case .raised(let raised): throw Failure(raised.diagnostic)
      case .returning(let unwinding):
        var failure = Failure("returned", "a function was left")
        failure.unwinding = unwinding
        throw failure
      case .leaving(let status): throw .leaving(status: status)
      case .breaking, .continuing:
        throw Failure("outside-loop", "a loop was left from inside a block")
      }
    }
  }

  func call(
    _ closure: Closure, _ arguments: Arguments, _ location: Location
  ) throws(Stop) -> Value {
    if interruption.isRequested { throw stop(.interrupted, at: location) }
    do throws(Failure) { try checkDepth() } catch { throw stop(error, at: location) }
    callDepth += 1
    defer { callDepth -= 1 }
    let frame = Frame(closure)
    defer {
      frame.isFinished = true
      frame.values = []
      frame.cells = []
    }
    let given: [Bool]
    do throws(Misfit) { given = try bind(arguments, closure.code, frame) } catch {
      throw misfit(error, closure.code.signature, location)
    }
    for (place, parameter) in closure.code.parameters.enumerated() where !given[place] {
      // In order, so that a default may use the parameters before it.
      if let fallback = parameter.fallback {
        bind(parameter.variable, try evaluate(fallback, frame), frame)
      }
    }
    do throws(Stop) {
      return try execute(closure.code.body, frame)
    } catch {
      if case .returning(let unwinding) = error, unwinding.home === frame { return unwinding.value }
      throw error
    }
  }

  /// Binds what a call passes, and says which of the parameters were given.
  private func bind(
    _ arguments: Arguments, _ code: FunctionNode, _ frame: Frame
  ) throws(Misfit) -> [Bool] {
    var positional = arguments.positional
    if let piped = arguments.piped { positional.insert(piped, at: 0) }
    var given = Array(repeating: false, count: code.parameters.count)
    if code.form == .block, positional.isEmpty, !code.parameters[0].variable.isUsed { return given }
    if try destructure(positional, code, frame) { return given }
    for (place, argument) in positional.enumerated() {
      guard place < code.parameters.count else {
        throw Misfit(
          code: "too-many-arguments",
          headline: "`\(code.name)` takes \(Value.count(code.parameters.count, "argument"))",
          location: argument.location)
      }
      bind(code.parameters[place].variable, argument.value, frame)
      given[place] = true
    }
    for argument in arguments.named {
      guard let place = code.places[argument.name] else {
        throw Misfit(
          code: "unknown-argument", headline: "`\(code.name)` has no parameter `\(argument.name)`",
          location: argument.nameLocation,
          help: Suggestion.help(
            for: argument.name, among: code.parameters.map(\.variable.name)))
      }
      if given[place] {
        throw Misfit(
          code: "duplicate-argument", headline: "`\(argument.name)` is given twice",
          location: argument.nameLocation)
      }
      bind(code.parameters[place].variable, argument.passed.value, frame)
      given[place] = true
    }
    for (place, parameter) in code.parameters.enumerated()
    where !given[place] && parameter.fallback == nil {
      throw Misfit(
        code: "missing-argument", headline: "`\(parameter.variable.name)` is missing",
        location: nil)
    }
    return given
  }

  /// A block of several parameters that is given one record takes its fields by name.
  private func destructure(
    _ positional: [Arguments.Passed], _ code: FunctionNode, _ frame: Frame
  ) throws(Misfit) -> Bool {
    guard code.form == .blockWithParameters, code.parameters.count > 1, positional.count == 1,
      case .record(let record) = positional[0].value
    else { return false }
    for parameter in code.parameters {
      let name = parameter.variable.name
      guard let value = record[name] else {
        throw Misfit(
          code: "unknown-field", headline: "the record has no field `\(name)`",
          location: Location(code.source, parameter.variable.span),
          help: Suggestion.help(for: name, among: record.names))
      }
      bind(parameter.variable, value, frame)
    }
    return true
  }
}
