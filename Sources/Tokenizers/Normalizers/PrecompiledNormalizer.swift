import Foundation

/// sentencepiece's compiled character map: short pieces of text and what they become.
///
/// The map is a double-array trie (Aoe 1989) over UTF-8 whose values are places in a list of
/// NUL-terminated replacements.
struct PrecompiledNormalizer: Normalizer {
  /// Graphemes of this many bytes or more are looked up scalar by scalar only.
  private static let longestGrapheme = 6

  private let units: [UInt32]
  private let replacements: [UInt8]

  init(_ section: JSONSection) throws(TokenizerError) {
    let section = try section.required("precompiled_charsmap")
    guard let bytes = Data(base64Encoded: try section.string()).map({ [UInt8]($0) }),
      bytes.count >= 4
    else { throw section.malformed("it is not a character map in base64") }
    let size = Int(Self.unit(bytes, at: 0))
    guard size % 4 == 0, size <= bytes.count - 4 else {
      throw section.malformed("the character map is shorter than it says")
    }
    units = stride(from: 4, to: 4 + size, by: 4).map { Self.unit(bytes, at: $0) }
    replacements = Array(bytes[(4 + size)...])
    guard String(validating: replacements, as: UTF8.self) != nil else {
      throw section.malformed("the character map's text is not UTF-8")
    }
  }

  private static func unit(_ bytes: [UInt8], at offset: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
  }

  func normalize(_ text: inout AlignedText) throws(TokenizerError) {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: text.scalars)
    var rewritten: [RewrittenScalar] = []
    var isModified = false
    func rewrite(_ part: String.UnicodeScalarView) -> Bool {
      guard let replacement = replacement(of: utf8(part)) else { return false }
      isModified = true
      for (index, scalar) in replacement.enumerated() {
        let change = index == 0 ? replacement.count - part.count : index
        rewritten.append(RewrittenScalar(scalar: scalar, change: change))
      }
      return true
    }
    for grapheme in String(view) {
      let scalars = String.UnicodeScalarView(grapheme.unicodeScalars)
      if grapheme.utf8.count < Self.longestGrapheme, rewrite(scalars) { continue }
      for scalar in scalars where !rewrite(String.UnicodeScalarView(CollectionOfOne(scalar))) {
        rewritten.append(RewrittenScalar(scalar: scalar, change: 0))
      }
    }
    if isModified {
      text.rewrite(rewritten)
    }
  }

  /// What the shortest prefix of `key` in the map becomes.
  private func replacement(of key: [UInt8]) -> [Unicode.Scalar]? {
    guard let root = units.first else { return nil }
    var node = Self.offset(root)
    for byte in key where byte != 0 {
      node ^= Int(byte)
      guard units.indices.contains(node), units[node] & 0x8000_00FF == UInt32(byte) else {
        return nil
      }
      let isWord = units[node] >> 8 & 1 == 1
      node ^= Self.offset(units[node])
      if isWord, units.indices.contains(node) {
        return text(at: Int(units[node] & 0x7FFF_FFFF))
      }
    }
    return nil
  }

  private static func offset(_ unit: UInt32) -> Int {
    Int(unit >> 10) << Int((unit & 0x200) >> 6)
  }

  private func text(at start: Int) -> [Unicode.Scalar]? {
    guard start < replacements.count else { return nil }
    let bytes = replacements[start...].prefix { $0 != 0 }
    return Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
  }
}
