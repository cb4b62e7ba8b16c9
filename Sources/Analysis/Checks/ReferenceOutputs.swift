import Tensors
import Transformers

/// What another implementation computed for a checkpoint, with what went in.
///
/// Rows are cut to their real tokens.
public struct ReferenceOutputs: Sendable {
  /// What went in.
  public var batch: Batch
  /// The outputs, by the names that they have in the file.
  public var outputs: [Output]

  /// One output.
  public struct Output: Sendable {
    /// What it is.
    public var kind: Kind
    /// The name in the file.
    public var name: String
    /// The numbers at the real positions of each row, row by row.
    public var rows: [[Double]]

    /// An output from its parts.
    public init(_ kind: Kind, name: String, rows: [[Double]]) {
      self.kind = kind
      self.name = name
      self.rows = rows
    }
  }

  /// What an output is.
  public enum Kind: Sendable, Hashable {
    /// The logits, [position, vocabulary].
    case logits
    /// The stream behind so many blocks, [position, width]; behind the last one, also behind the
    /// final norm, save in a model that reads images.
    case hidden(Int, Stack)
    /// The pattern of a layer, [head, query, key].
    case pattern(Int, Stack)
    /// The pattern of a layer's attention to the source, [head, query, key].
    case crossPattern(Int)
  }

  /// Outputs from their parts.
  public init(batch: Batch, outputs: [Output]) {
    self.batch = batch
    self.outputs = outputs
  }
}

extension ReferenceOutputs.Kind {
  /// The kind that a name in a reference file stands for: `logits`, `hidden_NN` or `attn_NN`; with
  /// `enc_` or `dec_` in front where the model has both sides, and `cross_attn_NN`.
  public init?(name: String) {
    if name == "logits" {
      self = .logits
      return
    }
    guard let last = name.lastIndex(of: "_"), let number = Int(name[name.index(after: last)...]),
      number >= 0
    else { return nil }
    switch name[..<last] {
    case "hidden", "dec_hidden": self = .hidden(number, .decoder)
    case "enc_hidden": self = .hidden(number, .encoder)
    case "attn", "dec_attn": self = .pattern(number, .decoder)
    case "enc_attn": self = .pattern(number, .encoder)
    case "cross_attn": self = .crossPattern(number)
    default: return nil
    }
  }

  /// Whether the value has one number for each pair of a query and a key.
  public var isPairwise: Bool {
    switch self {
    case .logits, .hidden: false
    case .pattern, .crossPattern: true
    }
  }

  /// How many positions and how many keys a row of a batch has; nil for images, whose rows are all of
  /// one length.
  public func lengths(_ batch: Batch, row: Int) -> (positions: Int, keys: Int)? {
    guard batch.images == nil else { return nil }
    let own = batch.ids[row].count
    let source = batch.source?[row].count ?? own
    return switch self {
    case .logits, .hidden(_, .decoder), .pattern(_, .decoder): (own, own)
    case .hidden(_, .encoder), .pattern(_, .encoder): (source, source)
    case .crossPattern: (own, source)
    }
  }

  /// The value that it is compared with, or nil for logits and where the model has no such layer.
  func site(in model: ModelDescription) -> Site? {
    switch self {
    case .logits: nil
    case .hidden(let layer, let stack) where layer < model.blocks(of: stack).count:
      Site(.residPre, layer: layer, stack: stack)
    case .hidden(let layer, _) where model.embedding.patches != nil:
      layer == model.blocks.count ? Site(.residPost, layer: layer - 1) : nil
    case .hidden(let layer, let stack):
      layer == model.blocks(of: stack).count ? Site(.final, stack: stack) : nil
    case .pattern(let layer, let stack):
      layer < model.blocks(of: stack).count ? Site(.pattern, layer: layer, stack: stack) : nil
    case .crossPattern(let layer):
      layer < model.blocks.count && model.encoder != nil
        ? Site(.crossPattern, layer: layer) : nil
    }
  }
}
