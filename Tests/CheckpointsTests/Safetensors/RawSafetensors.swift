import Foundation
import TestSupport

@testable import Checkpoints

/// Safetensors bytes as a stranger may have made them, good or bad.
enum RawSafetensors {
  /// A file whose header is `json`, word for word, and whose data are `count` bytes 0, 1, 2, ….
  static func bytes(_ json: String, data count: Int) -> Data {
    bytes(Data(json.utf8), data: Data((0..<count).map { UInt8(truncatingIfNeeded: $0) }))
  }

  static func bytes(_ header: Data, data: Data) -> Data {
    length(UInt64(header.count)) + header + data
  }

  static func length(_ count: UInt64) -> Data {
    Data((0..<8).map { UInt8(truncatingIfNeeded: count >> UInt64(8 * $0)) })
  }

  /// One tensor's member of a header.
  static func entry(_ name: String, _ type: String, _ shape: String, _ start: Int, _ end: Int)
    -> String
  {
    #""\#(name)":{"dtype":"\#(type)","shape":\#(shape),"data_offsets":[\#(start),\#(end)]}"#
  }
}

extension TemporaryFolder {
  /// Opens a checkpoint of one file with these bytes.
  func open(_ bytes: Data) throws -> Checkpoint {
    try Checkpoint(contentsOf: try write("model.safetensors", bytes))
  }
}

/// The checkpoint error that `body` throws, or nil where it throws none.
func checkpointError(_ body: () throws -> Void) -> CheckpointError? {
  do {
    try body()
    return nil
  } catch {
    return error as? CheckpointError
  }
}
