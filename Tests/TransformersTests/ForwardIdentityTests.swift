import Faults
import Tensors
import Testing
import Transformers

/// What must hold of the forward pass whatever the model: it equals itself, however it is run.
@Suite struct ForwardIdentityTests {
  static let ids = [7, 1, 200, 31, 5, 5, 90, 12, 64]

  private func logits(_ request: RunRequest, _ precision: Precision = .single) throws -> [Double] {
    let model = try Model.randomTiny()
    return try #require(try model.runtime(precision).run(request).logits).doubles
  }

  @Test func doubleAgreesWithSingleWithinRounding() throws {
    let request = RunRequest(Batch(ids: [Self.ids]), output: .all)
    let difference = distance(try logits(request), try logits(request, .double))
    #expect(difference < 1e-4)
    #expect(difference > 0)
  }

  @Test(arguments: Precision.allCases)
  func aNoOpEditAtEverySiteChangesNotOneBit(precision: Precision) throws {
    let plain = try logits(RunRequest(Batch(ids: [Self.ids]), output: .all), precision)
    for kind in Site.Kind.allCases where !kind.isCross {
      for layer in 0..<(kind.isInBlock ? 2 : 1) {
        let edit = Edit(id: 1, site: Site(kind, layer: layer), action: .scale(1))
        let request = RunRequest(Batch(ids: [Self.ids]), edits: [edit], output: .all)
        #expect(try logits(request, precision) == plain, "\(kind) of layer \(layer)")
      }
    }
  }

  @Test(arguments: Precision.allCases)
  func observingEverythingChangesNotOneBit(precision: Precision) throws {
    let plain = try logits(RunRequest(Batch(ids: [Self.ids]), output: .all), precision)
    let captures = Site.Kind.allCases.filter { !$0.isCross }.flatMap { kind in
      (0..<(kind.isInBlock ? 2 : 1)).map { Capture(site: Site(kind, layer: $0)) }
    }
    let request = RunRequest(Batch(ids: [Self.ids]), captures: captures, output: .all)
    let result = try Model.randomTiny().runtime(precision).run(request)
    #expect(try #require(result.logits).doubles == plain)
    #expect(result.captured.count == captures.count)
  }

  @Test func zeroingAnySiteOfABlockChangesTheLogits() throws {
    let plain = try logits(RunRequest(Batch(ids: [Self.ids]), output: .all))
    for kind in Site.Kind.allCases where kind.isInBlock && !kind.isCross {
      let edit = Edit(id: 1, site: Site(kind, layer: 0), action: .zero)
      let request = RunRequest(Batch(ids: [Self.ids]), edits: [edit], output: .all)
      #expect(try logits(request) != plain, "\(kind)")
    }
  }

  @Test func headOutputsAndTheBiasSumToTheAttentionOutput() throws {
    let model = try Model.randomTiny()
    let heads = Capture(site: Site(.headOut, layer: 1))
    let whole = Capture(site: Site(.attn, layer: 1))
    let zero = Capture(site: Site(.attn, layer: 1), positions: [0])
    let runtime = try model.runtime(.double)
    let result = try runtime.run(RunRequest(Batch(ids: [Self.ids]), captures: [heads, whole]))
    // With every z at zero only the bias is left.
    let bias = try runtime.run(
      RunRequest(
        Batch(ids: [Self.ids]), edits: [Edit(id: 1, site: Site(.z, layer: 1), action: .zero)],
        captures: [zero]))
    let parts = try #require(result.captured[heads]).doubles
    let sum = try #require(result.captured[whole]).doubles
    let constant = try #require(bias.captured[zero]).doubles
    for position in Self.ids.indices {
      for column in 0..<32 {
        let joined = (0..<4).reduce(constant[column]) {
          $0 + parts[(position * 4 + $1) * 32 + column]
        }
        #expect(abs(joined - sum[position * 32 + column]) < 1e-12)
      }
    }
  }

  @Test func resumingAtEveryLayerEqualsTheWholeRun() throws {
    let runtime = try Model.randomTiny().runtime(.single)
    let batch = Batch(ids: [Self.ids])
    for layer in 1...2 {
      let capture = Capture(site: Site(.residPost, layer: layer - 1))
      let whole = try runtime.run(RunRequest(batch, captures: [capture], output: .all))
      let stream = try #require(whole.captured[capture])
      let resumed = try runtime.resume(at: layer, stream: stream, RunRequest(batch, output: .all))
      #expect(resumed.logits?.doubles == whole.logits?.doubles)
    }
  }

  @Test func someRowsAndColumnsOfTheOutputEqualTheWhole() throws {
    let runtime = try Model.randomTiny().runtime(.single)
    let batch = Batch(ids: [Self.ids, Array(Self.ids.prefix(4))])
    let all = try #require(try runtime.run(RunRequest(batch, output: .all)).logits).doubles
    let some = try runtime.run(
      RunRequest(batch, output: OutputRequest(positions: [[8, 2], [3]], columns: [40, 3])))
    let width = all.count / 13
    let expected = [(8, 40), (8, 3), (2, 40), (2, 3), (12, 40), (12, 3)].map {
      all[$0.0 * width + $0.1]
    }
    #expect(some.rows == [0..<2, 2..<3])
    #expect(distance(try #require(some.logits).doubles, expected) < 1e-5)
  }

  @Test func paddingDoesNotReachARow() throws {
    let runtime = try Model.randomTiny().runtime(.single)
    let short = Array(Self.ids.prefix(3))
    let alone = try runtime.run(RunRequest(Batch(ids: [short]), output: .all))
    let padded = try runtime.run(RunRequest(Batch(ids: [Self.ids, short]), output: .all))
    let width = try #require(alone.logits).shape[1]
    let rows = try #require(padded.logits).doubles
    let own = Array(rows[padded.rows[1].lowerBound * width..<padded.rows[1].upperBound * width])
    #expect(distance(own, try #require(alone.logits).doubles) < 1e-5)
  }

  @Test(arguments: [
    (Batch(ids: []), "empty-prompt"), (Batch(ids: [[]]), "empty-prompt"),
    (Batch(ids: [[999]]), "token-out-of-range"), (Batch(ids: [[-1]]), "token-out-of-range"),
    (Batch(ids: [Array(repeating: 1, count: 129)]), "context-too-long"),
    (Batch(ids: [[1, 2]], segments: [[0]]), "wrong-segments"),
    (Batch(ids: [[1, 2]], segments: [[0, 1]]), "wrong-segments"),
  ])
  func rowsThatDoNotFitAreRefused(batch: Batch, code: String) throws {
    let runtime = try Model.randomTiny().runtime(.single)
    let error = #expect(throws: Fault.self) {
      try runtime.run(RunRequest(batch, output: .all))
    }
    #expect(error?.code == code)
  }

  @Test func aQueryWithoutAnyKeyIsRefused() throws {
    let edit = Edit(
      id: 1, site: Site(.scores, layer: 0), positions: .list([0]),
      action: .hide(keys: [0], sparingSelf: false))
    let error = #expect(throws: Fault.self) {
      try logits(RunRequest(Batch(ids: [Self.ids]), edits: [edit], output: .all))
    }
    #expect(error?.code == "no-key-left")
  }
}
