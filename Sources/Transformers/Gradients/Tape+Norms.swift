import Tensors

extension Tape {
  func norm(_ x: Value, _ norm: NormWeights<Element>) -> Value {
    let isRecorded = x.node != nil || norm.parameters.contains(where: wants)
    guard isRecorded else { return constant(eager.norm(x.tensor, norm)) }
    let pass = pass(
      x.tensor, norm,
      Kernels.normStatistics(
        x.tensor, epsilon: norm.description.epsilon,
        centred: norm.description.kind == .layer))
    let node = x.node
    let (axes, shape) = (x.tensor.axes, x.tensor.shape)
    let (wantsGain, wantsBias) = (wants(norm.gain), norm.bias.map(wants) ?? false)
    let result = Kernels.normalize(pass, bias: norm.bias?.tensor)
    return record(result, from: [x], norm.parameters) { gradient, store in
      norm.addGradients(gradient, pass, gain: wantsGain, bias: wantsBias, to: &store)
      store.write(to: node, axes, shape) { target, keep in
        Kernels.normInputGradient(gradient, pass, into: &target, keep: keep)
      }
    }
  }

  func normStatistics(_ x: Value, _ norm: NormWeights<Element>) -> Value {
    let statistics = eager.normStatistics(x.tensor, norm)
    let pass = pass(x.tensor, norm, Kernels.NormStatistics(pairs: statistics))
    let node = x.node
    let (axes, shape) = (x.tensor.axes, x.tensor.shape)
    return record(statistics, from: [x]) { gradient, store in
      store.write(to: node, axes, shape) { target, keep in
        Kernels.normStatisticsGradient(gradient, pass, into: &target, keep: keep)
      }
    }
  }

  func normalize(_ x: Value, statistics: Value, _ norm: NormWeights<Element>) -> Value {
    let result = eager.normalize(x.tensor, statistics: statistics.tensor, norm)
    let pass = pass(x.tensor, norm, Kernels.NormStatistics(pairs: statistics.tensor))
    let (node, statisticsNode) = (x.node, statistics.node)
    let (axes, shape) = (x.tensor.axes, x.tensor.shape)
    let (wantsGain, wantsBias) = (wants(norm.gain), norm.bias.map(wants) ?? false)
    return record(result, from: [x, statistics], norm.parameters) { gradient, store in
      norm.addGradients(gradient, pass, gain: wantsGain, bias: wantsBias, to: &store)
      if statisticsNode != nil {
        store.add(Kernels.heldStatisticsGradient(gradient, pass), to: statisticsNode)
      }
      store.write(to: node, axes, shape) { target, keep in
        Kernels.normHeldGradient(gradient, pass, into: &target, keep: keep)
      }
    }
  }

  private func pass(
    _ x: Tensor<Element>, _ norm: NormWeights<Element>,
    _ statistics: Kernels.NormStatistics<Element>
  ) -> Kernels.NormPass<Element> {
    Kernels.NormPass(
      x, statistics: statistics, gain: norm.gain.tensor,
      gainOffset: norm.description.gainOffset, centred: norm.description.kind == .layer)
  }
}

extension NormWeights {
  fileprivate var parameters: [Parameter<Element>] { [gain] + (bias.map { [$0] } ?? []) }

  /// Adds what a gradient behind the norm is for its gain and its bias.
  fileprivate func addGradients(
    _ gradient: Tensor<Element>, _ pass: Kernels.NormPass<Element>, gain wantsGain: Bool,
    bias wantsBias: Bool, to store: inout GradientStore<Element>
  ) {
    if wantsGain {
      store.write(to: gain, whole: true) { sum, keep in
        Kernels.normGainGradient(gradient, pass, into: &sum, keep: keep)
      }
    }
    if wantsBias, let bias {
      store.write(to: bias, whole: true) { sum, keep in
        Kernels.columnSums(gradient, into: &sum, keep: keep)
      }
    }
  }
}
