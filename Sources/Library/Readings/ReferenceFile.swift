import Analysis
import Checkpoints
import Foundation
import Tensors
import Transformers

/// A file of outputs that another implementation computed for a checkpoint.
///
/// It holds `input_ids` and `attention_mask`, [row, position], rows padded on the right, perhaps
/// `token_type_ids`, and any of `logits`, `hidden_NN` and `attn_NN`. Beside a model with two stacks it
/// holds `decoder_input_ids` as well, and `enc_`, `dec_` and `cross_` stand before the names; beside one
/// that reads images, `pixel_values` instead of ids.
struct ReferenceFile {
  private let url: URL
  private let file: Checkpoint
  private let batch: Batch

  init(_ url: URL) throws(CheckpointError) {
    self.url = url
    file = try Checkpoint(contentsOf: url)
    let reader = ReferenceRows(url: url, file: file)
    if file.stored("pixel_values") != nil {
      batch = Batch(images: try reader.images("pixel_values"))
      return
    }
    let ids = try reader.rows("input_ids", mask: "attention_mask")
    if file.stored("decoder_input_ids") != nil {
      batch = Batch(
        source: ids,
        ids: try reader.rows("decoder_input_ids", mask: "decoder_attention_mask"))
    } else {
      let hasTypes = file.stored("token_type_ids") != nil
      batch = Batch(
        ids: ids,
        segments: hasTypes ? try reader.rows("token_type_ids", mask: "attention_mask") : nil)
    }
  }

  func outputs() throws(CheckpointError) -> ReferenceOutputs {
    var outputs: [ReferenceOutputs.Output] = []
    for name in file.names {
      guard let kind = ReferenceOutputs.Kind(name: name) else { continue }
      outputs.append(.init(kind, name: name, rows: try rows(name, kind)))
    }
    try file.verify()
    return ReferenceOutputs(batch: batch, outputs: outputs)
  }

  /// The numbers of an output at the real positions of each row.
  private func rows(_ name: String, _ kind: ReferenceOutputs.Kind) throws(CheckpointError)
    -> [[Double]]
  {
    let shape = file.stored(name)?.shape ?? []
    let tensor = try file.tensor(
      name, as: Double.self, axes: shape.map { _ in "any" }, shape: shape)
    var rows: [[Double]] = []
    for row in 0..<batch.rowCount {
      let lengths = kind.lengths(batch, row: row)
      let own = lengths.map { Array(0..<$0.positions) }
      let region: [[Int]?] =
        if kind == .logits, shape.count == 2 {
          [[row], nil]
        } else if kind.isPairwise {
          [[row], nil, own, lengths.map { Array(0..<$0.keys) }]
        } else {
          [[row], own, nil]
        }
      guard region.count == shape.count, shape.first == batch.rowCount,
        let numbers = try? tensor.read(Region(region)).elements
      else {
        throw .damaged(
          file: url, tensor: name, offset: nil,
          problem: "its shape \(shape) does not fit the rows that went in")
      }
      rows.append(numbers)
    }
    return rows
  }
}

/// Reads rows of ids that are padded on the right.
private struct ReferenceRows {
  let url: URL
  let file: Checkpoint

  /// The entries of [row, position] where the mask is 1; all of them without a mask.
  func rows(_ name: String, mask maskName: String) throws(CheckpointError) -> [[Int]] {
    let (shape, values) = try file.integers(name)
    let mask =
      file.stored(maskName) == nil ? values.map { _ in 1 } : try file.integers(maskName).values
    try require(name, shape.count == 2)
    let width = shape[1]
    let isPaddedOnTheRight = mask.indices.allSatisfy {
      $0 % max(width, 1) == 0 || mask[$0] <= mask[$0 - 1]
    }
    try require(maskName, mask.count == values.count && isPaddedOnTheRight)
    return (0..<shape[0]).map { row in
      (row * width..<(row + 1) * width).filter { mask[$0] != 0 }.map { values[$0] }
    }
  }

  /// The images of [row, channel, height, width].
  func images(_ name: String) throws(CheckpointError) -> [Tensor<Float>] {
    let shape = file.stored(name)?.shape ?? []
    try require(name, shape.count == 4)
    let all = try file.tensor(name, as: Float.self, axes: shape.map { _ in "any" }, shape: shape)
      .elements
    let size = shape[1] * shape[2] * shape[3]
    return (0..<shape[0]).map { row in
      Tensor(
        ["channel", "height", "width"], Array(shape[1...]),
        Array(all[row * size..<(row + 1) * size]))
    }
  }

  /// Refuses a tensor that does not fit the others.
  private func require(_ name: String, _ fits: Bool) throws(CheckpointError) {
    guard !fits else { return }
    throw .damaged(
      file: url, tensor: name, offset: nil,
      problem: "its shape or its padding does not fit the rows of ids")
  }
}
