import Statistics

/// Questions about words of which the right answers are other words, and what many cells answered:
/// where is the head of this word, what does this pronoun mean, which word does this one translate.
///
/// A cell is a head read in one of two ways. Answers are told as distances from a place that the
/// question fixes, so that answers to different questions can be compared.
public struct WordCases: Sendable {
  /// One question.
  struct Case: Sendable {
    /// What kind of question it is, such as a relation.
    var group: String
    /// The row of the corpus.
    var row: Int
    /// How many words there are to choose from.
    var choices: Int
    /// The distances of the right answers.
    var right: [Int]
    /// Whether the answer can be seen, in each of the two ways of reading.
    var isVisible: [Bool]
    /// What each baseline gets of the question.
    var baselines: [Double]
  }

  /// How many questions there are.
  public var count: Int { cases.count }

  /// The names of the baselines, in the order of `Case.baselines`.
  let baselines: [String]
  /// How many cells there are.
  let cells: Int
  /// The questions.
  private(set) var cases: [Case] = []
  /// What each cell gets of each question, one list a cell: 1, 0, or a share where several words got
  /// exactly the most.
  private(set) var credits: [[Float]]
  /// The distance of each cell's answer, one list a cell; nil for none.
  private(set) var answers: [[Int?]]

  init(cells: Int, baselines: [String]) {
    self.cells = cells
    self.baselines = baselines
    credits = [[Float]](repeating: [], count: cells)
    answers = [[Int?]](repeating: [], count: cells)
  }

  /// Adds a question; its answers follow, cell by cell.
  mutating func ask(_ question: Case) { cases.append(question) }

  /// Adds a cell's answers to the last question: the distances of the words that got the most.
  mutating func answer(_ distances: [Int], cell: Int) {
    guard let question = cases.last else { return }
    let right = Set(question.right)
    let hits = distances.count { right.contains($0) }
    credits[cell].append(distances.isEmpty ? 0 : Float(hits) / Float(distances.count))
    answers[cell].append(distances.first)
  }

  /// The groups that occur, the largest first.
  var groups: [String] {
    let sizes = Dictionary(grouping: cases, by: \.group).mapValues(\.count)
    return sizes.keys.sorted { (sizes[$0] ?? 0, $1) > (sizes[$1] ?? 0, $0) }
  }

  /// The share of questions that a cell gets right, and how many it could.
  func accuracy(_ cell: Int, _ chosen: [Int], way: Int) -> (share: Double, count: Int) {
    var (sum, count) = (0.0, 0)
    for place in chosen where cases[place].isVisible[way] {
      sum += Double(credits[cell][place])
      count += 1
    }
    return (count == 0 ? .nan : sum / Double(count), count)
  }

  /// The share of questions that a baseline gets right.
  func baseline(_ baseline: Int, _ chosen: [Int], way: Int) -> Double {
    var (sum, count) = (0.0, 0.0)
    for place in chosen where cases[place].isVisible[way] {
      sum += cases[place].baselines[baseline]
      count += 1
    }
    return count == 0 ? .nan : sum / count
  }
}
