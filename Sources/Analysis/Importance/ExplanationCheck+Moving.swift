import Faults
import Foundation
import Statistics
import Tensors
import Transformers

extension ExplanationCheck {
  /// Looks for attention that lies as far from the model's as it can while the output stays: Adam on
  /// the logits of the rows maximises their mean Jensen–Shannon divergence, and pays for what the
  /// output moves beyond the tolerance.
  ///
  /// What is kept is the farthest attention of all steps whose output stayed; the divergence has no
  /// slope where it is zero, so the search starts from random rows.
  func move(_ subject: ExplainedRow, _ result: inout Result) throws(Fault) {
    var search = AttentionSearch(subject.attention, settings, name: subject.row.texts.joined())
    var stayed = false
    for step in 0...settings.steps {
      if Workers.cancellation() { throw .interrupted }
      let patterns = search.patterns
      let (distance, slopes) = try slopes(patterns, subject, triesDistance: stayed)
      stayed = distance <= settings.tolerance
      let divergence = patterns.meanDivergence(from: subject.attention)
      result.finalLoss =
        -divergence + settings.penalty * max(0, distance - settings.tolerance)
      if stayed, !(result.movedDivergence >= divergence) {
        result.movedDivergence = divergence
        result.moved = distance
      }
      if step == settings.steps { break }
      search.step(
        stayed ? nil : slopes, factor: settings.penalty, patterns)
    }
  }

  /// How far the output moves under patterns, and the slope of that distance by each weight, layer by
  /// layer, [head, query, key].
  ///
  /// - Parameter triesDistance: Whether the distance is taken first, and slopes only where it is
  ///   beyond the tolerance: they cost twice as much again, and count there alone.
  private func slopes(
    _ patterns: HeadPatterns, _ subject: ExplainedRow, triesDistance: Bool
  ) throws(Fault) -> (distance: Double, slopes: [[Double]]?) {
    if triesDistance {
      let distance = try distances(of: [patterns], subject)[0]
      if distance <= settings.tolerance { return (distance, nil) }
    }
    let rows = [subject.row]
    let sites = patterns.layers.map(\.site)
    let request = GradientRequest(
      Batch(rows), edits: try experiment.edits(for: rows) + patterns.edits(batchRow: 0),
      output: subject.output(1), sites: Set(sites))
    var distance = 0.0
    let found = try experiment.runtime.differentiate(request) { logits, _ throws(Fault) in
      let numbers = logits.doubles
      distance = subject.distance(of: numbers)
      return .double(Tensor(logits.axes, logits.shape, subject.distanceGradient(numbers)))
    }
    var slopes: [[Double]] = []
    for layer in patterns.layers {
      guard let whole = found.sites[layer.site] else {
        throw Fault("not-captured", "the run did not reach the heads")
      }
      let region = Region([[0], layer.components, nil, nil])
      do {
        slopes.append(try whole.read(region).doubles)
      } catch {
        throw Fault("tensor", "\(error)")
      }
    }
    return (distance, slopes)
  }
}

/// The search's logits, of every row one behind the other.
private struct AttentionSearch {
  private let attention: HeadPatterns
  private var adam: Adam
  private let rowCount: Int

  init(_ attention: HeadPatterns, _ settings: ExplanationCheck.Settings, name: String) {
    self.attention = attention
    var random = SeededGenerator(seed: settings.seed, name: "moved " + name)
    var logits: [Double] = []
    var rows = 0
    attention.forEachRow { _, places in
      rows += 1
      for _ in places { logits.append(random.normal()) }
    }
    rowCount = rows
    adam = Adam(logits, rate: settings.rate)
  }

  /// The rows that the logits make: their softmax.
  var patterns: HeadPatterns {
    var result = attention
    let logits = adam.parameters.elements
    var next = 0
    attention.forEachRow { layer, places in
      let own = logits[next..<next + places.count]
      next += places.count
      let top = own.max() ?? 0
      let powers = own.map { exp($0 - top) }
      let sum = powers.reduce(0, +)
      result.layers[layer].weights.replaceSubrange(places, with: powers.map { $0 / sum })
    }
    return result
  }

  /// One step down −(mean divergence) + factor · distance.
  ///
  /// - Parameter slopes: Those of the distance; nil where it costs nothing.
  mutating func step(_ slopes: [[Double]]?, factor: Double, _ patterns: HeadPatterns) {
    var gradient: [Double] = []
    gradient.reserveCapacity(adam.parameters.count)
    attention.forEachRow { layer, places in
      let before = attention.layers[layer].weights[places]
      let row = Array(patterns.layers[layer].weights[places])
      let slope = zip(places, zip(before, row)).map { place, pair in
        let (old, new) = pair
        let divergence = new > 0 ? log(2 * new / (new + old)) / 2 : 0
        let cost = slopes.map { factor * $0[layer][place] } ?? 0
        return cost - divergence / Double(rowCount)
      }
      let mean = zip(row, slope).reduce(0) { $0 + $1.0 * $1.1 }
      gradient += zip(row, slope).map { $0 * ($1 - mean) }
    }
    adam.step(gradient)
  }
}
