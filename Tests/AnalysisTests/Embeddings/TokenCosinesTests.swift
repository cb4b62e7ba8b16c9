import Testing
import Transformers

@testable import Analysis

@Suite struct TokenCosinesTests {
  @Test func cosinesOfVectors() {
    #expect(abs(vectorCosine([1, 0], [1, 1]) - 0.5.squareRoot()) < 1e-15)
    #expect(abs(vectorCosine([1, 2], [2, 4]) - 1) < 1e-15)
    #expect(vectorCosine([0, 0], [1, 0]).isNaN)
    #expect(vectorCosine([1], [1, 0]).isNaN)
  }

  @Test func wordsOfOneTokenAreAsNeighboursHaveThem() throws {
    let runtime = try TinyModels.gpt2().runtime(.double)
    let found = try runtime.cosines(of: [[3], [5], [3]], randomPairs: 200, seed: 1)
    #expect(found.pairs.count == 3)
    #expect(abs(found.pairs[0].cosine - (try runtime.cosine(3, 5))) < 1e-12)
    #expect(abs(found.pairs[1].cosine - 1) < 1e-12 && found.pairs[1].above == 1)
    #expect(found.random.count == 200 && found.skipped == 0)
    #expect(found.randomQuantile(0.025) < found.randomMean)
    #expect(found.randomMean < found.randomQuantile(0.975))
  }

  @Test func aRowOfZerosHasNoDirectionAndIsCounted() throws {
    let runtime = try TinyModels.gpt2(zeroRow: 4).runtime(.double)
    let found = try runtime.cosines(of: [[4], [5]], randomPairs: 400, seed: 1)
    #expect(found.pairs[0].cosine.isNaN && found.pairs[0].above.isNaN)
    #expect(found.skipped == 400 - found.random.count + 1 && found.random.count < 400)
  }

  @Test func aWordOfSeveralTokensIsTheMeanOfTheirRows() throws {
    let runtime = try TinyModels.gpt2().runtime(.double)
    let rows = try runtime.tokenRows([2, 7]).doubles.chunked(8)
    let mean = zip(rows[0], rows[1]).map { ($0 + $1) / 2 }
    let found = try runtime.cosines(of: [[2, 7], [9]], randomPairs: 1, seed: 0)
    let other = try runtime.tokenRows([9]).doubles
    #expect(abs(found.pairs[0].cosine - vectorCosine(mean, other)) < 1e-12)
  }
}
