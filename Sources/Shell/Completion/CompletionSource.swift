/// What the embedding offers for completion.
public protocol CompletionSource: Sendable {
  /// The texts of a kind that begin with `prefix`: of the kind `address` those that the loaded
  /// model has, of the kind `checkpoint` names that can be loaded. Other kinds are those of
  /// parameters. A source gives no more than some hundred.
  func candidates(kind: String, prefix: String) -> [String]
}

/// A source that offers nothing.
public struct NoCompletions: CompletionSource {
  /// Makes the source.
  public init() {}
  /// Nothing.
  public func candidates(kind: String, prefix: String) -> [String] { [] }
}
