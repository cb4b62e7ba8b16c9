import Foundation
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct ConfigurationTests {
  @Test func valuesByKey() throws {
    let config = try Configuration(
      parsing: """
        {"s": "x", "i": 3, "d": 2.5, "e": 1e-05, "whole": 4, "b": true, "none": null,
         "list": ["a", "b"], "ids": [1, 2], "mixed": [1, 2.5], "rope": {"factor": 8.0, "on": null}}
        """)
    #expect(try config.string("s") == "x")
    #expect(try config.string("no", default: "y") == "y")
    #expect(try config.int("i") == 3)
    #expect(try config.int("none", default: 7) == 7)
    #expect(try config.optionalInt("none") == nil)
    #expect(try config.double("d") == 2.5)
    #expect(try config.double("e") == 1e-5)
    #expect(try config.double("whole") == 4)
    #expect(try config.bool("b"))
    #expect(try config.bool("no", default: true))
    #expect(try config.strings("list", default: []) == ["a", "b"])
    #expect(try config.integers("ids", default: []) == [1, 2])
    #expect(try config.doubles("mixed", default: []) == [1, 2.5])
    #expect(try config.doubles("no", default: [0.5]) == [0.5])
    let rope = try #require(try config.nested("rope"))
    #expect(try rope.double("factor") == 8)
    #expect(!rope.has("on"))
    #expect(try config.nested("none") == nil)
    #expect(config.firstPresent("no", "none", "i", "d") == "i")
    #expect(config.firstPresent("no", "none") == "no")
  }

  /// Python writes these, and no reader of the other keys should mind.
  @Test func pythonsNumbersAreRead() throws {
    let config = try Configuration(parsing: #"{"a": NaN, "b": -Infinity, "c": 3}"#)
    #expect(try config.int("c") == 3)
    #expect(checkpointError { _ = try config.double("a") } != nil)
    #expect(checkpointError { _ = try config.double("b") } != nil)
  }

  /// Each error names the key with its path, what was expected, and what is there.
  @Test(arguments: [
    ("s", "`s` should be an integer from 0 to 2147483647, but is \"x\""),
    ("no", "`no` should be an integer from 0 to 2147483647, but is missing"),
    ("negative", "but is -1"), ("huge", "but is 9000000000"), ("beyond", "but is 1e+30"),
    ("fraction", "but is 2.5"), ("flag", "but is true"), ("list", "but is a list of 1"),
    ("object", "but is an object"), ("long", "a…\""),
  ])
  func whatIsNoInteger(_ key: String, _ words: String) throws {
    let config = try Configuration(
      parsing: """
        {"s": "x", "negative": -1, "huge": 9000000000, "beyond": 1000000000000000000000000000000,
         "fraction": 2.5, "flag": true, "list": [1], "object": {},
         "long": "\(String(repeating: "a", count: 1000))"}
        """)
    let error = checkpointError { _ = try config.int(key) }
    #expect(error?.description.contains(words) == true, "\(String(describing: error))")
  }

  @Test func pathsOfNestedKeys() throws {
    let config = try Configuration(parsing: #"{"rope": {"factor": "8", "list": [1, "x"]}, "n": 1}"#)
    let rope = try #require(try config.nested("rope"))
    #expect(
      checkpointError { _ = try rope.double("factor") }?.description.contains(
        "`rope.factor` should be a number, but is \"8\"") == true)
    #expect(
      checkpointError { _ = try rope.integers("list", default: []) }?.description.contains(
        "`rope.list[1]`") == true)
    #expect(
      checkpointError { _ = try config.nested("n") }?.description.contains(
        "`n` should be an object, but is 1") == true)
    #expect(try config.int("n", in: 1...1) == 1)
    #expect(checkpointError { _ = try config.int("n", in: 2...3) } != nil)
  }

  @Test(arguments: ["", "[]", "3", "null", "{", "{\"a\":}", "nonsense"])
  func textsThatAreNoConfiguration(_ text: String) {
    #expect(checkpointError { _ = try Configuration(parsing: text) } != nil)
  }

  /// Neither a million open brackets nor the most that Foundation lets pass exhausts a small stack.
  @Test(arguments: ["[", "{\"a\":", "{\"a\":["], [65, 170, 500, 200_000])
  func deepNestingIsRefused(_ opening: String, _ count: Int) async {
    let closing = String(opening.reversed().compactMap { ["[": "]", "{": "}"][$0] })
    let text =
      "{\"a\":" + String(repeating: opening, count: count) + "1"
      + String(repeating: closing, count: count) + "}"
    let error = await onSmallStack { checkpointError { _ = try Configuration(parsing: text) } }
    #expect(error != nil)
  }

  @Test func someNestingIsFine() throws {
    let text = String(repeating: "{\"a\":[", count: 30) + "1" + String(repeating: "]}", count: 30)
    #expect(try Configuration(parsing: text).keys == ["a"])
  }
}
