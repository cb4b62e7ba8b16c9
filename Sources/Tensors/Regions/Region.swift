/// A part of a tensor: for each axis either all of it or some indices, in order.
public struct Region: Sendable, Equatable {
  /// Per axis: nil for the whole axis, else the indices.
  public let selections: [[Int]?]

  /// The part that `selections` picks: per axis nil for the whole axis, else the indices, in order.
  public init(_ selections: [[Int]?]) { self.selections = selections }
}

/// A region laid over a shape: where its runs of neighbouring elements begin.
///
/// Trailing axes that are taken whole form one run, so that copying a region costs what copying
/// its bytes costs.
struct RegionLayout {
  /// How many entries the region has on each axis.
  let shape: [Int]
  /// Elements per run.
  let runLength: Int
  /// Offset of each run in the tensor, in the region's row-major order.
  let runOffsets: [Int]

  init<Element>(_ region: Region, of tensor: Tensor<Element>) throws(TensorError) {
    guard region.selections.count == tensor.shape.count else {
      throw .rankMismatch(
        operation: "the region", expected: tensor.shape.count, found: region.selections.count)
    }
    var shape: [Int] = []
    for (axis, selection) in region.selections.enumerated() {
      let size = tensor.shape[axis]
      guard let selection else {
        shape.append(size)
        continue
      }
      for index in selection where index < 0 || index >= size {
        throw .indexOutOfRange(axis: tensor.axes[axis], index: index, count: size)
      }
      shape.append(selection.count)
    }
    self.shape = shape

    var outer = tensor.shape.count
    var run = 1
    while outer > 0, region.selections[outer - 1] == nil {
      outer -= 1
      run *= tensor.shape[outer]
    }
    runLength = run

    var offsets = [0]
    for axis in 0..<outer {
      let size = tensor.shape[axis]
      let indices = region.selections[axis] ?? Array(0..<size)
      var next: [Int] = []
      next.reserveCapacity(offsets.count * indices.count)
      for offset in offsets { for index in indices { next.append(offset * size + index) } }
      offsets = next
    }
    runOffsets = offsets.map { $0 * run }
  }
}
