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
    /// final norm.
    case hidden(Int)
    /// The pattern of a layer, [head, query, key].
    case pattern(Int)
  }

  /// Outputs from their parts.
  public init(batch: Batch, outputs: [Output]) {
    self.batch = batch
    self.outputs = outputs
  }
}

extension ReferenceOutputs.Kind {
  /// The kind that a name in a reference file stands for: `logits`, `hidden_NN` or `attn_NN`.
  public init?(name: String) {
    if name == "logits" {
      self = .logits
      return
    }
    let parts = name.split(separator: "_", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[1]), number >= 0 else { return nil }
    switch parts[0] {
    case "hidden": self = .hidden(number)
    case "attn": self = .pattern(number)
    default: return nil
    }
  }

  /// The value that it is compared with, or nil for logits and where the model has no such layer.
  func site(in model: ModelDescription) -> Site? {
    switch self {
    case .logits: nil
    case .hidden(let layer) where layer < model.blocks.count: Site(.residPre, layer: layer)
    case .hidden(let layer): layer == model.blocks.count ? Site(.final) : nil
    case .pattern(let layer):
      layer < model.blocks.count ? Site(.pattern, layer: layer) : nil
    }
  }
}
