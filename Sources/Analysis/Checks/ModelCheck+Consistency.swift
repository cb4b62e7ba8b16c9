import Faults
import Tensors
import Transformers

/// What must hold of any model, without anything to compare with.
extension ModelCheck {
  /// How many tensors and settings of the checkpoint may change a number and are not used.
  func used() -> CheckResult {
    let unused = model.unused
    return CheckResult(
      "everything that counts is used", Double(unused.tensors.count + unused.settings.count),
      limit: 0, .count)
  }

  func finite() throws(Fault) -> CheckResult {
    let broken = try outcome(batch).reduce(0) { sum, row in sum + row.count { $0.isNaN } }
    return CheckResult("no output is NaN", Double(broken), limit: 0, .count)
  }

  func rowAlone() throws(Fault) -> CheckResult {
    let together = try outcome(batch)
    var worst = 0.0
    for row in batch.ids.indices {
      let alone = try outcome(batch.row(row))
      worst = max(worst, relativeDistance(together[row], alone[0]))
    }
    return CheckResult("a row in a batch equals the row alone", worst, limit: limit, .relative)
  }

  func cached() throws(Fault) -> CheckResult {
    let whole = try outcome(batch.row(0))
    let cached = try runtime.cachedLogits(
      batch.row(0), prefill: max(1, batch.ids[0].count / 2), edits: [])
    return CheckResult(
      "cached equals uncached", relativeDistance(cached.doubles, whole[0]), limit: limit, .relative)
  }

  func resumed() throws(Fault) -> CheckResult {
    let one = batch.row(0)
    let layers = model.description.blocks.indices
    let streams = layers.map { Capture(site: Site(.residPost, layer: $0)) }
    let final = Capture(site: Site(.final))
    let hasLogits = model.description.output != nil
    let whole = try runtime.run(
      RunRequest(one, captures: streams + [final], output: hasLogits ? .all : nil))
    var worst = 0.0
    for layer in layers {
      guard let stream = whole.captured[streams[layer]] else { continue }
      let request = RunRequest(
        one, captures: hasLogits ? [] : [final], output: hasLogits ? .all : nil)
      let rest = try runtime.resume(at: layer + 1, stream: stream, request)
      worst = max(worst, relativeDistance(judged(rest, [final])[0], judged(whole, [final])[0]))
    }
    return CheckResult(
      "resumed behind each layer equals not resumed", worst, limit: limit, .relative)
  }

  func noOperation() throws(Fault) -> CheckResult {
    let plain = try outcome(batch)
    var changed = 0
    for sites in sites {
      let edits = sites.map { Edit(id: 1, site: $0, action: .scale(1)) }
      let scaled = try outcome(batch, edits: edits)
      for (one, other) in zip(plain, scaled) {
        changed += zip(one, other).count { $0.bitPattern != $1.bitPattern }
      }
    }
    return CheckResult("scaling by 1 anywhere changes no bit", Double(changed), limit: 0, .count)
  }

  /// Every value that the model has, those of a kind and side together.
  private var sites: [[Site]] {
    let description = model.description
    return description.stacks.flatMap { stack in
      Site.Kind.allCases.compactMap { kind in
        if kind.isCross, stack == .encoder || description.encoder == nil { return nil }
        if kind == .logits, stack == .encoder { return nil }
        let layers = kind.isInBlock ? Array(description.blocks(of: stack).indices) : [0]
        return layers.map { Site(kind, layer: $0, stack: stack) }
      }
    }
  }

  func lens() throws(Fault) -> CheckResult {
    let last = Capture(site: Site(.residPost, layer: model.description.blocks.count - 1))
    let result = try runtime.run(RunRequest(batch.row(0), captures: [last], output: .all))
    var worst = Double.infinity
    if let stream = result.captured[last], let logits = result.logits {
      let flat = stream.reshaped([.position, .width], Array(stream.shape.dropFirst()))
      worst = relativeDistance(try runtime.readOut(flat).doubles, logits.doubles)
    }
    return CheckResult(
      "the logit lens at the last layer equals the logits", worst, limit: limit, .relative)
  }

  func attentionSums() throws(Fault) -> CheckResult {
    let patterns = sites.joined().filter { $0.kind == .pattern || $0.kind == .crossPattern }
    let captures = batch.ids.indices.flatMap { row in
      patterns.map { Capture(site: $0, row: row) }
    }
    let result = try runtime.run(RunRequest(batch, captures: captures))
    var worst = 0.0
    for capture in captures {
      guard let pattern = result.captured[capture], let keys = pattern.shape.last else { continue }
      for line in pattern.doubles.chunked(max(keys, 1)) {
        worst = max(worst, distance([line.reduce(0, +)], [1]))
      }
    }
    return CheckResult("attention rows sum to one", worst, limit: limit, .absolute)
  }

  func otherPrecision() throws(Fault) -> CheckResult {
    let other = try model.runtime(precision == .single ? .double : .single)
    let own = try outcome(batch)
    let others = try outcome(batch, on: other)
    let worst = zip(own, others).reduce(0) { max($0, relativeDistance($1.0, $1.1)) }
    return CheckResult("f32 equals f64 to rounding", worst, limit: 1e-4, .relative)
  }
}

extension Batch {
  /// One row alone.
  func row(_ index: Int) -> Batch {
    var one = Batch(ids: [ids[index]], segments: segments.map { [$0[index]] })
    one.source = source.map { [$0[index]] }
    one.images = images.map { [$0[index]] }
    return one
  }
}
