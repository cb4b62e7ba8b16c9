import Faults
import Tensors

/// Parts of values. The forward operation has checked every region when its way back runs, so a
/// region that does not fit there cannot be.
extension Tape {
  func read(_ x: Value, _ region: Region) throws(Fault) -> Value {
    let node = x.node
    let (axes, shape) = (x.tensor.axes, x.tensor.shape)
    return record(try eager.read(x.tensor, region), from: [x]) { gradient, store in
      store.write(to: node, axes, shape) { target, keep in
        if !keep { Kernels.clear(&target) }
        try? target.add(region, gradient, by: 1)
      }
    }
  }

  func write(_ x: inout Value, _ region: Region, _ values: Value) throws(Fault) {
    let (node, source) = (x.node, values.node)
    let shape = values.tensor.shape
    try eager.write(&x.tensor, region, values.tensor)
    x.node = nodeBehind([node, source]) { gradient, store in
      if source != nil, let part = try? gradient.read(region) {
        store.add(part.summed(to: shape), to: source)
      }
      try? gradient.fill(region, with: 0)
      store.add(gradient, to: node)
    }
  }

  func fill(_ x: inout Value, _ region: Region, with element: Double) throws(Fault) {
    let node = x.node
    try eager.fill(&x.tensor, region, with: element)
    x.node = nodeBehind([node]) { gradient, store in
      try? gradient.fill(region, with: 0)
      store.add(gradient, to: node)
    }
  }

  func scale(_ x: inout Value, _ region: Region, by factor: Double) throws(Fault) {
    let node = x.node
    try eager.scale(&x.tensor, region, by: factor)
    x.node = nodeBehind([node]) { gradient, store in
      try? gradient.scale(region, by: Element(factor))
      store.add(gradient, to: node)
    }
  }

  func add(_ x: inout Value, _ region: Region, _ values: Value, by factor: Double)
    throws(Fault)
  {
    let (node, source) = (x.node, values.node)
    let shape = values.tensor.shape
    try eager.add(&x.tensor, region, values.tensor, by: factor)
    x.node = nodeBehind([node, source]) { gradient, store in
      if source != nil, var part = try? gradient.read(region) {
        Kernels.scale(&part, by: Element(factor))
        store.add(part.summed(to: shape), to: source)
      }
      store.add(gradient, to: node)
    }
  }
}
