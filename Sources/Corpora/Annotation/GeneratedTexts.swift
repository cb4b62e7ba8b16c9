import Synchronization

/// Documents of the built-in generator, made when they are asked for.
///
/// The generator's state is kept at every `stride`-th document, and the documents of one stride:
/// neighbours cost one derivation each, and a leap no more than a stride of them.
public final class GeneratedTexts: TextSource {
  /// How many documents there are.
  public let count: Int
  /// What they are drawn from.
  public let title: String

  private struct State {
    var generators: [TextGenerator]
    var block = -1
    var texts: [AnnotatedText] = []
  }
  private let state: Mutex<State>
  private static let stride = 64

  /// The first `count` documents of a generator.
  public init(count: Int, seed: UInt64, mixture: Mixture = .standard, split: Split) {
    self.count = count
    let documents =
      switch split {
      case .train: "documents that models train on"
      case .test: "held-out documents"
      case .all: "documents, held out or not"
      }
    title = "\"english\", \(documents), seed \(seed)"
    state = Mutex(
      State(generators: [TextGenerator(seed: seed, mixture: mixture, split: split)]))
  }

  /// The document at a place, with its truth.
  public func text(at place: Int) -> AnnotatedText {
    let (block, index) = place.quotientAndRemainder(dividingBy: Self.stride)
    return state.withLock { state in
      while state.generators.count <= block + 1 || state.block != block {
        let next = min(block, state.generators.count - 1)
        var generator = state.generators[next]
        let documents = (0..<Self.stride).map { _ in generator.next() }
        if state.generators.count == next + 1 { state.generators.append(generator) }
        if next == block {
          state.texts = documents.map { AnnotatedText($0) }
          state.block = block
        }
      }
      return state.texts[index]
    }
  }
}
