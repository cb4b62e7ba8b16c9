import Language

extension Workbench {
  var readingCommands: [Builtin] {
    [
      logitLensCommand, directAttributionCommand, neighborsCommand, walkCommand, checkCommand,
      costCommand,
    ]
  }
}

extension Family {
  /// Reading the residual stream, and what can be trusted.
  public static let readings = Family("readings", "Readings and checks")
}
