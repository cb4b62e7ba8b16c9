import Tensors
import Testing
import Transformers

@Suite struct GenerationTests {
  private func text(
    _ model: Model, ids: [Int] = [5, 77, 31], count: Int = 20, edits: [Edit] = [],
    sampling: Sampling = .greedy, seed: UInt64 = 1, isCached: Bool = true
  ) throws -> [Int] {
    try model.runtime(.single).generate(
      GenerationRequest(
        ids: ids, count: count, sampling: sampling, seed: seed, edits: edits, isCached: isCached)
    ) { _ in }.ids
  }

  static let edits: [(String, [Edit])] = [
    ("none", []),
    ("a head zeroed", [Edit(id: 1, site: Site(.z, layer: 0), components: [2], action: .zero)]),
    (
      "a head steered",
      [
        Edit(
          id: 1, site: Site(.headOut, layer: 1), components: [1],
          action: .add(
            .double(
              Tensor([.position, .head, .width], [1, 1, 32], (0..<32).map { Double($0) / 8 })),
            by: 2))
      ]
    ),
    (
      "the stream scaled behind the prompt",
      [
        Edit(id: 1, site: Site(.residPost, layer: 0), positions: .from(3), action: .scale(0.3))
      ]
    ),
    (
      "the MLP zeroed in the prompt",
      [
        Edit(id: 1, site: Site(.mlp, layer: 0), positions: .before(3), action: .zero)
      ]
    ),
    (
      "a token hidden",
      [
        Edit(
          id: 1, site: Site(.scores, layer: 0), action: .hide(keys: [1], sparingSelf: true))
      ]
    ),
    ("keys scaled", [Edit(id: 1, site: Site(.k, layer: 1), components: [0], action: .scale(3))]),
    (
      "one pattern held",
      [
        Edit(
          id: 1, site: Site(.pattern, layer: 1), components: [0], positions: .list([2]),
          action: .write(
            .double(Tensor([.head, .query, .key], [1, 1, 3], [0.2, 0.3, 0.5]))))
      ]
    ),
  ]

  @Test(arguments: edits)
  func theTextIsTheSameCachedOrNot(name: String, edits: [Edit]) throws {
    let model = try Model.randomTiny()
    let cached = try text(model, edits: edits)
    #expect(try text(model, edits: edits, isCached: false) == cached)
    #expect(cached.count == 20)
  }

  @Test func editsChangeWhatIsGenerated() throws {
    let model = try Model.randomTiny()
    let plain = try text(model)
    let changed = Self.edits.dropFirst().filter { (try? text(model, edits: $0.1)) != plain }
    #expect(changed.count >= 5)
  }

  @Test func aSeedFixesWhatIsDrawn() throws {
    let model = try Model.randomTiny()
    let sampling = Sampling(temperature: 1.5)
    let first = try text(model, sampling: sampling, seed: 7)
    #expect(try text(model, sampling: sampling, seed: 7) == first)
    #expect(try text(model, sampling: sampling, seed: 8) != first)
  }

  @Test func generationStopsAtTheContextAndAtEndTokens() throws {
    let runtime = try Model.randomTiny().runtime(.single)
    let long = try runtime.generate(
      GenerationRequest(ids: Array(repeating: 3, count: 126), count: 10)
    ) { _ in }
    #expect(long.ids.count == 2)
    #expect(long.end == .context)
    let first = try runtime.generate(GenerationRequest(ids: [5], count: 1)) { _ in }.ids[0]
    var ending = LogitRules()
    ending.endTokens = [first]
    let ended = try runtime.generate(
      GenerationRequest(ids: [5], count: 10, rules: ending)
    ) { _ in }
    #expect(ended.ids.isEmpty)
    #expect(ended.end == .endToken)
  }

  @Test func samplingHonoursItsLimits() {
    let logits: [Float] = [0, 3, 1, 2.9, -5]
    var generator = SeededGenerator(seed: 3)
    func drawn(_ sampling: Sampling) -> Set<Int> {
      Set((0..<400).map { _ in sampling.choose(from: logits, using: &generator) })
    }
    #expect(drawn(.greedy) == [1])
    #expect(drawn(Sampling(temperature: 2, topK: 2)) == [1, 3])
    #expect(drawn(Sampling(temperature: 1, topP: 0.45)) == [1])
    #expect(drawn(Sampling(temperature: 1, topP: 0.6)) == [1, 3])
    #expect(drawn(Sampling(temperature: 50)) == [0, 1, 2, 3, 4])
    #expect(Sampling.greedy.choose(from: [Float(2), 2, 1], using: &generator) == 0)
  }

  @Test func drawsFollowTheSoftmax() {
    let logits: [Double] = [0, 1, 2]
    var generator = SeededGenerator(seed: 11)
    var counts = [0.0, 0, 0]
    for _ in 0..<20_000 {
      counts[Sampling(temperature: 1).choose(from: logits, using: &generator)] += 1
    }
    for (count, expected) in zip(counts, [0.0900, 0.2447, 0.6652]) {
      #expect(abs(count / 20_000 - expected) < 0.012)
    }
  }
}
