import Faults
import Tensors
import Transformers

extension Experiment {
  /// The logit lens at some positions of a row, one for each position.
  ///
  /// Interventions hold: those inside the blocks are in the streams that are read, those behind the
  /// blocks (at `final` or `logits`) act on every reading as they do on the model's own.
  ///
  /// - Parameter selector: nil for where the prediction stands.
  /// - Throws: `Fault` when the model has no logits, a position is not there, or the reading
  ///   behind the last block is not what the model gives.
  public func logitLens(
    _ row: PromptRow, at selector: PositionSelector? = nil, top: Int = 5
  ) throws(Fault) -> [LogitLens] {
    guard model.description.classification == nil else { throw .noVocabulary }
    let positions = try row.resolve(selector ?? row.prediction(of: model.description))
    let places = model.description.lensPlaces
    let edits = try edits(for: [row])
    let result = try run(
      [row], edits: edits, captures: places.map { Capture(site: $0.site) },
      output: OutputRequest(positions: [positions]))
    guard let logits = result.logits else { return [] }
    let streams = places.compactMap { place in
      result.captured[Capture(site: place.site)].map { (place.address, $0) }
    }
    // Some positions at a time, so that memory holds a few rows of the vocabulary and not all.
    var lenses: [LogitLens] = []
    for places in Array(positions.indices).chunked(16) {
      let part = places.map { positions[$0] }
      let own = try logits.rows(places)
      var readings: [[LogitLens.Reading]] = part.map { _ in [] }
      for (index, (address, stream)) in streams.enumerated() {
        let rows = try predictions(from: stream, row: row, edits: edits, positions: part)
        if index == streams.count - 1 { try checkLast(rows, against: own, logits) }
        for (place, logits) in rows.enumerated() {
          readings[place].append(LogitLens.Reading(address, logits, final: own[place], top: top))
        }
      }
      for (place, position) in part.enumerated() {
        let answer = Distribution(logits: own[place]).top(1).first ?? 0
        lenses.append(
          LogitLens(position: position, answer: answer, readings: readings[place]))
      }
    }
    return lenses
  }

  /// The logits that a stream gives behind the blocks.
  private func predictions(
    from stream: AnyTensor, row: PromptRow, edits: [Edit], positions: [Int]
  ) throws(Fault) -> [[Double]] {
    try runtime.resume(
      at: model.description.blocks.count, stream: stream,
      RunRequest(Batch([row]), edits: edits, output: OutputRequest(positions: [positions]))
    ).logitRows
  }

  /// The lens behind the last block is the model itself; anything else is a fault, not a reading.
  private func checkLast(_ rows: [[Double]], against own: [[Double]], _ logits: AnyTensor)
    throws(Fault)
  {
    for (reading, own) in zip(rows, own) {
      let error = relativeDistance(reading, own)
      guard error <= logits.roundingLimit else {
        throw Fault(
          "lens-mismatch",
          "the logit lens behind the last block differs from the logits by \(error) relative",
          help: "this is a fault of the program or of the machine; run   check")
      }
    }
  }
}

extension LogitLens.Reading {
  init(_ address: Address, _ logits: [Double], final: [Double], top: Int) {
    let own = Distribution(logits: final)
    let reading = Distribution(logits: logits)
    self.init(
      address: address, top: reading.predictions(top), entropy: reading.entropy,
      divergence: own.divergence(to: reading), answerRank: reading.rank(own.top(1).first ?? 0))
  }
}

extension ModelDescription {
  /// The streams that a lens reads, first to last.
  var lensPlaces: [(address: Address, site: Site)] {
    let stack = addressed(.decoder)
    let first = (
      Address(stack: stack, layers: .one(0), part: .resid(.pre)), Site(.residPre)
    )
    return [first]
      + blocks.indices.map { layer in
        (
          Address(stack: stack, layers: .one(layer), part: .resid(.post)),
          Site(.residPost, layer: layer)
        )
      }
  }
}

extension AnyTensor {
  /// Some rows of [position, width].
  func rows(_ places: [Int]) throws(Fault) -> [[Double]] {
    let width = shape.last ?? 0
    guard width > 0 else { return [] }
    let picked: AnyTensor
    do {
      picked = try read(Region([places, nil]))
    } catch {
      throw Fault("tensor", "\(error)")
    }
    return picked.doubles.chunked(width)
  }
}
