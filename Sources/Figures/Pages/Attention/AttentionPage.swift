import Language

/// A page about the attention of one prompt, in one file that needs nothing else: lines between
/// tokens for the heads of a layer, a grid of all heads, weights by token, and what the prompt's
/// metric does when a head is switched off.
public struct AttentionPage: Sendable {
  /// A token as the page shows it.
  public struct Token: Sendable {
    /// Its text.
    public var text: String
    /// Whether it is no part of the text: BOS, CLS, SEP and their kind.
    public var isSpecial: Bool
    /// The sentence of a pair that it belongs to, 0 or 1.
    public var sentence: Int

    /// A token from its parts.
    public init(text: String, isSpecial: Bool = false, sentence: Int = 0) {
      self.text = text
      self.isSpecial = isSpecial
      self.sentence = sentence
    }
  }

  /// The attention of one side of the model: of its own tokens to each other, or to a source.
  public struct Side: Sendable {
    /// What the page calls it, such as `Encoder`.
    public var name: String
    /// What stands before a head's address, such as `enc.` or nothing.
    public var prefix: String
    /// What stands between a layer and a head, `cross.` or nothing.
    public var infix: String
    /// The tokens that attend.
    public var queries: [Token]
    /// The tokens attended to.
    public var keys: [Token]
    /// Rows and columns of the patches, where the last keys are those of an image.
    public var patches: (rows: Int, columns: Int)?
    /// The layers that the page has.
    var layers: [Layer] = []
    /// By layer of the page and head, how the metric changes when the head is switched off; empty for unknown.
    public var changes: [[Double]] = []

    /// A side without layers yet.
    public init(
      name: String, prefix: String = "", infix: String = "", queries: [Token], keys: [Token]
    ) {
      self.name = name
      self.prefix = prefix
      self.infix = infix
      self.queries = queries
      self.keys = keys
    }

    /// Adds a layer.
    ///
    /// - Parameters:
    ///   - number: Its number in the model.
    ///   - heads: The numbers of the heads that the page has.
    ///   - weights: [head, query, key] of all of the layer's heads, row by row; each row of keys
    ///     sums to one.
    public mutating func addLayer(number: Int, heads: [Int], weights: [Float]) {
      let size = queries.count * keys.count
      layers.append(
        Layer(
          number: number, heads: heads,
          patterns: heads.map { head in
            let part = weights[head * size..<(head + 1) * size]
            let thumbnail = PatternCode.thumbnail(part, queries: queries.count, keys: keys.count)
            return Pattern(
              text: PatternCode.text(part, queries: queries.count, keys: keys.count),
              thumbnail: thumbnail.text)
          }))
    }

    /// Adds what the scores of a layer are products of, by the layer's place on the page.
    public mutating func addNeurons(_ neurons: Neurons, toLayer place: Int) {
      if layers.indices.contains(place) { layers[place].neurons = neurons }
    }
  }

  /// A layer of the page.
  struct Layer: Sendable {
    var number: Int
    var heads: [Int]
    var patterns: [Pattern]
    var neurons: Neurons?
  }

  /// A head's pattern, written small.
  struct Pattern: Sendable {
    var text: String
    var thumbnail: String
  }

  /// An image, row by row, three bytes a pixel.
  public struct Image: Sendable {
    /// Its size in pixels.
    public var height: Int, width: Int
    /// Red, green and blue of each pixel.
    public var bytes: [UInt8]

    /// An image from its pixels.
    public init(height: Int, width: Int, bytes: [UInt8]) {
      self.height = height
      self.width = width
      self.bytes = bytes
    }
  }

  /// What the heading says.
  public var title: String
  /// The prompt as it was written.
  public var text: String
  /// What stands below it, a line each.
  public var notes: [String]
  /// What changes are of, such as `loss`, and what it is when nothing is switched off.
  public var metric: (name: String, baseline: Double)?
  /// The attentions, in the order in which they are offered.
  public var sides: [Side]
  /// The image that the prompt is, for pages about one.
  public var image: Image?

  /// A page from its parts.
  public init(
    title: String, text: String, notes: [String], metric: (name: String, baseline: Double)?,
    sides: [Side], image: Image? = nil
  ) {
    self.title = title
    self.text = text
    self.notes = notes
    self.metric = metric
    self.sides = sides
    self.image = image
  }
}
