import Faults
import Synchronization
import Tensors

/// What a tape has recorded: for each node the step that goes back from it.
final class TapeRecord<Element: Scalar>: Sendable {
  /// Goes back over one operation: from the gradient behind it, which it may write over, to those in
  /// front of it.
  typealias Step = @Sendable (inout Tensor<Element>, inout GradientStore<Element>) -> Void

  private typealias Watched = (site: Site, axes: [Axis], shape: [Int])
  private struct Content: Sendable {
    var steps: [Step] = []
    var watched: [Int: Watched] = [:]
  }
  private let content = Mutex(Content())

  /// A new node, with the way back from it.
  func add(_ step: @escaping Step) -> Int {
    content.withLock { content in
      content.steps.append(step)
      return content.steps.count - 1
    }
  }

  /// A node whose gradient somebody wants to see.
  func watch(_ site: Site, _ tensor: Tensor<Element>, _ step: @escaping Step) -> Int {
    let (axes, shape) = (tensor.axes, tensor.shape)
    return content.withLock { content in
      content.steps.append(step)
      let node = content.steps.count - 1
      content.watched[node] = (site, axes, shape)
      return node
    }
  }

  /// The node of a watched site, and the shape of the value there; nil when the run did not come to
  /// it.
  func watched(_ site: Site) -> (node: Int, shape: [Int])? {
    content.withLock { content in
      content.watched.first { $0.value.site == site }.map { ($0.key, $0.value.shape) }
    }
  }

  /// Goes back from the last node to the first.
  ///
  /// What a step holds is released as soon as it is done, so memory falls on the way.
  ///
  /// - Parameters:
  ///   - node: Where `gradient` stands, or nil when nothing that is wanted lies before it.
  ///   - reusing: Gradients that are no longer needed; their memory is written over.
  /// - Throws: `Fault.interrupted` when the user stopped it.
  func back(
    from node: Int?, _ gradient: Tensor<Element>, reusing spare: consuming [String: Tensor<Element>]
  ) throws(Fault) -> (sites: [Site: Tensor<Element>], parameters: [String: Tensor<Element>]) {
    var recorded = content.withLock { content in
      defer { content = Content() }
      return content
    }
    var store = GradientStore<Element>(reusing: consume spare)
    var sites: [Site: Tensor<Element>] = [:]
    store.add(gradient, to: node)
    while let step = recorded.steps.popLast() {
      let place = recorded.steps.count
      try Self.go(back: step, from: place, watched: recorded.watched[place], &store, &sites)
    }
    if Workers.cancellation() { throw .interrupted }
    return (sites, store.parameters)
  }

  /// Goes back from a node to the first and keeps what the steps hold, so that one can go back again,
  /// from the same node or another.
  ///
  /// - Throws: As `back`.
  func backKeeping(from node: Int, _ gradient: Tensor<Element>) throws(Fault)
    -> [Site: Tensor<Element>]
  {
    let recorded = content.withLock { $0 }
    var store = GradientStore<Element>(reusing: [:])
    var sites: [Site: Tensor<Element>] = [:]
    store.add(gradient, to: node)
    for place in recorded.steps.indices.reversed() {
      try Self.go(
        back: recorded.steps[place], from: place, watched: recorded.watched[place], &store, &sites)
    }
    if Workers.cancellation() { throw .interrupted }
    return sites
  }

  private static func go(
    back step: Step, from place: Int, watched: Watched?, _ store: inout GradientStore<Element>,
    _ sites: inout [Site: Tensor<Element>]
  ) throws(Fault) {
    if Workers.cancellation() { throw .interrupted }
    guard var gradient = store.take(place) else {
      if let watched { sites[watched.site] = Tensor(zeros: watched.axes, watched.shape) }
      return
    }
    if let watched { sites[watched.site] = gradient }
    step(&gradient, &store)
  }
}
