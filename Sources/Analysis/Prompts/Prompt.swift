import Faults
import Tensors
import Transformers

/// What goes into a model, as a person wrote it.
///
/// It is tokenised for the model that it runs on.
public struct Prompt: Sendable, Hashable {
  /// Text, or ids where there is no tokenizer.
  public enum Content: Sendable, Hashable {
    /// Running text, and a second text for models that take pairs.
    case text(String, pair: String?)
    /// Ids of a vocabulary of this size, with segment ids where the model has segments.
    case ids([Int], types: [Int]?, vocabularySize: Int)
    /// An image, [channel, height, width], and how its values are to be scaled.
    case image(NumberArray, ImageScaling.Wish = ImageScaling.Wish())
  }

  /// What was written.
  public var content: Content
  /// What the decoder of a model with two stacks has so far behind its start token.
  public var target: Target?
  /// What was done to its tokens, in order; to those of the source, in a model with two stacks.
  public var changes: [PromptChange]

  /// What a decoder has so far.
  public enum Target: Sendable, Hashable {
    /// Running text.
    case text(String)
    /// Ids of the model's vocabulary.
    case ids([Int])
  }

  /// A prompt without changes.
  public init(_ content: Content, target: Target? = nil) {
    self.content = content
    self.target = target
    changes = []
  }

  /// A prompt of running text.
  public init(_ text: String, pair: String? = nil, target: Target? = nil) {
    self.init(.text(text, pair: pair), target: target)
  }

  /// The same prompt with one more change.
  public func changed(_ change: PromptChange) -> Prompt {
    var prompt = self
    prompt.changes.append(change)
    return prompt
  }
}

/// A change of a prompt's tokens.
public enum PromptChange: Sendable, Hashable {
  /// These tokens become the mask token, or the nearest honest thing that a causal model has.
  case mask(PositionSelector)
  /// These tokens are left out.
  case drop(PositionSelector)
  /// Two tokens change places.
  case swap(PositionSelector, PositionSelector)
  /// These tokens (nil: all that come from the text) are put in a random order.
  case shuffle(PositionSelector?, seed: UInt64)
}

/// One token of a prompt, and where it came from.
public struct PromptToken: Sendable, Hashable {
  /// Where a token came from.
  public enum Origin: String, Sendable, Hashable {
    /// The text or ids that were written.
    case text
    /// The second text of a pair.
    case pair
    /// The tokenizer's template: BOS, CLS, SEP and their kind.
    case template
    /// A token that stands for one that was masked.
    case mask
    /// A patch of an image.
    case patch
  }

  /// The id that goes into the model.
  public var id: Int
  /// The text that it adds, as a person reads it.
  public var text: String
  /// Where it came from.
  public var origin: Origin
  /// The segment.
  public var type: Int
  /// The id that was written here before it was masked.
  public var maskedID: Int?
  /// UTF-8 offsets into the text that it was read from; nil for what was read from no text.
  public var range: Range<Int>?

  /// A token from its parts.
  public init(
    id: Int, text: String, origin: Origin, type: Int = 0, maskedID: Int? = nil,
    range: Range<Int>? = nil
  ) {
    self.id = id
    self.text = text
    self.origin = origin
    self.type = type
    self.maskedID = maskedID
    self.range = range
  }
}

/// A prompt, tokenised for one model: one row of a run.
public struct PromptRow: Sendable, Hashable {
  /// The tokens, in order; of a model with two stacks, those of the decoder.
  public var tokens: [PromptToken]
  /// The tokens of the source, for a model with two stacks.
  public var source: [PromptToken]?
  /// The image, with the values that the model expects, for a model that reads images; the tokens
  /// are its patches then, and their ids mean nothing.
  public var image: NumberArray?
  /// What was done to the values of the image, for people.
  public var imageNote: String?
  /// How many tokens at the end are no part of the prompt but a text that is scored behind it.
  public private(set) var scoredCount = 0

  /// A row of tokens.
  public init(_ tokens: [PromptToken], source: [PromptToken]? = nil) {
    self.tokens = tokens
    self.source = source
  }

  /// How many tokens the prompt itself has; positions are resolved against these.
  public var promptCount: Int { tokens.count - scoredCount }

  /// The same prompt with one more token of a text that is scored behind it.
  public func scoring(_ token: PromptToken) -> PromptRow {
    var row = self
    row.tokens.append(token)
    row.scoredCount += 1
    return row
  }

  /// The ids.
  public var ids: [Int] { tokens.map(\.id) }
  /// How many tokens there are.
  public var count: Int { tokens.count }
  /// The texts, as labels.
  public var texts: [String] { tokens.map(\.text) }

  /// The positions that a selector names here.
  ///
  /// - Throws: `Fault` as `PositionSelector.resolve`.
  public func resolve(_ selector: PositionSelector) throws(Fault) -> [Int] {
    try selector.resolve(count: promptCount) { texts }
  }

  /// The one position that a selector names here.
  ///
  /// - Throws: `Fault` when it names several.
  public func resolveOne(_ selector: PositionSelector) throws(Fault) -> Int {
    let positions = try resolve(selector)
    guard let only = positions.first, positions.count == 1 else {
      throw Fault(
        "position-ambiguous", "\(selector) names \(positions.count) positions, one is wanted here",
        help: "name one of them, such as @-1")
    }
    return only
  }
}

extension Batch {
  /// The rows as the forward pass takes them.
  public init(_ rows: [PromptRow]) {
    let images = rows.compactMap(\.image)
    if images.count == rows.count, !rows.isEmpty {
      self.init(
        images: images.map { image in
          Tensor(["channel", "height", "width"], image.shape, image.elements.map { Float($0) })
        })
      return
    }
    let hasTypes = rows.contains { $0.tokens.contains { $0.type != 0 } }
    self.init(
      ids: rows.map(\.ids), segments: hasTypes ? rows.map { $0.tokens.map(\.type) } : nil)
    let sources = rows.compactMap { $0.source?.map(\.id) }
    if sources.count == rows.count, !rows.isEmpty { source = sources }
  }
}
