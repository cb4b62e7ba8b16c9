import Corpora
import Faults
import Tensors
import Transformers

/// One place where an ambiguous word stands, and what it means there.
public struct WordOccurrence: Sendable, Hashable {
  /// The row of the corpus.
  public var row: Int
  /// The positions of the word's tokens in what the model reads.
  public var positions: [Int]
  /// The word, as its dictionary form where that is known.
  public var word: String
  /// What it means.
  public var sense: String
}

extension [AnnotatedRow] {
  /// Where ambiguous words stand whose sense is known: said of the word, or of the whole text in a
  /// column `sense`.
  ///
  /// - Parameter word: Only this one, in its dictionary form or as it is written; nil for all whose
  ///   sense is said of the word.
  public func occurrences(of word: String?) -> [WordOccurrence] {
    var found: [WordOccurrence] = []
    for (index, row) in enumerated() {
      let pieces = row.pieces
      for (place, own) in row.text.words.enumerated() where !pieces[place].isEmpty {
        let name = own.lemma ?? own.text.lowercased()
        if let word, name != word.lowercased(), own.text.lowercased() != word.lowercased() {
          continue
        }
        let ofText = word == nil ? nil : row.text.columns["sense"]
        guard let sense = own.sense ?? ofText else { continue }
        found.append(
          WordOccurrence(row: index, positions: pieces[place], word: name, sense: sense))
      }
    }
    return found
  }
}

extension Experiment {
  /// The vectors of some tokens at some sites, one site after the other.
  ///
  /// - Parameters:
  ///   - positions: For each row the positions that are wanted, of what the site counts.
  ///   - progress: Is told how many rows are done, and of how many.
  /// - Returns: For each site, for each row its vectors: positions × width.
  /// - Throws: `Fault` as a run, and what `progress` throws.
  func vectors(
    of rows: [AnnotatedRow], at sites: [Site], positions: [[Int]],
    progress: (Int, Int) throws(Fault) -> Void
  ) throws(Fault) -> [[Matrix]] {
    let width = model.description.width
    var found = sites.map { _ in rows.map { _ in Matrix(zeros: 0, width) } }
    let wanted = rows.indices.filter { !positions[$0].isEmpty }
    let resolved = sites.map { ResolvedSite($0) }
    try CorpusRun(self, wanted.map { rows[$0] }).forEach(
      resolved, positions: { place, _ in positions[wanted[place]] }, progress: progress
    ) { place, captured throws(Fault) in
      let row = wanted[place]
      for (index, site) in resolved.enumerated() {
        found[index][row] = Matrix(
          rows: positions[row].count, columns: width, try captured.value(site).doubles)
      }
    }
    return found
  }
}
