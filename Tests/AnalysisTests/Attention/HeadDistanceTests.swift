import Corpora
import Faults
import Foundation
import Statistics
import Tensors
import Testing
import Transformers

@testable import Analysis

@Suite struct HeadDistanceTests {
  private let tokens = (0..<10).map { "t\($0)" }

  @Test func equalHeadsAreNoneApartAndOppositeOnesLnTwo() throws {
    let planted = try PlantedAttention(isCausal: false)
    let last: PlantedAttention.Rule = { _, key, count in key == count - 1 ? 1 : 0 }
    var found = HeadDistances(rows: 1, heads: planted.selection)
    found.add(
      planted.row(
        tokens: tokens,
        [PlantedAttention.first, PlantedAttention.first, last, PlantedAttention.uniform]))
    let matrix = found.matrix
    #expect(matrix[0][1] == 0 && abs(matrix[0][2] - log(2.0)) < 6e-3)
    for one in 0..<4 {
      for other in 0..<4 {
        #expect(matrix[one][other] == matrix[other][one])
        #expect((0...log(2.0)).contains(matrix[one][other]))
      }
    }
  }

  @Test func rootsKeepTheTriangle() throws {
    let planted = try PlantedAttention(isCausal: true)
    var found = HeadDistances(rows: 1, heads: planted.selection, isRoot: true)
    found.add(
      planted.row(
        tokens: tokens,
        [
          PlantedAttention.first, PlantedAttention.previous, PlantedAttention.uniform,
          { query, key, _ in Double(1 + key * query % 3) },
        ]))
    let matrix = found.matrix
    for a in 0..<4 {
      for b in 0..<4 {
        for c in 0..<4 { #expect(matrix[a][c] <= matrix[a][b] + matrix[b][c] + 1e-12) }
      }
    }
  }

  @Test func aModelIsLikeItself() throws {
    let model = try Model.randomTiny()
    let other = model.randomised(seed: 9)
    let (one, two) = (
      Experiment(model: model, runtime: try model.runtime(.double)),
      Experiment(model: other, runtime: try other.runtime(.double))
    )
    let rows = try ["the cat", "a dog sees it", "no"].map {
      try AnnotatedRow(AnnotatedText($0), for: model)
    }
    let heads = try HeadSelection(in: model.description)
    let same = try HeadChanges(before: one, after: one, over: rows, heads: heads)
    // Heads that are the same match best of all orders of their layer, others no better than chance.
    let orders = heads.layers.map { layer in (1...layer.range.count).reduce(1, *) }
    for (layer, count) in zip(heads.layers, orders) {
      for head in layer.range { #expect(same.matches(seed: 1)[head] == 1 / Double(count)) }
    }
    let changed = try HeadChanges(before: one, after: two, over: rows, heads: heads, memory: 1)
    for head in 0..<heads.count {
      #expect(abs(same.own.mean(head) - 1) < 1e-12)
      #expect(changed.own.mean(head) < 0.999)
      #expect(same.others.mean(head) < 1)
    }
    #expect(throws: Fault.self) {
      let bert = try TinyModels.bert()
      let third = Experiment(model: bert, runtime: try bert.runtime(.double))
      _ = try HeadChanges(before: one, after: third, over: rows, heads: heads)
    }
  }
}
