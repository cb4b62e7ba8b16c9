extension Evaluator {
  /// Evaluates a call, with what comes through the pipe when it is a stage.
  func call(
    _ node: CallNode, piped: Arguments.Passed?, _ frame: Frame
  ) throws(Stop) -> Value {
    let callee = try evaluate(node.callee, frame)
    guard let function = callee.function else { throw notCallable(callee, node, frame) }
    var arguments = Arguments(piped: piped)
    for argument in node.arguments {
      let value = try evaluate(argument.value, frame)
      let passed = Arguments.Passed(
        value: value, location: Location(frame.source, argument.value.span))
      if let name = argument.name {
        let nameLocation = argument.nameSpan.map { Location(frame.source, $0) }
        arguments.named.append(.init(name: name, nameLocation: nameLocation, passed: passed))
      } else {
        arguments.positional.append(passed)
      }
    }
    do throws(Stop) {
      return try call(function, arguments, node.span, frame)
    } catch { throw grouped(error, node, frame) }
  }

  /// A call that fails because a command stands among its arguments by its mere name:
  /// `measure p logit " is"` wants `measure p (logit " is")`.
  private func grouped(_ stop: Stop, _ node: CallNode, _ frame: Frame) -> Stop {
    guard node.isCommand, case .raised(let raised) = stop, raised.diagnostic.repair == nil,
      ["too-many-arguments", "unknown-argument", "wrong-type"].contains(raised.diagnostic.code),
      let span = raised.diagnostic.location?.span,
      raised.diagnostic.location?.source == frame.source,
      span.start >= node.span.start, span.end <= node.span.end
    else { return stop }
    for (place, argument) in node.arguments.enumerated().dropLast() {
      guard case .name(let name) = argument.value, case .builtin(let inner) = name.binding else {
        continue
      }
      var end = place
      var open = inner.parameters.count(where: \.isPositional)
      for next in node.arguments[(place + 1)...] {
        if let given = next.name {
          guard inner.parameters.contains(where: { $0.name == given }) else { break }
        } else {
          guard open > 0 else { break }
          open -= 1
        }
        end += 1
      }
      guard end > place else { continue }
      let whole = argument.value.span.joined(with: node.arguments[end].value.span)
      var diagnostic = raised.diagnostic
      diagnostic.repair = Edit(whole, "(\(frame.source.text(of: whole)))")
      return .raised(Raised(diagnostic))
    }
    return stop
  }

  func call(
    _ function: FunctionValue, _ arguments: Arguments, _ span: Span, _ frame: Frame
  ) throws(Stop) -> Value {
    let location = Location(frame.source, span)
    switch function.body {
    case .builtin(let builtin): return try call(builtin, arguments, location)
    case .closure(let closure): return try call(closure, arguments, location)
    case .native(let run):
      if let named = arguments.named.first {
        throw misfit(
          Misfit(
            code: "unknown-argument", headline: "`\(function.name)` takes no named arguments",
            location: named.nameLocation), function.signature, location)
      }
      var values = arguments.positional.map(\.value)
      if let piped = arguments.piped { values.insert(piped.value, at: 0) }
      let context = Context(
        evaluator: self, location: location, isPiped: arguments.piped != nil)
      do throws(Failure) {
        return try shallow(try run(context, values))
      } catch { throw stop(error, at: location) }
    }
  }

  /// A value that does not nest too deeply.
  private func shallow(_ value: Value) throws(Failure) -> Value {
    if value.depth <= Value.deepest { return value }
    throw Failure("too-deep", "the value nests more than \(Value.deepest) levels deep")
  }

  private func notCallable(_ value: Value, _ node: CallNode, _ frame: Frame) -> Stop {
    let callee = frame.source.text(of: node.callee.span)
    var help: String?
    if node.isCommand, let first = node.arguments.first, first.name == nil {
      let operand = frame.source.text(of: first.value.span)
      switch first.value {
      case .literal(let literal):
        if case .number(let number) = literal.value, number < 0 || operand.hasPrefix("-") {
          help = "`\(callee) - \(operand.dropFirst())` subtracts"
        }
      case .list: help = "`\(callee)\(operand)` indexes"
      case .position: help = "`\(callee)\(operand)` narrows"
      default: break
      }
    }
    return failure(
      "not-callable", "\(value.kindWithArticle) cannot be called", node.callee.span, frame,
      label: "this is \(value.text(limit: 40))", help: help)
  }

  /// The failure of a call, with the signature and the places of the call and the argument.
  func misfit(_ misfit: Misfit, _ signature: String, _ call: Location) -> Stop {
    let labels = [Diagnostic.Label(misfit.location ?? call, "")]
    return .raised(
      Raised(
        Diagnostic(
          misfit.code, misfit.headline, labels: labels, notes: ["signature: \(signature)"],
          help: misfit.help)))
  }

  func stop(_ failure: Failure, at location: Location) -> Stop {
    if let passing = failure.passing { return passing }
    if let diagnostic = failure.diagnostic, !diagnostic.labels.isEmpty {
      return .raised(Raised(diagnostic))
    }
    return .raised(
      Raised(
        Diagnostic(
          failure.code, failure.message, labels: [.init(location, "")], notes: failure.notes,
          help: failure.help)))
  }

  private func call(
    _ builtin: Builtin, _ arguments: Arguments, _ location: Location
  ) throws(Stop) -> Value {
    if interruption.isRequested {
      throw stop(.interrupted, at: location)
    }
    if builtin.writesFiles, options.isReadOnly {
      throw stop(
        Failure("read-only", "`\(builtin.name)` writes files, which is switched off"),
        at: location)
    }
    let bound: BoundArguments
    do throws(Misfit) { bound = try arguments.bound(to: builtin) } catch {
      throw misfit(error, builtin.signature, location)
    }
    let context = Context(
      evaluator: self, location: location, isPiped: arguments.piped != nil)
    do throws(Failure) {
      let value: Value
      do throws(Failure) { value = try builtin.body(context, bound.values) } catch {
        if error.unwinding == nil { try verify(bound) }
        throw error
      }
      try verify(bound)
      let result = try shallow(value)
      // What a body made of work that ended early is dropped.
      try interruption.check()
      return result
    } catch {
      throw stop(error, of: builtin, bound, location)
    }
  }

  /// Makes sure that what a command computed rests on what it was given.
  private func verify(_ bound: BoundArguments) throws(Failure) {
    for case .host(let value)? in bound.values { try value.verify() }
    try host.verify()
  }

  /// The failure of a built-in: at the argument that is at fault, else at the call.
  private func stop(
    _ failure: Failure, of builtin: Builtin, _ bound: BoundArguments, _ call: Location
  ) -> Stop {
    if failure.passing != nil || failure.diagnostic?.labels.isEmpty == false {
      return stop(failure, at: call)
    }
    var failure = failure
    guard let name = failure.argument,
      let place = builtin.parameters.firstIndex(where: { $0.name == name })
    else { return stop(failure, at: call) }
    if ["wrong-type", "missing-argument"].contains(failure.code) {
      failure.notes.append("signature: \(builtin.signature)")
      if failure.help == nil, case .function(let given)? = bound.values[place] ?? nil,
        given.builtin != nil
      {
        failure.help = "`\(given.name)` is the command itself; `\(given.name)()` calls it"
      }
    }
    return stop(failure, at: bound.locations[place] ?? call)
  }
}
