import Analysis
import Checkpoints
import Faults
import Language
import Tensors
import Transformers

extension Workbench {
  var gradientCommand: Builtin {
    Builtin(
      "gradient", "Gives how fast a metric changes with inner values or with a parameter.",
      Parameter<PromptInput>("prompt", "A prompt or a batch.", .piped),
      Parameter<GradientPlace>(
        "address",
        "Which values, as for `capture`; or a parameter by the name under which it is stored."),
      Parameter<MetricInput>("of", "The metric.", .named),
      returns: "tensor", family: .running,
      alsoFoundAs: ["derivative", "saliency", "attribution", "backward", "sensitivity"],
      details: """
        The tensor is named and labelled as `capture` gives it. Each number is the derivative of the \
        metric by that number as it is used downstream, behind active interventions on it; \
        interventions behind it are differentiated through. In a batch, values have the gradient of \
        their own row's metric, a parameter that of the sum over all rows. Parameters are named as in \
        the checkpoint; what stands in front of the name for all of them may be left out. A rank \
        has no gradient.
        """,
      examples: [
        Example(
          #"load "random-tiny"; (gradient (prompt "the cat") L1.H*.pattern of: (logit "s")).shape"#,
          shows: "One number for each entry of four patterns.", gives: .numbers(4, 7, 7)),
        Example(
          #"load "random-tiny"; (gradient (prompt "the cat") L0.mlp@-1 of: entropy).axes"#,
          shows: "One position of one layer leaves the width.", gives: .strings("width")),
        Example(
          """
          load "random-tiny"
          (gradient (prompt "the cat") "h.0.mlp.c_fc.weight" of: loss).shape
          """, shows: "A parameter, shaped as it is stored.", gives: .numbers(32, 128)),
        Example(
          """
          load "random-tiny"
          let g = with zero(L1.H2) { gradient(prompt("the cat"), L1.H2.pattern, of: entropy) }
          [min(g), max(g)]
          """, shows: "Nothing flows through a head that is zero.", gives: .numbers(0, 0)),
        Example(
          #"load "random-tiny"; gradient (prompt "the cat") L0.mlp of: (rank "s")"#,
          shows: "A rank changes in steps.", gives: .fails("not-differentiable")),
        Example(
          #"load "random-tiny"; gradient (prompt "the cat") "h.0.mlp.c_fc.wieght" of: loss"#,
          shows: "The nearest name is suggested.", gives: .fails("unknown-parameter")),
      ]
    ) { [self] _, input, place, metric throws(Failure) in
      guard !metric.isList, let only = metric.metrics.first else {
        throw Failure(
          "wrong-type", "one metric is wanted here, not a list", argument: "of",
          help: "ask for one after the other")
      }
      switch place {
      case .addresses(let addresses): return .tensor(try gradient(at: addresses, of: only, input))
      case .parameter(let name): return .tensor(try gradient(for: name, of: only, input))
      }
    }
  }

  /// The gradient at addresses of one kind, as `capture` gives their values.
  private func gradient(at addresses: [Address], of metric: Metric, _ input: PromptInput)
    throws(Failure) -> TensorValue
  {
    let experiment = try experiment()
    let rows = try rows(of: input.prompts)
    let plan = try faultsAsFailures { () throws(Fault) in
      try CapturePlan(addresses, rows: rows, isBatch: input.isBatch, model: experiment.model)
    }
    let found = try faultsAsFailures { () throws(Fault) in
      try experiment.gradients(of: metric, on: rows, at: Set(plan.sites.map(\.site)))
    }
    record(experiment, rows, firings: found.firings)
    let keyCount = rows.map { $0.keys(of: plan.sites[0].site).count }.max() ?? 0
    return try faultsAsFailures { () throws(Fault) in
      var slices: [Capture: AnyTensor] = [:]
      for capture in plan.captures {
        slices[capture] = try found.gradient(at: capture, keyCount: keyCount)
      }
      return try plan.tensor(slices, notes: plan.notes + notes)
    }
  }

  /// The stored tensor that a name means: its own, or all of it but what stands in front.
  private func parameterName(_ name: String, in model: Model) throws(Failure) -> String {
    let names = model.tensors.map(\.name)
    if names.contains(name) { return name }
    let endings = names.filter { $0.hasSuffix("." + name) }
    if endings.count == 1 { return endings[0] }
    if endings.count > 1 {
      throw Failure(
        "unknown-parameter", "several parameters of \(model.name) are called \"\(name)\"",
        argument: "address",
        help: "write one of them whole, such as \"\(endings[0])\" or \"\(endings[1])\"")
    }
    let shortened = names.compactMap {
      $0.split(separator: ".", maxSplits: 1).last.map(String.init)
    }
    let near = NearestName.find(name, in: names + shortened)
    throw Failure(
      "unknown-parameter", "\(model.name) has no parameter \"\(name)\"", argument: "address",
      help: near.map { "did you mean \"\($0)\"?" }
        ?? "names are those of the checkpoint, such as \"\(names.first ?? "")\"")
  }

  /// The gradient for a stored tensor, summed over the rows.
  private func gradient(for name: String, of metric: Metric, _ input: PromptInput)
    throws(Failure) -> TensorValue
  {
    let experiment = try experiment()
    let name = try parameterName(name, in: experiment.model)
    let rows = try rows(of: input.prompts)
    let found = try faultsAsFailures { () throws(Fault) in
      try experiment.gradients(of: metric, on: rows, parameters: .named([name]))
    }
    record(experiment, rows, firings: found.firings)
    guard let gradient = found.parameters[name] else {
      throw Failure(
        "unused-parameter", "this run does not use \"\(name)\"", argument: "address",
        help: "differentiate by a parameter of the running model")
    }
    let axes = zip(gradient.axes, gradient.shape).map {
      TensorValue.Axis($0.name, count: $1)
    }
    let storage: TensorValue.Storage =
      switch gradient {
      case .single(let tensor): .floats(tensor.elements)
      case .double(let tensor): .doubles(tensor.elements)
      }
    return TensorValue(axes: axes, storage: storage, notes: notes)
  }
}
