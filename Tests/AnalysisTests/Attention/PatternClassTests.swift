import Foundation
import Statistics
import Tensors
import Testing

@testable import Analysis

/// The five classes on maps that are made to be of them.
@Suite struct PatternClassTests {
  private static let length = 24
  private static let segments = (0..<24).map { $0 < 11 ? 0 : 1 }

  private static func map(_ kind: PatternClass, _ random: inout SeededGenerator, noise: Double)
    -> Matrix
  {
    let column = Int.random(in: 0..<length, using: &random)
    let offset = Bool.random(using: &random) ? 1 : -1
    var elements: [Double] = []
    for query in 0..<length {
      let neighbour = min(max(query + offset, 0), length - 1)
      let clean = (0..<length).map { key -> Double in
        switch kind {
        case .vertical: return key == column ? 1 : 0
        case .diagonal: return key == neighbour ? 1 : 0
        case .mixed: return (key == column ? 0.5 : 0) + (key == neighbour ? 0.5 : 0)
        case .block:
          let size = segments.count { $0 == segments[query] }
          return segments[query] == segments[key] ? 1 / Double(size) : 0
        case .heterogeneous: return 0
        }
      }
      // A Dirichlet draw with all parameters 1.
      let draw = (0..<length).map { _ in -log(1 - random.uniform()) }
      let total = draw.reduce(0, +)
      let share = kind == .heterogeneous ? 1 : noise
      elements += zip(clean, draw).map { (1 - share) * $0 + share * $1 / total }
    }
    return Matrix(rows: length, columns: length, elements)
  }

  @Test(arguments: PatternClass.allCases) func madeMapsAreRecognised(_ kind: PatternClass) {
    var random = SeededGenerator(seed: 1)
    let supports = (0..<Self.length).map { _ in 0..<Self.length }
    for (noise, least) in [(0.0, 200), (0.2, 190)] {
      let hits = (0..<200).count { _ in
        let map = Self.map(kind, &random, noise: noise)
        return PatternFeatures(map, supports: supports, segments: Self.segments).kind == kind
      }
      #expect(hits >= least, "\(kind) at noise \(noise): \(hits)")
    }
  }

  @Test func uniformAttentionHasNoFeature() throws {
    for isCausal in [false, true] {
      let planted = try PlantedAttention(isCausal: isCausal)
      let supports = (0..<9).map { isCausal ? 0..<$0 + 1 : 0..<9 }
      let features = PatternFeatures(
        planted.pattern(9, PlantedAttention.uniform), supports: supports)
      #expect(abs(features.vertical) < 1e-12 && abs(features.diagonal) < 1e-12)
      #expect(features.block.isNaN && features.kind == .heterogeneous)
    }
  }

  @Test func causalMapsAreJudgedByWhatTheySee() throws {
    let planted = try PlantedAttention(isCausal: true)
    var patterns = AttentionPatterns(rows: 2, heads: planted.selection)
    let tokens = (0..<12).map { "w\($0)" }
    let both: PlantedAttention.Rule = { query, key, _ in
      (key == 0 ? 0.5 : 0) + (key == max(query - 1, 0) ? 0.5 : 0)
    }
    patterns.add(
      planted.row(
        0, tokens: tokens,
        [
          PlantedAttention.first, PlantedAttention.previous, both, PlantedAttention.uniform,
        ]))
    patterns.add(planted.row(1, tokens: ["too", "short"], [PlantedAttention.first]))
    #expect(
      (0..<4).map(patterns.commonest) == [.vertical, .diagonal, .mixed, .heterogeneous])
    #expect(patterns.short == 1 && patterns.segmented == 0)
  }
}
