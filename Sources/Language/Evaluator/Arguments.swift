/// What a call passes, with the places where it was written.
struct Arguments {
  struct Passed {
    var value: Value
    var location: Location?
  }

  struct Named {
    var name: String
    var nameLocation: Location?
    var passed: Passed
  }

  /// What came through the pipe.
  var piped: Passed?
  var positional: [Passed] = []
  var named: [Named] = []
}

/// The arguments of a call in the order of the parameters.
struct BoundArguments {
  /// One for each parameter; nil where nothing was passed.
  var values: [Value?]
  /// Where each was written.
  var locations: [Location?]
}

/// Something about a call that does not fit what is called.
struct Misfit: Error {
  var code: String
  var headline: String
  var location: Location?
  var help: String?
}
