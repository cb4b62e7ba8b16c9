import Foundation

/// Looks for a key that occurs twice in the same object of a JSON text.
///
/// Foundation keeps one of the two silently, and another reader may keep the other.
enum RepeatedKey {
  /// The first such key.
  ///
  /// `bytes` must already have been found to be JSON.
  static func find(in bytes: UnsafeRawBufferPointer) -> String? {
    // The keys of each object that is open; nil for a list.
    var open: [Set<String>?] = []
    var expectsKey = false
    var position = 0
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "{"):
        open.append([])
        expectsKey = true
      case UInt8(ascii: "["):
        open.append(nil)
        expectsKey = false
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        _ = open.popLast()
        expectsKey = false
      case UInt8(ascii: ","):
        expectsKey = open.last.map { $0 != nil } ?? false
      case UInt8(ascii: "\""):
        let start = position
        position = end(ofString: start, in: bytes)
        if expectsKey, let key = text(bytes[start...min(position, bytes.count - 1)]) {
          let depth = open.count - 1
          if open[depth]?.insert(key).inserted == false { return key }
        }
        expectsKey = false
      default: break
      }
      position += 1
    }
    return nil
  }

  /// The place of the quotation mark that closes the string at `start`.
  private static func end(ofString start: Int, in bytes: UnsafeRawBufferPointer) -> Int {
    var position = start + 1
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    return position
  }

  private static func text(_ literal: Slice<UnsafeRawBufferPointer>) -> String? {
    if literal.contains(UInt8(ascii: "\\")) {
      return try? JSONDecoder().decode(String.self, from: Data(literal))
    }
    return String(decoding: literal.dropFirst().dropLast(), as: UTF8.self)
  }
}
