import Analysis
import Checkpoints
import Foundation
import Tensors
import Transformers

/// A file of outputs that another implementation computed for a checkpoint.
///
/// It holds `input_ids` and `attention_mask`, [row, position], rows padded on the right, perhaps
/// `token_type_ids`, and any of `logits`, `hidden_NN` and `attn_NN`.
struct ReferenceFile {
  private let url: URL
  private let file: Checkpoint
  private let ids: (shape: [Int], values: [Int])
  private let mask: [Int]

  init(_ url: URL) throws(CheckpointError) {
    self.url = url
    file = try Checkpoint(contentsOf: url)
    ids = try file.integers("input_ids")
    mask =
      file.stored("attention_mask") == nil
      ? ids.values.map { _ in 1 } : try file.integers("attention_mask").values
    try require("input_ids", ids.shape.count == 2)
    try require("attention_mask", mask.count == ids.values.count && isPaddedOnTheRight)
  }

  private var isPaddedOnTheRight: Bool {
    let width = ids.shape[1]
    return mask.indices.allSatisfy { $0 % max(width, 1) == 0 || mask[$0] <= mask[$0 - 1] }
  }

  /// Refuses a tensor that does not fit the others.
  private func require(_ name: String, _ fits: Bool) throws(CheckpointError) {
    guard !fits else { return }
    throw .damaged(
      file: url, tensor: name, offset: nil,
      problem: "its shape or its padding does not fit input_ids, which is \(ids.shape)")
  }

  func outputs() throws(CheckpointError) -> ReferenceOutputs {
    var segments: [[Int]]?
    if file.stored("token_type_ids") != nil {
      let types = try file.integers("token_type_ids").values
      try require("token_type_ids", types.count == ids.values.count)
      segments = real(types)
    }
    let batch = Batch(ids: real(ids.values), segments: segments)
    var outputs: [ReferenceOutputs.Output] = []
    for name in file.names {
      guard let kind = ReferenceOutputs.Kind(name: name) else { continue }
      outputs.append(.init(kind, name: name, rows: try rows(name, kind, batch)))
    }
    return ReferenceOutputs(batch: batch, outputs: outputs)
  }

  /// The entries of [row, position] where the mask is 1.
  private func real(_ values: [Int]) -> [[Int]] {
    let width = ids.shape[1]
    return (0..<ids.shape[0]).map { row in
      (row * width..<(row + 1) * width).filter { mask[$0] != 0 }.map { values[$0] }
    }
  }

  /// The numbers of an output at the real positions of each row.
  private func rows(_ name: String, _ kind: ReferenceOutputs.Kind, _ batch: Batch)
    throws(CheckpointError) -> [[Double]]
  {
    let shape = file.stored(name)?.shape ?? []
    var isPairwise = false
    if case .pattern = kind { isPairwise = true }
    let axis = isPairwise ? 2 : 1
    let isOfRows = kind == .logits && shape.count == 2
    try require(
      name,
      (isOfRows || shape.count == (isPairwise ? 4 : 3)) && shape.first == batch.ids.count
        && (isOfRows
          || shape[axis...].prefix(isPairwise ? 2 : 1).allSatisfy { $0 == ids.shape[1] })
    )
    let tensor = try file.tensor(
      name, as: Double.self, axes: shape.map { _ in "any" }, shape: shape)
    var rows: [[Double]] = []
    for (row, tokens) in batch.ids.enumerated() {
      let positions = Array(tokens.indices)
      let region = Region(
        isOfRows
          ? [[row], nil]
          : isPairwise ? [[row], nil, positions, positions] : [[row], positions, nil])
      rows.append((try? tensor.read(region).elements) ?? [])
    }
    return rows
  }
}
