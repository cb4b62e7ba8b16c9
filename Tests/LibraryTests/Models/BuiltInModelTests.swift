import Foundation
import TestSupport
import Testing
import Training
import Transformers

@testable import Library

@Suite struct BuiltInModelTests {
  private static let names = BuiltInModels.own.names

  @Test func theyAreFoundInTheCheckout() { #expect(Self.names.contains("tiny-lm")) }

  @Test func theyAreSmall() {
    let bytes = Self.names.reduce(0) { $0 + BuiltInModels.own.size(of: $1) }
    #expect(bytes < 30_000_000)
  }

  @Test(arguments: names) func eachReachesWhatItMust(_ name: String) throws {
    let card = try #require(BuiltInModels.own.card(of: name))
    #expect(card.recipe.name == name)
    #expect(!card.purpose.isEmpty)
    for score in card.scores where !score.isReached {
      Issue.record("\(name), \(score.name): \(score.value), wanted \(score.wanted ?? .nan)")
    }
  }

  @Test(arguments: names) func eachLoads(_ name: String) throws {
    let place = try #require(BuiltInModels.own.place(of: name))
    let model = try Model(contentsOf: place)
    #expect(model.parameterCount == BuiltInModels.own.card(of: name)?.parameters)
  }

  @Test func theyAreFoundUnderAnInstallPrefix() throws {
    let folder = try TemporaryFolder()
    let place = folder.url.appendingPathComponent("share/sonde/models/tiny-lm")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    try "{}".write(
      to: place.appendingPathComponent("config.json"), atomically: true, encoding: .utf8)
    let program = folder.url.appendingPathComponent("bin/sonde").path
    #expect(BuiltInModels(program: program).names == ["tiny-lm"])
    #expect(BuiltInModels(program: "/nowhere/sonde").folder == nil)
    #expect(BuiltInModels(program: program).place(of: "../tiny-lm") == nil)
  }
}
