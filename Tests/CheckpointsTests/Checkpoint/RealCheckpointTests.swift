import Foundation
import TestSupport
import Testing

@testable import Checkpoints

@Suite(.enabled(if: SharedData.isAvailable("models/stories260K")))
struct RealCheckpointTests {
  @Test func opensARealModel() throws {
    let checkpoint = try Checkpoint(contentsOf: SharedData.url("models/stories260K"))
    #expect(try checkpoint.configuration.string("model_type") == "llama")
    #expect(try checkpoint.configuration.int("num_hidden_layers") == 5)
    #expect(checkpoint.missing(["model.norm.weight", "no.such"]) == ["no.such"])
    let embedding = try checkpoint.tensor(
      "model.embed_tokens.weight", as: Float.self, axes: [.vocabulary, .width], shape: [512, 64])
    let wide = try checkpoint.tensor(
      "model.embed_tokens.weight", as: Double.self, axes: [.vocabulary, .width])
    #expect(embedding.elements.map(Double.init) == wide.elements)
    #expect(embedding.elements.contains { $0 != 0 })
  }

  @Test func opensEveryReference() throws {
    let folder = SharedData.url("reference")
    for family in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      let place = folder.appendingPathComponent(family)
      for file in try FileManager.default.contentsOfDirectory(atPath: place.path)
      where file.hasSuffix(".safetensors") {
        let checkpoint = try Checkpoint(contentsOf: place.appendingPathComponent(file))
        #expect(!checkpoint.names.isEmpty)
      }
    }
  }
}
