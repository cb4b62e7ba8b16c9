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
    let ids = try outputs.integers("input_ids")
    let mask = try outputs.integers("attention_mask").values
    let width = ids.shape[1]
    func rows(_ values: [Int]) -> [[Int]] {
      (0..<ids.shape[0]).map { row in
        (0..<width).filter { mask[row * width + $0] == 1 }.map { values[row * width + $0] }
      }
    }
    let types =
      outputs.stored("token_type_ids") == nil
      ? nil : rows(try outputs.integers("token_type_ids").values)
    batch = Batch(ids: rows(ids.values), segments: types)
  }

  /// The numbers of an output at the real positions of a row; the row axis is the first, the
  /// position axis `positionAxis`, and further position axes (keys) are cut as well.
  func expected(_ name: String, row: Int, pairwise: Bool = false) throws -> [Float] {
    let shape = outputs.stored(name)?.shape ?? []
    let tensor = try outputs.tensor(name, as: Float.self, axes: shape.map { _ in "any" })
    let positions = Array(batch.ids[row].indices)
    if shape.count == 2 { return try tensor.read(Region([[row], nil])).elements }
    let region: [[Int]?] = pairwise ? [[row], nil, positions, positions] : [[row], positions, nil]
    return try tensor.read(Region(region)).elements
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
