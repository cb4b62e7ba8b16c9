/// Something that can be called: a built-in, a function of the user's, a block, or one made by the
/// host.
public final class FunctionValue: Sendable {
  /// What runs when it is called.
  enum Body: Sendable {
    case builtin(Builtin)
    case closure(Closure)
    case native(@Sendable (Context, [Value]) throws(Failure) -> Value)
  }

  /// The name by which messages call it; `block` for a block.
  public let name: String
  let body: Body

  init(_ name: String, _ body: Body) {
    self.name = name
    self.body = body
  }

  /// The function that a built-in is.
  public convenience init(_ builtin: Builtin) { self.init(builtin.name, .builtin(builtin)) }

  /// A function that the host makes; it takes positional arguments.
  public convenience init(
    _ name: String, run: @escaping @Sendable (Context, [Value]) throws(Failure) -> Value
  ) {
    self.init(name, .native(run))
  }

  /// The built-in that this is, if it is one.
  public var builtin: Builtin? {
    if case .builtin(let builtin) = body { builtin } else { nil }
  }

  /// How it is called, such as `strongest(p, metric)`.
  public var signature: String {
    switch body {
    case .builtin(let builtin): builtin.signature
    case .closure(let closure): closure.code.signature
    case .native: "\(name)(…)"
    }
  }

  /// The names of the parameters, where they are known.
  public var parameterNames: [String] {
    switch body {
    case .builtin(let builtin): builtin.parameters.map(\.name)
    case .closure(let closure): closure.code.parameters.map(\.variable.name)
    case .native: []
    }
  }

  /// The `##` lines before a function of the user's; a built-in's summary.
  public var documentation: String {
    switch body {
    case .builtin(let builtin): builtin.summary
    case .closure(let closure): closure.code.documentation
    case .native: ""
    }
  }

  /// The text of a function of the user's or of a block, where it was written.
  public var location: Location? {
    if case .closure(let closure) = body { closure.code.location } else { nil }
  }
}
