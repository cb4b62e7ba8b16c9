import Foundation
import Testing

@testable import Checkpoints

@Suite struct SHA256Tests {
  /// The examples of FIPS 180-4, and the empty message.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func knownAnswers(_ message: String, _ hash: String) {
    #expect(hashed(Array(message.utf8), pieces: 1000) == hash)
  }

  @Test func aMillionTimesTheSameByte() {
    let message = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    #expect(
      hashed(message, pieces: 99_999)
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  /// The hash must not depend on how the message is cut, above all around a block's 64 bytes.
  @Test func piecesDoNotMatter() {
    for length in [1, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 129, 300] {
      let message = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      let whole = hashed(message, pieces: length)
      for piece in [1, 3, 63, 64, 65] {
        #expect(hashed(message, pieces: piece) == whole, "length \(length), pieces of \(piece)")
      }
    }
  }

  private func hashed(_ message: [UInt8], pieces: Int) -> String {
    var hash = SHA256()
    message.withUnsafeBytes { bytes in
      for start in stride(from: 0, to: bytes.count, by: pieces) {
        let end = min(start + pieces, bytes.count)
        hash.update(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
      }
    }
    return hash.hexadecimal()
  }
}
