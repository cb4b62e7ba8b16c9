import Synchronization

/// A flag that asks running code to stop.
///
/// Any thread, and a signal handler, may set it.
public final class Interruption: Sendable {
  private let flag = Atomic<Bool>(false)

  /// The flag of the run that this thread works for, which code that gets no context looks at.
  @TaskLocal public static var current: Interruption?

  /// Makes a flag that is not set.
  public init() {}

  /// Whether stopping was asked for.
  public var isRequested: Bool { flag.load(ordering: .relaxed) }

  /// Whether the run that this thread works for was asked to stop.
  ///
  /// Work that cannot fail, such as comparing values or writing them as text, then ends at once with
  /// anything: whoever called it looks at the flag afterwards and drops the result.
  public static var isCurrentRequested: Bool { current?.isRequested ?? false }

  /// What a body gives for each element, or for the first of them when the run was asked to stop.
  public static func mappingOrStopping<Elements: Sequence, Result>(
    _ elements: Elements, _ body: (Elements.Element) -> Result
  ) -> [Result] {
    var results: [Result] = []
    results.reserveCapacity(min(elements.underestimatedCount, 1 << 20))
    for element in elements {
      if results.count & 0xFFF == 0, isCurrentRequested { break }
      results.append(body(element))
    }
    return results
  }

  /// Asks to stop.
  public func request() { flag.store(true, ordering: .relaxed) }

  /// Forgets the request.
  public func clear() { flag.store(false, ordering: .relaxed) }

  /// Fails as interrupted when stopping was asked for.
  public func check() throws(Failure) {
    if isRequested { throw .interrupted }
  }

  /// What a body gives for each element, with a look at the flag every few thousand.
  public func mapping<Elements: Sequence, Result>(
    _ elements: Elements, _ body: (Elements.Element) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    var results: [Result] = []
    results.reserveCapacity(min(elements.underestimatedCount, 1 << 20))
    for element in elements {
      if results.count & 0xFFF == 0 { try check() }
      results.append(try body(element))
    }
    return results
  }
}
