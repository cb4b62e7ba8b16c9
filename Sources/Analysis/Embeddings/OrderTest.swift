import Faults
import Tensors
import Transformers

/// Whether a model notices the order of its tokens: how far f(πx) lies from πf(x).
///
/// f gives a side's last stream, π puts tokens in another order. A model that gets no order from
/// anywhere gives the same streams, put in the same order.
public struct OrderTest: Sendable {
  /// What was taken away from the model.
  public enum Setting: String, Sendable, CaseIterable {
    /// Nothing.
    case asItIs = "as it is"
    /// Position rows, rotations, biases by distance.
    case withoutPositions = "without positions"
    /// The same, and causal masks and windows.
    case withoutPositionsAndMask = "without positions and mask"
  }

  /// What is put in another order, and what is looked at.
  public enum Part: String, Sendable {
    /// The only stack of a model.
    case model
    /// The source, and the encoder's last stream.
    case encoder
    /// The target, and the decoder's last stream.
    case decoder
    /// The source, and the decoder's last stream, which then should stay where it is.
    case sourceOfDecoder = "decoder, source moved"
  }

  /// What came of one setting.
  public struct Reading: Sendable {
    /// What was moved and looked at.
    public var part: Part
    /// What was taken away.
    public var setting: Setting
    /// The largest ‖f(πx) − πf(x)‖ / ‖f(x)‖ over the orders.
    public var error: Double
    /// The mean of ‖f(πx) − f(x)‖ / ‖f(x)‖, where nothing is put back.
    ///
    /// It is what tokens that have nothing to do with each other come to; NaN where nothing is to be
    /// put back.
    public var unmatched: Double
    /// The largest error that rounding makes.
    public var limit: Double

    /// Whether the order makes no difference but rounding.
    public var isEquivariant: Bool { error <= limit }
  }

  /// The settings that make a difference to the model.
  public var readings: [Reading]
}

extension Experiment {
  /// Puts the tokens of a row in random orders and looks whether the streams follow.
  ///
  /// - Parameters:
  ///   - orders: How many random orders.
  ///   - progress: Is told how many runs are done, and of how many.
  /// - Throws: `Fault` when the row has fewer than two tokens.
  public func orderTest(
    _ row: PromptRow, orders: Int = 5, seed: UInt64 = 0,
    progress: (Int, Int) -> Void = { _, _ in }
  ) throws(Fault) -> OrderTest {
    let description = model.description
    var parts: [OrderTest.Part] = []
    if description.encoder == nil { parts.append(.model) } else { parts.append(.encoder) }
    if let source = row.source {
      if source.count > 1 { parts.append(.sourceOfDecoder) }
      if row.count > 1 { parts.append(.decoder) }
    }
    guard row.written.count > 1 else {
      throw Fault(
        "too-few", "one token has no order", help: "give a prompt of at least two tokens")
    }
    let work = parts.flatMap { part in settings(for: part).map { (part, $0) } }
    var readings: [OrderTest.Reading] = []
    for (part, setting) in work {
      progress(readings.count, work.count)
      readings.append(try reading(part, setting, row, orders: orders, seed: seed))
    }
    return OrderTest(readings: readings)
  }

  private func settings(for part: OrderTest.Part) -> [OrderTest.Setting] {
    let description = model.description
    let stack: Stack = part == .encoder ? .encoder : .decoder
    // A source that is moved meets no mask: encoders have none.
    let isMasked =
      part != .sourceOfDecoder
      && description.blocks(of: stack).contains {
        $0.attention.isCausal || $0.attention.window != nil
      }
    return isMasked ? OrderTest.Setting.allCases : [.asItIs, .withoutPositions]
  }

  private func reading(
    _ part: OrderTest.Part, _ setting: OrderTest.Setting, _ row: PromptRow, orders: Int,
    seed: UInt64
  ) throws(Fault) -> OrderTest.Reading {
    var experiment = self
    switch setting {
    case .asItIs: break
    case .withoutPositions: experiment.runtime = runtime.withoutOrder(masks: false)
    case .withoutPositionsAndMask: experiment.runtime = runtime.withoutOrder(masks: true)
    }
    let site = Site(.final, stack: part == .encoder ? .encoder : .decoder)
    let (before, limit) = try experiment.streams(row, at: site)
    let count = part == .encoder || part == .sourceOfDecoder ? row.source?.count ?? 0 : row.count
    var generator = SeededGenerator(seed: seed, name: "orders of tokens")
    var worst = 0.0
    var unmatched = 0.0
    for _ in 0..<orders {
      let order = Self.order(of: count, using: &generator)
      let after = try experiment.streams(moved: row, part, order, at: site)
      let expected = part == .sourceOfDecoder ? before : order.map { before[$0] }
      worst = max(worst, relativeLength(after, expected))
      unmatched += relativeLength(after, before) / Double(orders)
    }
    return OrderTest.Reading(
      part: part, setting: setting, error: worst,
      unmatched: part == .sourceOfDecoder ? .nan : unmatched, limit: limit)
  }

  /// A random order that is not the one there is.
  private static func order(of count: Int, using generator: inout SeededGenerator) -> [Int] {
    let own = Array(0..<count)
    while true {
      let order = own.shuffled(using: &generator)
      if order != own { return order }
    }
  }

  private func streams(
    _ row: PromptRow, at site: Site, edits extra: [Edit] = []
  ) throws(Fault) -> (rows: [[Double]], limit: Double) {
    let capture = Capture(site: site)
    let result = try run([row], edits: try edits(for: [row]) + extra, captures: [capture])
    guard let tensor = result.captured[capture] else {
      throw Fault("not-captured", "the run did not reach \(site.kind)")
    }
    return (tensor.doubles.chunked(model.description.width), tensor.roundingLimit)
  }

  private func streams(
    moved row: PromptRow, _ part: OrderTest.Part, _ order: [Int], at site: Site
  ) throws(Fault) -> [[Double]] {
    var moved = row
    if row.image != nil {
      // Patches are moved as what they became.
      let capture = Capture(site: Site(.embed))
      let result = try run([row], captures: [capture])
      guard let tensor = result.captured[capture] else {
        throw Fault("not-captured", "the run did not reach the patches")
      }
      let width = model.description.width
      let rows = tensor.doubles.chunked(width)
      let values = Tensor<Double>(
        [.position, .width], [rows.count, width], order.flatMap { rows[$0] })
      let edit = Edit(id: -1, site: Site(.embed), action: .write(.double(values)))
      return try streams(row, at: site, edits: [edit]).rows
    }
    switch part {
    case .model, .decoder: moved.tokens = order.map { row.tokens[$0] }
    case .encoder, .sourceOfDecoder: moved.source = row.source.map { all in order.map { all[$0] } }
    }
    return try streams(moved, at: site).rows
  }

  /// ‖a − b‖ / ‖b‖ over all rows.
  private func relativeLength(_ a: [[Double]], _ b: [[Double]]) -> Double {
    var difference = 0.0
    var length = 0.0
    for (x, y) in zip(a.joined(), b.joined()) {
      difference += (x - y) * (x - y)
      length += y * y
    }
    return length < 1e-24 ? .nan : (difference / length).squareRoot()
  }
}
