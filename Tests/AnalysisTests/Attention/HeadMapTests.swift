import Statistics
import Tensors
import Testing

@testable import Analysis

@Suite struct HeadMapTests {
  /// Two heads of the first layer look at the first token, two of the second at the one before.
  private func distances(_ rules: [PlantedAttention.Rule]) throws -> HeadDistances {
    let planted = try PlantedAttention(isCausal: true)
    var found = HeadDistances(rows: 1, heads: planted.selection)
    found.add(planted.row(tokens: (0..<12).map { "t\($0)" }, rules))
    return found
  }

  @Test func headsThatLookAlikeLieTogether() throws {
    let nearly: PlantedAttention.Rule = { query, key, _ in
      key == max(query - 1, 0) ? 20 : 1
    }
    let found = try distances([
      PlantedAttention.first, PlantedAttention.previous, PlantedAttention.first, nearly,
    ])
    let map = try HeadMap(found, behaviours: ["", "", "", ""], seed: 1)
    #expect(map.clusters == [0, 1, 0, 1])
    #expect(map.nearest == [2, 3, 0, 1])
    #expect(map.scaling.stress < 0.1)
    // Layers have nothing to do with it.
    #expect(try #require(map.layerTest).observed < 0 && map.layerSilhouette < 0)
    #expect(try #require(map.layerTest).p > 0.5)
  }

  @Test func headsOfOneLayerThatAgreeAreNearer() throws {
    let found = try distances([
      PlantedAttention.first, PlantedAttention.first, PlantedAttention.previous,
      PlantedAttention.previous,
    ])
    let map = try HeadMap(found, behaviours: ["", "", "", ""], clusters: 2, seed: 1)
    #expect(map.clusters == [0, 0, 1, 1] && map.layerSilhouette > 0.9)
    #expect(try #require(map.layerTest).observed > 0)
    #expect(found.layers.mean(0) < found.layers.mean(1))
  }

  @Test func behavioursFollowTheBounds() throws {
    let planted = try PlantedAttention(isCausal: false)
    let next: PlantedAttention.Rule = { query, key, count in
      key == min(query + 1, count - 1) ? 1 : 0
    }
    var found = HeadBehaviours(rows: 1, heads: planted.selection)
    found.add(
      planted.row(
        tokens: (0..<12).map { "t\($0)" }, special: [11],
        [next, PlantedAttention.previous, PlantedAttention.first, PlantedAttention.uniform]))
    #expect(found.names == ["next", "previous", "first", "broad"])
  }
}
