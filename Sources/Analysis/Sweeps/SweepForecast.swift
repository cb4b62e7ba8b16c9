import Faults
import Tensors
import Transformers

/// What a sweep is going to cost, told before it runs.
public struct SweepForecast: Sendable {
  /// How many variants there are.
  public var variants: Int
  /// How many tokens the prompts have together.
  public var tokens: Int
  /// Layers that the variants run, each from its first changed layer on.
  public var layersRun: Int
  /// Layers that they would run if nothing were shared.
  public var layersInAll: Int
  /// Floating-point operations in all.
  public var operations: Double
  /// The measured time of one forward pass of the prompts, in seconds.
  public var forwardSeconds: Double
  /// The expected time of the sweep, in seconds.
  public var seconds: Double
  /// The memory that it takes beside the model, in bytes.
  public var bytes: Int
}

extension Sweep {
  /// Forecasts the sweep: one forward pass is run and timed, the rest is counted.
  ///
  /// - Throws: `Fault` as `run`, as far as it can be told beforehand.
  public func forecast() throws(Fault) -> SweepForecast {
    var sum = SweepForecast(
      variants: variants.count, tokens: 0, layersRun: 0, layersInAll: 0, operations: 0,
      forwardSeconds: 0, seconds: 0, bytes: 0)
    for group in try MetricGroup.all(metrics, rows: rows, model: experiment.model) {
      let own = try forecast(group)
      sum.tokens = max(sum.tokens, own.tokens)
      sum.layersRun += own.layersRun
      sum.layersInAll += own.layersInAll
      sum.operations += own.operations
      sum.forwardSeconds = max(sum.forwardSeconds, own.forwardSeconds)
      sum.seconds += own.seconds
      sum.bytes = max(sum.bytes, own.bytes)
    }
    return sum
  }

  /// What the runs for metrics that share them cost.
  private func forecast(_ group: MetricGroup) throws(Fault) -> SweepForecast {
    let model = experiment.model.description
    // The first pass also reads weights from the disk, which the sweep does not do again.
    _ = try SharedRun(experiment, group)
    let clock = ContinuousClock()
    let start = clock.now
    let shared = try SharedRun(experiment, group)
    let forwardSeconds = (clock.now - start) / .seconds(1)

    let layerCount = model.blocks.count
    let lengths = group.rows.map(\.count)
    let sources = group.rows.map { $0.source?.count ?? 0 }
    let layers = model.blocks.map {
      model.operations(ofBlock: $0, lengths: lengths, sources: sources)
    }
    let encoder = model.operations(ofEncoder: sources)
    let output = model.operations(
      ofOutput: (shared.output.positions ?? []).reduce(0) { $0 + $1.count },
      columns: shared.output.columns?.count)
    let forward = encoder + layers.reduce(0, +) + output
    var operations = forward * (group.needsUntouchedRun ? 2 : 1)
    var layersRun = 0
    var widest = 1
    let batch = max(1, batchTokens / max(group.tokenCount, 1))
    for (layer, members) in try grouped(shared.rows) {
      let first = min(max(layer, 0), layerCount)
      layersRun += members.count * (layerCount - first)
      let own = layers[first...].reduce(0, +) + output + (layer < 0 ? encoder : 0)
      operations += Double(members.count) * own
      widest = max(widest, min(batch, members.count))
    }
    return SweepForecast(
      variants: variants.count, tokens: group.tokenCount, layersRun: layersRun,
      layersInAll: variants.count * layerCount, operations: operations,
      forwardSeconds: forwardSeconds,
      seconds: forward > 0 ? forwardSeconds * operations / forward : 0,
      bytes: bytes(shared, variantsAtOnce: widest))
  }

  /// The shared streams of every layer, and what one batch of variants keeps while it runs.
  private func bytes(_ run: SharedRun, variantsAtOnce: Int) -> Int {
    let model = experiment.model.description
    let tokens = run.group.tokenCount
    let positions = (run.output.positions ?? []).reduce(0) { $0 + $1.count }
    let columns = run.output.columns?.count ?? model.outputWidth
    let shared = tokens * model.width * model.blocks.count
    let running = variantsAtOnce * tokens * model.numbersPerToken
    // Logits are kept once as the model gives them and once in double precision.
    let logits = (variantsAtOnce + 1) * positions * columns
    return (shared + running + logits) * experiment.runtime.precision.byteCount + logits * 8
  }
}
