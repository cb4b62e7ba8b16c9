import Statistics
import Tensors

extension AttentionRow {
  /// Which words of the row a word-level pattern has: those that have tokens.
  public var wordFrame: WordFrame {
    func present(_ pieces: [[Int]]) -> [Int] { pieces.indices.filter { !pieces[$0].isEmpty } }
    return WordFrame(
      queries: present(queries.pieces), keys: present(keys.pieces),
      queryPieces: queries.pieces.filter { !$0.isEmpty },
      keyPieces: keys.pieces.filter { !$0.isEmpty })
  }
}

/// The words of a row that attend and that are attended to.
public struct WordFrame: Sendable, Hashable {
  /// The words that attend, by their places in the text (or its translation).
  public let queries: [Int]
  /// The words that are attended to, by their places in the text.
  public let keys: [Int]
  let queryPieces: [[Int]]
  let keyPieces: [[Int]]

  /// The pattern between words: attention to a word is the sum over its pieces, attention from a
  /// word the mean (or as asked); what went to special tokens is left out, and nothing is scaled.
  public func view(
    of pattern: Matrix, by merging: RowMerging = .mean
  ) -> Matrix {
    pattern.merging(rows: queryPieces, columns: keyPieces, by: merging)
  }

  /// The same for the queries one token before each word's own: those from which a decoder writes
  /// the word.
  public func viewWriting(
    _ pattern: Matrix, by merging: RowMerging = .mean
  ) -> Matrix {
    let writing = queryPieces.map { pieces in pieces.compactMap { $0 > 0 ? $0 - 1 : nil } }
    return pattern.merging(rows: writing, columns: keyPieces, by: merging)
  }
}
