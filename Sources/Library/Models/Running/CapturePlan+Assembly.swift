import Analysis
import Faults
import Language
import Tensors
import Transformers

extension CapturePlan {
  /// The captured values as one tensor: row, layer, then the axes of the value itself, less those
  /// of which the address names one entry.
  func tensor(_ captured: [Capture: AnyTensor], notes: [String]) throws(Fault) -> TensorValue {
    var blocks: [AnyTensor] = []
    for row in rows.indices {
      for site in sites {
        guard let block = captured[capture(site, row)] else {
          throw Fault("not-captured", "the run did not reach \(site.site.kind)")
        }
        blocks.append(block)
      }
    }
    let shape = blocks.reduce(into: blocks[0].shape) { largest, block in
      largest = zip(largest, block.shape).map { max($0, $1) }
    }
    var axes: [TensorValue.Axis] = []
    if kept.row { axes.append(.init("row", count: rows.count)) }
    if kept.layer { axes.append(.init("layer", labels: sites.map { "L\($0.site.layer)" })) }
    for (index, axis) in blocks[0].axes.enumerated().dropFirst() {
      if let labelled = self.axis(axis, index, count: shape[index]) { axes.append(labelled) }
    }
    return TensorValue(axes: axes, storage: storage(blocks, shape), notes: notes)
  }

  /// An axis of the value with its labels, or nil for one that goes away.
  private func axis(_ axis: Axis, _ index: Int, count: Int) -> TensorValue.Axis? {
    let site = sites[0]
    if let classes {
      return index == 2 ? TensorValue.Axis("label", labels: classes.labels) : nil
    }
    if index == site.site.kind.componentAxis {
      if !kept.component { return nil }
      guard let letter = axis.letter, let attention else {
        return TensorValue.Axis(axis.name, count: count)
      }
      let total = letter == "KV" ? attention.groups : attention.heads
      let entries = site.components ?? Array(0..<total)
      return TensorValue.Axis(axis.name, labels: entries.prefix(count).map { "\(letter)\($0)" })
    }
    if index == site.site.kind.positionAxis {
      return kept.position ? positionAxis(axis, positions, extent, count) : nil
    }
    if site.site.kind.isPairwise, index == 3 {
      let keys = rows.map { $0.keys(of: site.site) }
      return positionAxis(axis, keys.map { Array(0..<$0.count) }, keys, count)
    }
    return TensorValue.Axis(axis.name, count: count)
  }

  /// Positions are labelled with their tokens, unless several rows share the axis.
  private func positionAxis(
    _ axis: Axis, _ positions: [[Int]], _ rows: [PromptRow], _ count: Int
  ) -> TensorValue.Axis {
    guard rows.count == 1, positions[0].count == count else {
      return TensorValue.Axis(axis.name, count: count)
    }
    return TensorValue.Axis(axis.name, labels: positions[0].map { rows[0].label($0) })
  }

  /// The blocks one behind the other, each padded with NaN to the largest shape.
  private func storage(_ blocks: [AnyTensor], _ shape: [Int]) -> TensorValue.Storage {
    switch blocks[0] {
    case .single: .floats(blocks.flatMap { Self.padded($0.cast(to: Float.self), to: shape) })
    case .double: .doubles(blocks.flatMap { Self.padded($0.cast(to: Double.self), to: shape) })
    }
  }

  private static func padded<Element: Scalar>(_ block: Tensor<Element>, to shape: [Int])
    -> [Element]
  {
    if block.shape == shape { return block.elements }
    var result = Array(repeating: Element.nan, count: shape.reduce(1, *))
    let elements = block.elements
    let width = block.shape.last ?? 1
    for run in 0..<(width == 0 ? 0 : elements.count / width) {
      var rest = run
      var place = 0
      var step = shape.last ?? 1
      for axis in (0..<max(shape.count - 1, 0)).reversed() {
        place += rest % block.shape[axis] * step
        rest /= block.shape[axis]
        step *= shape[axis]
      }
      result.replaceSubrange(place..<place + width, with: elements[run * width..<(run + 1) * width])
    }
    return result
  }
}

extension Axis {
  /// The letter of its entries in an address.
  fileprivate var letter: String? {
    switch self {
    case .head: "H"
    case .group: "KV"
    default: nil
    }
  }
}

extension PromptRow {
  /// A position's label: its number and its token.
  func label(_ position: Int) -> String {
    "\(position) \(PromptLines.visible(texts[position]).drop { $0 == " " })"
  }
}
