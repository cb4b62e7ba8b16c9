import Foundation
import TestSupport
import Testing

@testable import Checkpoints

private func one(_ shape: String, _ start: Int = 0, _ end: Int = 8, type: String = "F32") -> String
{
  "{" + RawSafetensors.entry("a", type, shape, start, end) + "}"
}

private func two(_ first: (Int, Int), _ second: (Int, Int)) -> String {
  let a = RawSafetensors.entry("a", "U8", "[\(first.1 - first.0)]", first.0, first.1)
  let b = RawSafetensors.entry("b", "U8", "[\(second.1 - second.0)]", second.0, second.1)
  return "{\(a),\(b)}"
}

@Suite struct HeaderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Accepted here, as by the format's reference implementation.
  @Test(arguments: [
    (one("[2]"), 8), (one("[]", 0, 4), 4), (one("[0,3]", 0, 0), 0), ("{}", 0),
    (one("[2]") + "   ", 8), (" " + one("[2]"), 8), (two((0, 4), (4, 8)), 8),
    (two((4, 8), (0, 4)), 8), (two((4, 4), (0, 4)), 4), (one("[4]", 0, 2, type: "F4"), 2),
    (#"{"__metadata__":{"format":"pt"},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#, 1),
    (#"{"__metadata__":null,"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#, 1),
    (#"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"note":[{"x":1}]}}"#, 1),
    (#"{"":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#, 1),
  ])
  func accepts(_ json: String, _ count: Int) throws {
    _ = try folder.open(RawSafetensors.bytes(json, data: count))
  }

  /// Refused, with the words that say why.
  @Test(
    arguments: [
      (two((0, 4), (6, 8)), 8, "2 bytes before it belong to no tensor"),
      (one("[1]", 4, 8), 8, "4 bytes before it belong to no tensor"),
      (two((0, 4), (2, 6)), 6, "overlaps"), (two((0, 4), (0, 4)), 4, "overlaps"),
      (two((0, 8), (4, 4)), 8, "overlaps"),
      (one("[2]"), 12, "4 bytes at its end belong to no tensor"),
      (one("[2]"), 4, "do not lie in the data, which has 4 bytes"),
      (one("[2]", 8, 0), 8, "do not lie in the data"),
      (one("[2]", -8, 0), 8, "do not lie in the data"),
      (one("[3]"), 8, "takes 12 bytes, and its offsets 0 to 8 hold 8"),
      (one("[-2]"), 8, "negative size"), (one("[-1,-2]"), 8, "negative size"),
      (one("[9223372036854775807,2]"), 8, "no possible size"),
      (one("[4294967296,4294967296,4294967296]"), 8, "no possible size"),
      (one("[0,4294967296,4294967296]", 0, 0), 0, "no possible size"),
      (one("[3]", 0, 2, type: "F4"), 2, "no possible size"),
      (one("[9223372036854775808]"), 8, "no whole number"),
      (one("[1e999]"), 8, "1e999"), (one("[2.5]"), 8, "no whole number"),
      (one(#"["2"]"#), 8, "at a.shape.0"),
      (one("2"), 8, "Array"), (one("null"), 8, "shape"),
      (one("[2]", type: "Q4"), 8, "its type \"Q4\" is not one of the format's"),
      (one("[2]", type: "f32"), 8, "its type \"f32\""),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}"#, 8, "1 offsets"),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4,8]}}"#, 8, "3 offsets"),
      (#"{"a":{"shape":[2],"data_offsets":[0,8]}}"#, 8, "\"dtype\" is missing"),
      (#"{"a":null}"#, 0, "a"), (#"{"a":3}"#, 0, "a"), ("[]", 0, "Dictionary"),
      ("3", 0, "Dictionary"),
      ("", 0, "JSON"), ("{", 0, "end of file"), ("{}x", 0, "JSON"),
      ("{'a':1}", 0, "around character 1"), ("NaN", 0, "JSON"),
      (one("[2]").dropLast() + "," + one("[2]").dropFirst(), 8, "the key \"a\" occurs twice"),
      (
        #"{"a":{"dtype":"U8","dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#, 1,
        "the key \"dtype\" occurs twice"
      ),
      (
        #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"\u0061":{"dtype":"U8","shape":[0],"#
          + #""data_offsets":[1,1]}}"#, 1, "the key \"a\" occurs twice"
      ),
      (#"{"__metadata__":{"a":1}}"#, 0, "__metadata__"),
    ] as [(String, Int, String)])
  func refuses(_ json: String, _ count: Int, _ words: String) throws {
    let error = checkpointError { _ = try folder.open(RawSafetensors.bytes(json, data: count)) }
    guard case .damaged(let file, _, _, let problem) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(file.lastPathComponent == "model.safetensors")
    #expect(problem.contains(words), "\(problem)")
  }

  @Test(arguments: [
    (Data(), "it is empty"), (Data([1, 2, 3]), "it has 3 bytes"),
    (RawSafetensors.length(0), "not JSON"),
    (RawSafetensors.length(5), "claims a header of 5 bytes, and 0 follow"),
    (RawSafetensors.length(.max), "claims a header of 18446744073709551615 bytes"),
    (RawSafetensors.length(1 << 63), "claims a header of 9223372036854775808 bytes"),
    (RawSafetensors.length(100_000_001) + Data(count: 64), "100000000 is the most"),
    (RawSafetensors.bytes(Data([0x7B, 0x22, 0xFF, 0x22, 0x7D]), data: Data()), "not UTF-8"),
    (
      RawSafetensors.bytes("{}".data(using: .utf16LittleEndian) ?? Data(), data: Data()),
      "not UTF-8"
    ),
  ])
  func refusesBytes(_ bytes: Data, _ words: String) {
    let error = checkpointError { _ = try folder.open(bytes) }
    #expect(error?.description.contains(words) == true, "\(String(describing: error))")
  }

  /// A million open brackets must not reach the stack's end, here on a thread with a small stack.
  @Test func deepNestingIsRefused() async throws {
    for opening in ["[", #"{"a":"#, #"{"a":["#] {
      let json = String(repeating: opening, count: 1_000_000)
      let bytes = RawSafetensors.bytes(json, data: 0)
      let place = try folder.write("deep.safetensors", bytes)
      let error = await onSmallStack { checkpointError { _ = try Checkpoint(contentsOf: place) } }
      #expect(error?.description.contains("JSON") == true, "\(String(describing: error))")
    }
  }

  /// A hole of a megabyte is told by its place.
  @Test func theErrorNamesTensorAndOffset() throws {
    let json = two((0, 4), (6, 8))
    let error = checkpointError { _ = try folder.open(RawSafetensors.bytes(json, data: 8)) }
    guard case .damaged(_, "b", let offset, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(offset == 8 + json.utf8.count + 6)
  }
}

/// Runs `body` on a thread with a stack of 512 kB, which is what libraries often give.
func onSmallStack<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
  await withCheckedContinuation { continuation in
    let thread = Thread { continuation.resume(returning: body()) }
    thread.stackSize = 512 << 10
    thread.start()
  }
}
