import Faults
import Tensors

/// A value on a tape: its numbers, and the node where its gradient will come to.
struct Recorded<Element: Scalar>: Sendable {
  /// The numbers.
  var tensor: Tensor<Element>
  /// The node, or nil when nothing that is wanted lies before the value.
  var node: Int?
}

/// The operations, computed at once by `Eager` and remembered, so that one can go back.
///
/// A value gets a node only when a wanted site or parameter lies before it; what lies in front of
/// all of them is computed as if there were no tape. A step holds what its way back reads and
/// nothing else. Tensors are copied on write, so the forward pass may go on working in place: it
/// writes into memory of its own as soon as a step holds the old one.
struct Tape<Element: Scalar>: Operations {
  let eager = Eager<Element>()
  let record = TapeRecord<Element>()
  /// The stored tensors to differentiate by.
  let wanted: ParameterSelection

  init(_ wanted: ParameterSelection) { self.wanted = wanted }

  typealias Value = Recorded<Element>

  /// A value with a node, when `inputs` or a wanted parameter lead to one; else without.
  func record(
    _ tensor: Tensor<Element>, from inputs: [Value], _ parameters: [Parameter<Element>] = [],
    _ step: @escaping TapeRecord<Element>.Step
  ) -> Value {
    guard inputs.contains(where: { $0.node != nil }) || parameters.contains(where: wants) else {
      return Recorded(tensor: tensor, node: nil)
    }
    return Recorded(tensor: tensor, node: record.add(step))
  }

  /// Whether somebody wants the gradient for a stored tensor.
  func wants(_ parameter: Parameter<Element>) -> Bool { wanted.contains(parameter.name) }

  func constant(_ tensor: Tensor<Element>) -> Value { Recorded(tensor: tensor, node: nil) }
  func tensor(_ value: Value) -> Tensor<Element> { value.tensor }
  func shape(_ value: Value) -> [Int] { value.tensor.shape }

  func watch(_ site: Site, _ value: inout Value) {
    let node = value.node
    value.node = record.watch(site, value.tensor) { gradient, store in
      store.add(gradient, to: node)
    }
  }

  func reshape(_ value: Value, _ axes: [Axis], _ shape: [Int]) -> Value {
    let (node, oldAxes, oldShape) = (value.node, value.tensor.axes, value.tensor.shape)
    return record(eager.reshape(value.tensor, axes, shape), from: [value]) { gradient, store in
      store.add(gradient.reshaped(oldAxes, oldShape), to: node)
    }
  }

  func gather(_ table: Parameter<Element>, _ ids: [Int]) throws(Fault) -> Value {
    record(try eager.gather(table, ids), from: [], [table]) { gradient, store in
      store.write(to: table, whole: false) { sum, _ in
        Kernels.addRows(gradient, to: &sum, rows: ids)
      }
    }
  }
}

// MARK: Linear maps

extension Tape {
  func linear(_ x: Value, _ weight: Projection<Element>) -> Value {
    let (input, node) = (x.tensor, x.node)
    let (wantsMatrix, wantsBias) = (wants(weight.weight), weight.bias.map(wants) ?? false)
    // The input is needed for the matrix alone.
    let kept = wantsMatrix ? input : nil
    let (axes, shape) = (input.axes, input.shape)
    let parameters = [weight.weight] + (weight.bias.map { [$0] } ?? [])
    return record(eager.linear(input, weight), from: [x], parameters) { gradient, store in
      if let kept { weight.addGradient(gradient, kept, to: &store) }
      if wantsBias { weight.addBiasGradient(gradient, to: &store) }
      store.write(to: node, axes, shape) { target, keep in
        Kernels.linearInputGradient(gradient, weight.map, into: &target, keep: keep)
      }
    }
  }

  func headOutputs(_ z: Value, _ weight: Projection<Element>) -> Value {
    let (input, node) = (z.tensor, z.node)
    let wantsMatrix = wants(weight.weight)
    return record(eager.headOutputs(input, weight), from: [z], [weight.weight]) { gradient, store in
      if wantsMatrix {
        store.write(to: weight.weight, whole: false) { sum, _ in
          Kernels.addHeadWeightGradient(gradient, input, weight.map, to: &sum)
        }
      }
      if node != nil {
        let result = Kernels.headInputGradient(gradient, weight.map)
        store.add(result.reshaped(input.axes, input.shape), to: node)
      }
    }
  }

  func addHeadChanges(_ x: inout Value, edited: Value, original: Value) {
    let (node, editedNode, originalNode) = (x.node, edited.node, original.node)
    let heads = edited.tensor.shape[2]
    let before = x
    eager.addHeadChanges(&x.tensor, edited: edited.tensor, original: original.tensor)
    x = record(x.tensor, from: [before, edited, original]) { gradient, store in
      if editedNode != nil || originalNode != nil {
        var spread = Kernels.spreadOverHeads(gradient, heads: heads)
        store.add(spread, to: editedNode)
        Kernels.scale(&spread, by: -1)
        store.add(spread, to: originalNode)
      }
      store.add(gradient, to: node)
    }
  }
}

extension Projection {
  /// Whether the map reads the whole stored matrix where it lies.
  private var isWhole: Bool {
    picked == nil && map.outputs.count == weight.tensor.shape[map.layout == .inputByOutput ? 1 : 0]
  }

  /// Adds what a gradient behind the map is for the stored matrix.
  fileprivate func addGradient(
    _ gradient: Tensor<Element>, _ x: Tensor<Element>, to store: inout GradientStore<Element>
  ) {
    guard let picked else {
      store.write(to: weight, whole: isWhole) { sum, keep in
        Kernels.linearWeightGradient(gradient, x, map, into: &sum, keep: keep)
      }
      return
    }
    store.write(to: weight, whole: false) { sum, _ in
      Kernels.addPickedWeightGradient(gradient, x, map, to: &sum, outputs: picked)
    }
  }

  /// Adds what a gradient behind the map is for the stored bias.
  fileprivate func addBiasGradient(
    _ gradient: Tensor<Element>, to store: inout GradientStore<Element>
  ) {
    guard let bias else { return }
    store.write(to: bias, whole: isWhole) { sum, keep in
      if let picked {
        Kernels.addPickedColumnSums(gradient, to: &sum, columns: picked)
      } else {
        Kernels.columnSums(gradient, into: &sum, at: map.outputs.lowerBound, keep: keep)
      }
    }
  }
}
