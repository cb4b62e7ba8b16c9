extension Value {
  /// The function that calling the value calls; nil where it cannot be called.
  public var function: FunctionValue? {
    switch self {
    case .function(let function): function
    case .host(let value): value.callable
    default: nil
    }
  }
}
