extension Arguments {
  /// Sorts the arguments into the parameters of a built-in.
  func bound(to builtin: Builtin) throws(Misfit) -> BoundArguments {
    let parameters = builtin.parameters
    var bound = BoundArguments(
      values: Array(repeating: nil, count: parameters.count),
      locations: Array(repeating: nil, count: parameters.count))
    var pipedPlace: Int?
    if let piped {
      guard let place = parameters.firstIndex(where: { $0.role == .piped }) else {
        throw Misfit(
          code: "no-pipe", headline: "`\(builtin.name)` takes nothing through a pipe",
          location: piped.location, help: "pass it as an argument: \(builtin.signature)")
      }
      pipedPlace = place
      bound.values[place] = piped.value
      bound.locations[place] = piped.location
    }
    try placeNamed(builtin, &bound)
    try placePositional(builtin, pipedPlace, &bound)
    return bound
  }

  private func placeNamed(
    _ builtin: Builtin, _ bound: inout BoundArguments
  ) throws(Misfit) {
    for argument in named {
      guard let place = builtin.parameters.firstIndex(where: { $0.name == argument.name }) else {
        throw Misfit(
          code: "unknown-argument",
          headline: "`\(builtin.name)` has no parameter `\(argument.name)`",
          location: argument.nameLocation ?? argument.passed.location,
          help: Suggestion.help(
            for: argument.name, among: builtin.parameters.map(\.name)))
      }
      if bound.values[place] != nil { throw doubled(argument.name, argument.nameLocation) }
      bound.values[place] = argument.passed.value
      bound.locations[place] = argument.passed.location
    }
  }

  private func placePositional(
    _ builtin: Builtin, _ pipedPlace: Int?, _ bound: inout BoundArguments
  ) throws(Misfit) {
    let takers = builtin.parameters.indices.filter {
      builtin.parameters[$0].isPositional && $0 != pipedPlace
    }
    var next = 0
    for (index, argument) in positional.enumerated() {
      guard next < takers.count else {
        throw Misfit(
          code: "too-many-arguments", headline: "`\(builtin.name)` takes fewer arguments",
          location: argument.location)
      }
      let place = takers[next]
      let parameter = builtin.parameters[place]
      if bound.values[place] != nil { throw doubled(parameter.name, argument.location) }
      if parameter.role == .rest {
        let rest = positional[index...]
        bound.values[place] = .list(List(rest.map(\.value)))
        bound.locations[place] = joined(rest.map(\.location))
        return
      }
      bound.values[place] = argument.value
      bound.locations[place] = argument.location
      next += 1
    }
  }

  private func doubled(_ name: String, _ location: Location?) -> Misfit {
    Misfit(
      code: "duplicate-argument", headline: "`\(name)` is given twice", location: location)
  }

  private func joined(_ locations: [Location?]) -> Location? {
    guard let first = locations.first ?? nil, let last = locations.last ?? nil,
      first.source == last.source
    else { return nil }
    return Location(first.source, first.span.joined(with: last.span))
  }
}
