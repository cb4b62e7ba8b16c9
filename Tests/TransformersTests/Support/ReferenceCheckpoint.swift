import Checkpoints
import Foundation
import Tensors
import TestSupport
import Transformers

/// A checkpoint with the outputs that the reference implementation gave for it beside it.
struct ReferenceCheckpoint {
  let model: Model
  let outputs: Checkpoint
  let batch: Batch

  /// Opens a folder that holds a checkpoint and `reference.safetensors`.
  init(_ folder: URL) throws {
    model = try Model(contentsOf: folder)
    outputs = try Checkpoint(contentsOf: folder.appendingPathComponent("reference.safetensors"))
    if model.description.embedding.patches != nil {
      batch = Batch(images: try Self.images(outputs))
      return
    }
    let ids = try Self.rows("input_ids", "attention_mask", outputs)
    if model.description.encoder != nil {
      batch = Batch(
        source: ids,
        ids: try Self.rows("decoder_input_ids", "decoder_attention_mask", outputs))
    } else {
      let hasTypes = outputs.stored("token_type_ids") != nil
      batch = Batch(
        ids: ids,
        segments: hasTypes ? try Self.rows("token_type_ids", "attention_mask", outputs) : nil)
    }
  }

  /// The entries of [row, position] where the mask, if there is one, is 1.
  private static func rows(_ name: String, _ mask: String, _ file: Checkpoint) throws -> [[Int]] {
    let (shape, values) = try file.integers(name)
    let mask =
      file.stored(mask) == nil ? values.map { _ in 1 } : try file.integers(mask).values
    return (0..<shape[0]).map { row in
      (row * shape[1]..<(row + 1) * shape[1]).filter { mask[$0] == 1 }.map { values[$0] }
    }
  }

  /// The images of [row, channel, height, width].
  private static func images(_ file: Checkpoint) throws -> [Tensor<Float>] {
    let shape = file.stored("pixel_values")?.shape ?? []
    let all = try file.tensor("pixel_values", as: Float.self, axes: shape.map { _ in "any" })
    return try (0..<shape[0]).map { row in
      try all.read(Region([[row], nil, nil, nil]))
        .reshaped(["channel", "height", "width"], Array(shape[1...]))
    }
  }

  /// The positions of each row.
  private var positions: [[Int]] {
    batch.tokenCounts(for: model.description).map { Array(0..<$0) }
  }

  /// An output of the reference, and the value that it is compared with.
  struct Comparison {
    let name: String
    let site: Site
    let positions: [[Int]]
    let keys: [[Int]]
  }

  /// Every hidden state and attention map of the reference.
  var comparisons: [Comparison] {
    model.description.stacks.flatMap { stack in
      let isSource = stack == .encoder
      let own = isSource ? batch.source ?? [] : positions
      let side = model.description.encoder == nil ? "" : isSource ? "enc_" : "dec_"
      let layers = model.description.blocks(of: stack).indices
      var found = layers.map {
        Comparison(
          name: "\(side)hidden_0\($0)", site: Site(.residPre, layer: $0, stack: stack),
          positions: own, keys: [])
      }
      found.append(
        Comparison(
          name: "\(side)hidden_0\(layers.count)",
          // The last stream of a model that reads images is given before the final norm.
          site: batch.images == nil
            ? Site(.final, stack: stack) : Site(.residPost, layer: layers.count - 1),
          positions: own, keys: []))
      found += layers.map {
        Comparison(
          name: "\(side)attn_0\($0)", site: Site(.pattern, layer: $0, stack: stack),
          positions: own, keys: own)
      }
      if !isSource, let source = batch.source {
        found += layers.map {
          Comparison(
            name: "cross_attn_0\($0)", site: Site(.crossPattern, layer: $0), positions: own,
            keys: source)
        }
      }
      return found
    }
  }

  /// The numbers of an output at the real positions of a row.
  func expected(_ name: String, row: Int, positions: [Int], keys: [Int]? = nil) throws -> [Float] {
    let shape = outputs.stored(name)?.shape ?? []
    let tensor = try outputs.tensor(name, as: Float.self, axes: shape.map { _ in "any" })
    let own: [Int]? = Array(positions.indices)
    let region: [[Int]?] =
      shape.count == 2
      ? [[row], nil] : keys.map { [[row], nil, own, Array($0.indices)] } ?? [[row], own, nil]
    return try tensor.read(Region(region)).elements
  }

  /// The logits of a row.
  func expectedLogits(row: Int) throws -> [Float] {
    try expected("logits", row: row, positions: positions[row])
  }

  /// One row alone.
  func alone(_ row: Int) -> Batch {
    var one = Batch(ids: [batch.ids[row]], segments: batch.segments.map { [$0[row]] })
    one.source = batch.source.map { [$0[row]] }
    one.images = batch.images.map { [$0[row]] }
    return one
  }
}

/// The largest absolute difference; infinite when the counts differ.
func distance<E: BinaryFloatingPoint>(_ a: [E], _ b: [E]) -> Double {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).reduce(0) { worst, pair in
    let difference = abs(Double(pair.0) - Double(pair.1))
    return difference.isNaN ? .infinity : max(worst, difference)
  }
}
