import Tensors

/// The gradients that a walk back has collected so far.
struct GradientStore<Element: Scalar> {
  /// By node; taken out when the walk comes to the node.
  private var nodes: [Int: Tensor<Element>] = [:]
  /// By stored name.
  private(set) var parameters: [String: Tensor<Element>] = [:]
  /// Memory of gradients that are no longer needed, by stored name.
  private var spare: [String: Tensor<Element>]

  init(reusing spare: consuming [String: Tensor<Element>]) { self.spare = spare }

  /// What has come to a node, which is then forgotten.
  mutating func take(_ node: Int) -> Tensor<Element>? { nodes.removeValue(forKey: node) }

  /// Adds a gradient to what has come to a node.
  mutating func add(_ gradient: consuming Tensor<Element>, to node: Int?) {
    guard let node else { return }
    if var sum = nodes.removeValue(forKey: node) {
      Kernels.add(&sum, gradient)
      nodes[node] = sum
    } else {
      nodes[node] = gradient
    }
  }

  /// Lets `body` write a gradient of the given shape into a node's place, or add to what is there
  /// when its second argument is true.
  mutating func write(
    to node: Int?, _ axes: [Axis], _ shape: [Int], _ body: (inout Tensor<Element>, Bool) -> Void
  ) {
    guard let node else { return }
    if var sum = nodes.removeValue(forKey: node) {
      body(&sum, true)
      nodes[node] = sum
    } else {
      var fresh = Tensor<Element>(uninitialized: axes, shape)
      body(&fresh, false)
      nodes[node] = fresh
    }
  }

  /// Lets `body` write the gradient of a stored tensor, or add to what is there when its second
  /// argument is true.
  ///
  /// - Parameter whole: Whether `body` writes every number; where it does not, it begins with zeros.
  mutating func write(
    to parameter: Parameter<Element>, whole: Bool, _ body: (inout Tensor<Element>, Bool) -> Void
  ) {
    if var sum = parameters.removeValue(forKey: parameter.name) {
      body(&sum, true)
      parameters[parameter.name] = sum
      return
    }
    let stored = parameter.tensor
    var fresh: Tensor<Element>
    if let old = spare.removeValue(forKey: parameter.name), old.shape == stored.shape {
      fresh = old
    } else {
      fresh = Tensor(uninitialized: stored.axes, stored.shape)
    }
    if !whole { Kernels.clear(&fresh) }
    body(&fresh, !whole)
    parameters[parameter.name] = fresh
  }
}
