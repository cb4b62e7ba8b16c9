import Faults
import Tensors
import Transformers

/// The streams of a run between its layers, from which other runs of the same rows go on.
struct SharedStreams {
  /// The stream that leaves each captured layer, row by row, [position, width].
  private let streams: [[Int: AnyTensor]]
  /// What the encoder gave, row by row, in a model with two stacks.
  private let encoded: [AnyTensor]
  private let width: Int

  /// What a run must capture: the streams that enter some layers, of so many rows.
  static func captures(entering layers: some Sequence<Int>, rows: Int, of model: ModelDescription)
    -> [Capture]
  {
    let kept = layers.filter { $0 > 0 }
    return (0..<rows).flatMap { row in
      kept.map { Capture(site: Site(.residPost, layer: $0 - 1), row: row) }
        + (model.encoder == nil
          ? [] : [Capture(site: Site(.final, stack: .encoder), row: row)])
    }
  }

  /// The streams that a run captured.
  init(_ result: RunResult, rows: Int, of model: ModelDescription) {
    var streams = [[Int: AnyTensor]](repeating: [:], count: rows)
    for (capture, tensor) in result.captured
    where capture.site == Site(.residPost, layer: capture.site.layer) {
      streams[capture.row][capture.site.layer] = tensor
    }
    self.streams = streams
    encoded = (0..<rows).compactMap {
      result.captured[Capture(site: Site(.final, stack: .encoder), row: $0)]
    }
    width = model.width
  }

  /// Goes on from a layer, with the rows repeated; from the start where the stream before it is not
  /// known.
  ///
  /// - Parameters:
  ///   - layer: The first layer that runs; below zero the encoder runs again too.
  ///   - request: The rows `times` over, and what is to be done.
  func run(_ request: RunRequest, from layer: Int, times: Int = 1, on runtime: any Runtime)
    throws(Fault) -> RunResult
  {
    var request = request
    if layer >= 0 { request.encoded = join(encoded, times: times) }
    let before = streams.compactMap { $0[layer - 1] }
    guard layer > 0, before.count == streams.count, let stream = join(before, times: times) else {
      return try runtime.run(request)
    }
    return try runtime.resume(at: layer, stream: stream, request)
  }

  /// Rows of different lengths as one tensor, padded and repeated; nil for none.
  private func join(_ parts: [AnyTensor], times: Int) -> AnyTensor? {
    let longest = parts.map { $0.shape[1] }.max() ?? 0
    switch parts.first {
    case .single: return .single(join(parts.map { $0.cast(to: Float.self) }, longest, times))
    case .double: return .double(join(parts.map { $0.cast(to: Double.self) }, longest, times))
    case nil: return nil
    }
  }

  private func join<Element: Scalar>(_ parts: [Tensor<Element>], _ longest: Int, _ times: Int)
    -> Tensor<Element>
  {
    var elements: [Element] = []
    elements.reserveCapacity(times * parts.count * longest * width)
    for _ in 0..<times {
      for part in parts {
        elements += part.elements
        elements += Array(repeating: 0, count: longest * width - part.count)
      }
    }
    return Tensor([.row, .position, .width], [times * parts.count, longest, width], elements)
  }
}
