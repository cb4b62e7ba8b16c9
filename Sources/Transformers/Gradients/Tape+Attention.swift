import Tensors

extension Tape {
  func attention(_ q: Value, _ keys: Value, _ values: Value, _ plan: AttentionPlan<Element>)
    -> Value
  {
    let z = eager.attention(q.tensor, keys.tensor, values.tensor, plan)
    return record(z, from: [q, keys, values]) { gradient, store in
      let gradients = Kernels.attentionGradients(
        gradient, queries: q.tensor, keys: keys.tensor, values: values.tensor, plan)
      store.add(gradients.queries, to: q.node)
      store.add(gradients.keys, to: keys.node)
      store.add(gradients.values, to: values.node)
    }
  }

  func attentionScores(_ q: Value, _ keys: Value, _ plan: AttentionPlan<Element>) -> Value {
    let scores = eager.attentionScores(q.tensor, keys.tensor, plan)
    return record(scores, from: [q, keys]) { gradient, store in
      let gradients = Kernels.attentionScoresGradients(
        gradient, queries: q.tensor, keys: keys.tensor, plan)
      store.add(gradients.queries, to: q.node)
      store.add(gradients.keys, to: keys.node)
    }
  }

  func attentionSoftmax(_ scores: inout Value, _ plan: AttentionPlan<Element>) {
    let node = scores.node
    eager.attentionSoftmax(&scores.tensor, plan)
    let pattern = scores.tensor
    scores.node = nodeBehind([node]) { gradient, store in
      Kernels.attentionSoftmaxGradient(&gradient, pattern: pattern)
      store.add(gradient, to: node)
    }
  }

  func attentionWeighted(_ pattern: Value, _ values: Value, _ plan: AttentionPlan<Element>)
    -> Value
  {
    let z = eager.attentionWeighted(pattern.tensor, values.tensor, plan)
    return record(z, from: [pattern, values]) { gradient, store in
      let gradients = Kernels.attentionWeightedGradients(
        gradient, pattern: pattern.tensor, values: values.tensor, plan)
      store.add(gradients.pattern, to: pattern.node)
      store.add(gradients.values, to: values.node)
    }
  }
}
