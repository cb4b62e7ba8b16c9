import Corpora
import Faults
import Tensors
import Testing
import Transformers

@testable import Analysis

@Suite("Running a corpus") struct CorpusRunTests {
  private static func run(_ count: Int = 40, tokens: Int = 64) throws -> CorpusRun {
    let model = try Model.randomTiny()
    let texts = try Corpus(GeneratedTexts(count: count, seed: 1, split: .test)).texts()
    let rows = try texts.map { try AnnotatedRow($0, for: model) }
    return CorpusRun(
      Experiment(model: model, runtime: try model.runtime(.single)), rows, tokensPerBatch: tokens)
  }

  private static let stream = ResolvedSite(Site(.residPost, layer: 1))
  private static let pattern = ResolvedSite(Site(.pattern, layer: 0), [1])

  @Test func aTextGivesWhatItGivesAlone() throws {
    var run = try Self.run(12)
    run.window = 5
    var seen: [Int] = []
    try run.forEach([Self.stream, Self.pattern]) { place, captured throws(Fault) in
      seen.append(place)
      let row = run.rows[place].row
      let stream = Capture(site: Self.stream.site)
      let pattern = Capture(site: Self.pattern.site, components: [1])
      let alone = try run.experiment.run([row], captures: [stream, pattern]).captured
      for (site, capture) in [(Self.stream, stream), (Self.pattern, pattern)] {
        let (one, other) = (try captured.value(site), alone[capture])
        #expect(one.shape == other?.shape)
        let gap = zip(one.doubles, other?.doubles ?? []).map { abs($0 - $1) }.max()
        #expect((gap ?? 1) < 1e-5)
      }
    }
    #expect(seen.sorted() == Array(0..<12))
    #expect(Set(seen[..<5]) == Set(0..<5))
  }

  @Test func theOrderDoesNotDependOnTheBatches() throws {
    var orders: [[Int]] = []
    for tokens in [1, 100, 10_000] {
      let run = try Self.run(tokens: tokens)
      orders.append(run.batches([Self.stream]).flatMap { $0 })
      for batch in run.batches([Self.stream]) {
        let lengths = batch.map { run.rows[$0].row.count }
        #expect(lengths == lengths.sorted())
        #expect(batch.count == 1 || batch.count * (lengths.last ?? 0) <= tokens)
      }
    }
    #expect(orders[0] == orders[1] && orders[1] == orders[2])
    #expect(orders[0].sorted() == Array(0..<40))
  }

  @Test func capturesAreKeptWithinTheirBudget() throws {
    var run = try Self.run(tokens: 10_000)
    run.bytesPerBatch = 200 * 1_024
    let model = run.experiment.model.description
    let sites = [ResolvedSite(Site(.pattern, layer: 0)), Self.stream]
    for batch in run.batches(sites) {
      let numbers = batch.map { place in
        sites.reduce(0) { $0 + model.numbers(of: $1, row: run.rows[place].row) }
      }
      #expect(batch.count == 1 || numbers.reduce(0, +) * 4 <= run.bytesPerBatch)
    }
  }

  @Test func sizesAreThoseOfWhatIsCaptured() throws {
    let run = try Self.run(1)
    let model = run.experiment.model.description
    let row = run.rows[0].row
    for kind in Site.Kind.allCases where !kind.isCross {
      let site = ResolvedSite(Site(kind))
      guard
        let value = try? run.experiment.run(
          [row], captures: [Capture(site: site.site)],
          output: kind == .logits ? .all : nil
        ).captured.first?.value
      else { continue }
      #expect(model.numbers(of: site, row: row) == value.count, "\(kind)")
    }
  }

  @Test func logitsAndPositionsAreThoseAskedFor() throws {
    let run = try Self.run(8)
    let wanted = CorpusRun.Logits(columns: [3, 7]) { place in place % 2 == 0 ? [0, 2] : [1] }
    try run.forEach(
      [Self.stream], positions: { place, _ in place == 3 ? [] : [place] }, logits: wanted
    ) {
      place, captured throws(Fault) in
      #expect(captured.logits?.shape == [place % 2 == 0 ? 2 : 1, 2])
      #expect(captured.values[Self.stream]?.shape[1] == (place == 3 ? nil : 1))
      let alone = try run.experiment.run(
        [run.rows[place].row],
        output: OutputRequest(positions: [place % 2 == 0 ? [0, 2] : [1]], columns: [3, 7]))
      let gap = zip(alone.logits?.doubles ?? [], captured.logits?.doubles ?? []).map {
        abs($0 - $1)
      }.max()
      #expect((gap ?? 1) < 1e-5)
    }
  }

  @Test func anInterruptionKeepsWhatIsDone() throws {
    let run = try Self.run(tokens: 100)
    var seen = 0
    func stop(_ done: Int, _ total: Int) throws(Fault) {
      if done >= 10 { throw .interrupted }
    }
    let done = try run.forEach([Self.stream], keepingWhatIsDone: true, progress: stop) { _, _ in
      seen += 1
    }
    #expect(done == seen && (10..<40).contains(done))
    #expect(throws: Fault.self) {
      try run.forEach([Self.stream], progress: stop) { _, _ in }
    }
  }
}
