import Tensors

extension Tape {
  func add(_ x: inout Value, _ y: Value) {
    let (node, other) = (x.node, y.node)
    eager.add(&x.tensor, y.tensor)
    x.node = nodeBehind([node, other]) { gradient, store in
      store.add(gradient, to: node)
      store.add(gradient, to: other)
    }
  }

  func scale(_ x: inout Value, by factor: Double) {
    let node = x.node
    eager.scale(&x.tensor, by: factor)
    x.node = nodeBehind([node]) { gradient, store in
      Kernels.scale(&gradient, by: Element(factor))
      store.add(gradient, to: node)
    }
  }

  func activate(_ x: inout Value, _ activation: Activation) {
    guard let node = x.node else { return eager.activate(&x.tensor, activation) }
    let input = x.tensor
    eager.activate(&x.tensor, activation)
    x.node = record.add { gradient, store in
      Kernels.activationGradient(&gradient, at: input, activation)
      store.add(gradient, to: node)
    }
  }

  func activateGated(_ gate: inout Value, _ up: Value, _ activation: Activation) {
    let (node, other) = (gate.node, up.node)
    guard node != nil || other != nil else {
      return eager.activateGated(&gate.tensor, up.tensor, activation)
    }
    let (input, factors) = (gate.tensor, up.tensor)
    eager.activateGated(&gate.tensor, factors, activation)
    gate.node = record.add { gradient, store in
      store.add(
        Kernels.gatedGradients(&gradient, gate: input, up: factors, activation), to: other)
      store.add(gradient, to: node)
    }
  }

  func softCap(_ x: inout Value, _ cap: Double) {
    eager.softCap(&x.tensor, cap)
    guard let node = x.node else { return }
    let output = x.tensor
    x.node = record.add { gradient, store in
      Kernels.softCapGradient(&gradient, at: output, cap: Element(cap))
      store.add(gradient, to: node)
    }
  }

  func rotate(_ x: inout Value, positions: [[Int]], _ table: RotaryTable<Element>) {
    let node = x.node
    eager.rotate(&x.tensor, positions: positions, table)
    x.node = nodeBehind([node]) { gradient, store in
      Kernels.rotary(&gradient, positions: positions, table, backwards: true)
      store.add(gradient, to: node)
    }
  }

  /// A node with the way back from it, or nil when none of `nodes` is one.
  func nodeBehind(_ nodes: [Int?], _ step: @escaping TapeRecord<Element>.Step) -> Int? {
    nodes.contains { $0 != nil } ? record.add(step) : nil
  }
}
