import Faults

/// Reads sentences of a treebank in the CoNLL-U format of Universal Dependencies 2.
///
/// Lines `3-4 FORM` (words that are written as one) place their words: where the words' forms make
/// up the written form, each gets its part; otherwise the first gets all of it and the others an
/// empty range at its end, so they are read from no token. Empty nodes (`3.1`) are left out. Offsets
/// are computed: every form has to stand in the text where the one before ends.
struct ConlluReader: RecordReader {
  let columns: TextColumns

  func text(of record: String, line: Int) throws(RecordFault) -> AnnotatedText {
    var sentences: [ConlluSentence] = []
    var current = ConlluSentence()
    var number = line
    for raw in record.split(
      omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" })
    {
      if raw.allSatisfy(\.isWhitespace) {
        if !current.isEmpty { sentences.append(current) }
        current = ConlluSentence()
      } else {
        try current.take(raw, line: number)
      }
      number += 1
    }
    if !current.isEmpty { sentences.append(current) }
    var texts: [AnnotatedText] = []
    for sentence in sentences { texts.append(try sentence.text()) }
    guard !texts.isEmpty else {
      throw RecordFault(line: line, what: "comments without a sentence")
    }
    var whole = AnnotatedText.joined(texts, separators: sentences.map(\.separator))
    var known = whole.columns
    do throws(Fault) {
      try columns.take(pairAndTargetOf: &known, into: &whole)
    } catch {
      throw RecordFault(code: error.code, line: line, what: error.message, help: error.help)
    }
    return whole
  }
}

/// A sentence while its lines come in.
struct ConlluSentence {
  /// What is written without a space inside: a word, or several that are written as one.
  private struct Unit {
    var form: String
    var words: Range<Int>
    var line: Int
    var isFollowedBySpace: Bool
  }

  private var given: String?
  private var comments: [String: String] = [:]
  private var units: [Unit] = []
  private var words: [AnnotatedWord] = []
  private var heads: [(head: Int, line: Int)] = []
  private var firstLine: Int?

  /// Whether it has no words.
  var isEmpty: Bool { words.isEmpty }
  /// What stands between this sentence and the next.
  var separator: String { units.last?.isFollowedBySpace == false ? "" : " " }

  /// Takes a line that is not blank.
  mutating func take(_ line: Substring, line number: Int) throws(RecordFault) {
    if line.first == "#" {
      comment(line.dropFirst())
      return
    }
    firstLine = firstLine ?? number
    let cells = line.utf8.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    guard cells.count == 10 else {
      throw RecordFault(
        line: number,
        what: "\(cells.count) column\(cells.count == 1 ? "" : "s"), CoNLL-U has 10",
        help: cells.count == 1 ? "columns are separated by tabs, not by spaces" : nil)
    }
    if cells[0].contains(".") {
      try checkEmptyNode(cells[0], number)
    } else if cells[0].contains("-") {
      try begin(span: cells, number)
    } else {
      try take(word: cells, number)
    }
  }

  private mutating func comment(_ line: Substring) {
    let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts[0].trimmed
    guard parts.count == 2, !name.isEmpty else { return }
    // Nothing of the text itself may be cut off, so one space behind the sign goes and no more.
    let value = parts[1].first == " " ? parts[1].dropFirst() : parts[1]
    if name == "text" { given = String(value) } else { comments[name] = value.trimmed }
  }

  private func checkEmptyNode(_ id: String, _ line: Int) throws(RecordFault) {
    let parts = id.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, parts[0] == words.count, (parts[1] ?? 0) > 0 else {
      throw RecordFault(line: line, what: "the empty node \(id) does not stand behind its word")
    }
  }

  private mutating func begin(span cells: [String], _ line: Int) throws(RecordFault) {
    let ends = cells[0].split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard ends.count == 2, let first = ends[0], let last = ends[1], first == words.count + 1,
      last > first, units.last.map({ $0.words.upperBound <= words.count }) ?? true
    else {
      throw RecordFault(
        line: line, what: "\(cells[0]) is no range of the words that follow",
        help: "the next word has the id \(words.count + 1)")
    }
    units.append(
      Unit(
        form: cells[1], words: first - 1..<last, line: line,
        isFollowedBySpace: !cells[9].hasMark("SpaceAfter", "No")))
  }

  private mutating func take(word cells: [String], _ line: Int) throws(RecordFault) {
    guard Int(cells[0]) == words.count + 1 else {
      throw RecordFault(
        line: line, what: "the id is \(cells[0]) where \(words.count + 1) is wanted",
        help: "words are numbered from 1 in each sentence, with a blank line between sentences")
    }
    guard !cells[1].isEmpty else { throw RecordFault(line: line, what: "the word is empty") }
    var word = AnnotatedWord(cells[1], at: 0..<0)
    word.lemma = cells[2].known
    word.partOfSpeech = cells[3].known
    word.features = AnnotatedWord.features(cells[5])
    word.relation = cells[7].known
    for mark in cells[9].split(separator: "|") {
      let parts = mark.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      if parts[0] == "Entity" { word.entity = Int(parts[1]) }
      if parts[0] == "Sense" { word.sense = String(parts[1]) }
    }
    if let head = cells[6].known {
      guard let head = Int(head), head >= 0 else {
        throw RecordFault(line: line, what: "the head \(head) is no number")
      }
      guard head != words.count + 1 else {
        throw RecordFault(line: line, what: "word \(head) is its own head")
      }
      if head > 0 { word.head = head - 1 }
      heads.append((head, line))
    }
    if units.last.map({ $0.words.upperBound <= words.count }) ?? true {
      units.append(
        Unit(
          form: cells[1], words: words.count..<words.count + 1, line: line,
          isFollowedBySpace: !cells[9].hasMark("SpaceAfter", "No")))
    }
    words.append(word)
  }

  /// The sentence as a text.
  ///
  /// - Throws: `RecordFault` when a head is no word, or a word does not stand in the text.
  func text() throws(RecordFault) -> AnnotatedText {
    if let last = units.last, last.words.upperBound > words.count {
      throw RecordFault(
        line: last.line,
        what: "\(last.form) ends at word \(last.words.upperBound), the sentence "
          + "at \(words.count)")
    }
    for (head, line) in heads where head > words.count {
      throw RecordFault(
        line: line, what: "the head is word \(head), the sentence has \(words.count)")
    }
    var text = AnnotatedText(given ?? rebuilt, words: words)
    let bytes = Array(text.text.utf8)
    var place = 0
    for unit in units {
      place += Self.blank(bytes[place...])
      let form = Array(unit.form.utf8)
      guard bytes[place...].starts(with: form) else {
        let found = String(decoding: bytes[place...].prefix(40), as: UTF8.self)
        throw RecordFault(
          code: "misaligned", line: unit.line,
          what: "\"\(unit.form)\" is not in the text, which has "
            + (found.isEmpty ? "come to its end" : "\"\(found)\" there"),
          help: "`# text = …` has to hold the words in order")
      }
      Self.place(unit.words, form, at: place, in: &text.words)
      place += form.count
    }
    let rest = bytes[place...]
    guard Self.blank(rest) == rest.count else {
      throw RecordFault(
        code: "misaligned", line: firstLine ?? 1,
        what: "the text goes on behind the last word: "
          + "\"\(String(decoding: rest.prefix(40), as: UTF8.self))\"",
        help: "`# text = …` has to hold the words in order, and nothing else")
    }
    text.columns = comments
    return text
  }

  private var rebuilt: String {
    var text = ""
    for (index, unit) in units.enumerated() {
      text += unit.form
      if unit.isFollowedBySpace, index + 1 < units.count { text += " " }
    }
    return text
  }

  private static func place(
    _ members: Range<Int>, _ form: [UInt8], at start: Int, in words: inout [AnnotatedWord]
  ) {
    let fits = members.flatMap { Array(words[$0].text.utf8) } == form
    var place = start
    for member in members {
      let length = fits ? words[member].text.utf8.count : member == members.first ? form.count : 0
      words[member].range = place..<place + length
      place += length
    }
  }

  /// The length of the white space at the beginning, in bytes: any that Unicode knows, and the four
  /// separators of ASCII, as the validator of Universal Dependencies has it.
  private static func blank(_ bytes: ArraySlice<UInt8>) -> Int {
    var length = 0
    var decoder = UTF8()
    var rest = bytes.makeIterator()
    while case .scalarValue(let scalar) = decoder.decode(&rest),
      scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
    {
      length += UTF8.width(scalar)
    }
    return length
  }
}

extension Substring {
  fileprivate var trimmed: String {
    var part = self
    while part.first?.isWhitespace == true { part.removeFirst() }
    while part.last?.isWhitespace == true { part.removeLast() }
    return String(part)
  }
}

extension String {
  /// The cell, or nil where it says that nothing is known.
  fileprivate var known: String? { self == "_" || isEmpty ? nil : self }

  fileprivate func hasMark(_ name: String, _ value: String) -> Bool {
    split(separator: "|").contains { $0 == "\(name)=\(value)" }
  }
}
