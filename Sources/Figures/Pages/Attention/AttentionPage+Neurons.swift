import Foundation

extension AttentionPage {
  /// What the scores of a layer's heads are products of: a query and a key for each token.
  public struct Neurons: Sendable {
    /// How many numbers a query and a key have.
    public var width: Int
    /// What the product is multiplied by.
    public var scale: Double
    /// Whether a query sees no key behind itself.
    public var isCausal: Bool
    /// What else happens to a score before the softmax; empty for nothing.
    public var note: String
    /// The place among `keys` of each head of the page.
    let groups: [Int]
    /// For each head of the page its queries, and for each group that they read its keys.
    let queries: [String], keys: [String]

    /// The bytes that the queries and keys of one head take on a page.
    public static func size(tokens: Int, width: Int) -> Int {
      2 * VectorCode.size(count: tokens, width: width)
    }

    /// Neurons from what a run captured.
    ///
    /// - Parameters:
    ///   - queries: [position, head, width] of all of the layer's heads, row by row.
    ///   - keys: [position, group, width], row by row.
    ///   - heads: The heads that the page has, with the group that each of them reads.
    public init(
      queries: [Float], keys: [Float], headCount: Int, groupCount: Int, width: Int,
      heads: [(head: Int, group: Int)], scale: Double, isCausal: Bool, note: String
    ) {
      self.width = width
      self.scale = scale
      self.isCausal = isCausal
      self.note = note
      let groups = Set(heads.map(\.group)).sorted()
      self.groups = heads.map { groups.firstIndex(of: $0.group) ?? 0 }
      self.queries = heads.map { head in
        VectorCode.text(queries, part: head.head, of: headCount, width: width)
      }
      self.keys = groups.map { group in
        VectorCode.text(keys, part: group, of: groupCount, width: width)
      }
    }
  }
}

/// Vectors in few bytes: each as a float32 that its largest number is, and the numbers as shares of
/// it in 127 steps either way.
enum VectorCode {
  /// The bytes that `count` vectors take as text.
  static func size(count: Int, width: Int) -> Int { count * (width + 4) * 4 / 3 }

  /// The text of one part of vectors that lie beside each other, [position, part, width].
  static func text(_ values: [Float], part: Int, of parts: Int, width: Int) -> String {
    var bytes: [UInt8] = []
    let stride = parts * width
    let count = stride == 0 ? 0 : values.count / stride
    bytes.reserveCapacity(count * (width + 4))
    for position in 0..<count {
      let start = position * stride + part * width
      let vector = values[start..<start + width]
      let largest = vector.reduce(Float(0)) { max($0, $1.isFinite ? abs($1) : 0) }
      for shift in [0, 8, 16, 24] {
        bytes.append(UInt8(truncatingIfNeeded: largest.bitPattern >> UInt32(shift)))
      }
      for value in vector {
        let share = largest > 0 && value.isFinite ? value / largest : 0
        bytes.append(UInt8(bitPattern: Int8((127 * share).rounded())))
      }
    }
    return Data(bytes).base64EncodedString()
  }
}
