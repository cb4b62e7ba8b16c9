import Analysis
import Checkpoints
import Corpora
import Faults
import Foundation
import Language
import Tensors
import Transformers

/// Activations in a safetensors file: a tensor for each site under its address, and the tokens as
/// JSON in the notes of the file.
enum ActivationFile {
  private static let key = "sonde.activations"

  /// What stands in the notes: columns of equal length, one entry for each token.
  private struct Notes: Codable {
    var version = 1
    var model: String
    var notes: [String]
    var sites: [String]
    var text: [Int]
    var position: [Int]
    var id: [Int]
    var token: [String]
    var masked: [Int?]
    /// Files of before this was kept have none.
    var previous: [Int?]?
    var next: [Int?]
    var place: [Int?]
    var piece: [Int]
    var words: [WordNote?]
  }

  /// A word as far as it is known.
  fileprivate struct WordNote: Codable {
    var text: String
    var start: Int
    var end: Int
    var sentence: Int
    var lemma: String?
    var upos: String?
    var features: [String: String]?
    var head: Int?
    var relation: String?
    var entity: Int?
    var sense: String?
    var sources: [Int]?
  }

  /// Writes activations, whole or not at all.
  static func write(
    _ activations: Activations, to url: URL, overwrite: Bool
  ) throws(CheckpointError) {
    let entries = activations.sites.map { site in
      switch site.values {
      case .single(let tensor): SafetensorsFile.Entry(site.address.description, tensor)
      case .double(let tensor): SafetensorsFile.Entry(site.address.description, tensor)
      }
    }
    let metadata = try metadata(
      activations.tokens, activations.sites.map(\.address), activations.model, activations.notes,
      url)
    try SafetensorsFile.write(entries, metadata: metadata, to: url, overwrite: overwrite)
  }

  /// Writes vectors as they are gathered: no more than a batch of them is in memory.
  ///
  /// An interruption keeps what is done.
  ///
  /// - Parameter path: The file as the user named it.
  /// - Returns: Whether all tokens are there.
  static func write(
    _ gathering: Gathering, notes: [String], to url: URL, named path: String, overwrite: Bool,
    progress: (Int, Int) throws(Fault) -> Void
  ) throws(Failure) -> Bool {
    func kept(_ ranges: [Range<Int>]) throws(CheckpointError) -> [String: String] {
      try metadata(
        ranges.flatMap { gathering.tokens[$0] }, gathering.addresses, gathering.model,
        gathering.notes(of: ranges) + notes, url)
    }
    func failure(_ error: CheckpointError) -> Failure {
      Saving.failure(error, path, argument: "to", replacing: "add   overwrite: true")
    }
    let file: SafetensorsRows
    do throws(CheckpointError) {
      file = try SafetensorsRows(
        zip(gathering.addresses, gathering.widths).map { ($0.description, $1) },
        isDouble: gathering.isDouble, rows: gathering.tokens.count,
        metadata: try kept([gathering.tokens.indices]), to: url, overwrite: overwrite)
    } catch {
      throw failure(error)
    }
    let done: [Range<Int>]
    do throws(Fault) {
      done = try stream(gathering, into: file, failure, progress: progress)
    } catch {
      throw Failure(error)
    }
    let isWhole = gathering.isWhole(done)
    do throws(CheckpointError) {
      if isWhole {
        try file.commit()
      } else {
        try file.commit(keeping: done, metadata: try kept(done))
      }
    } catch {
      throw failure(error)
    }
    return isWhole
  }

  private static func stream(
    _ gathering: Gathering, into file: borrowing SafetensorsRows,
    _ failure: (CheckpointError) -> Failure, progress: (Int, Int) throws(Fault) -> Void
  ) throws(Fault) -> [Range<Int>] {
    try gathering.stream(progress: progress) { site, values, rows throws(Fault) in
      do throws(CheckpointError) {
        try file.write(values, matrix: site, row: rows.lowerBound)
      } catch {
        let failure = failure(error)
        throw Fault(failure.code, failure.message, help: failure.help)
      }
    }
  }

  private static func metadata(
    _ tokens: [GatheredToken], _ sites: [Address], _ model: String, _ notes: [String], _ url: URL
  ) throws(CheckpointError) -> [String: String] {
    let notes = Notes(
      model: model, notes: notes, sites: sites.map(\.description), text: tokens.map(\.text),
      position: tokens.map(\.position), id: tokens.map(\.id), token: tokens.map(\.token),
      masked: tokens.map(\.maskedID), previous: tokens.map(\.previousID),
      next: tokens.map(\.nextID), place: tokens.map(\.place),
      piece: tokens.map(\.piece), words: tokens.map { $0.word.map(WordNote.init) })
    guard let data = try? JSONEncoder().encode(notes) else {
      throw .unwritable(file: url, reason: "the tokens cannot be written as JSON")
    }
    return [key: String(decoding: data, as: UTF8.self)]
  }

  /// Reads what `write` wrote; the numbers stay in the file until they are looked at.
  static func read(_ url: URL, named path: String) throws(Failure) -> ActivationsValue {
    let found: ActivationsValue?
    do throws(CheckpointError) {
      let file = try Checkpoint(contentsOf: url)
      let text = try SafetensorsFile.metadata(of: url)[key] ?? ""
      let notes = try? JSONDecoder().decode(Notes.self, from: Data(text.utf8))
      let read = try notes.flatMap { notes throws(CheckpointError) in
        try activations(notes, in: file)
      }
      try file.verify()
      found = read.map { ActivationsValue($0, in: file) }
    } catch {
      throw Failure("cannot-read", error.description, argument: "path", help: error.help)
    }
    if let found { return found }
    throw Failure(
      "no-activations", "`\(path)` holds no activations", argument: "path",
      help: "`gather … | save \"x.safetensors\"` writes them; `read_tensor` reads tensors")
  }

  private static func address(_ text: String) -> Address? { try? Address(parsing: text) }

  /// The activations that the notes describe; nil where they do not fit one another or the file.
  private static func activations(
    _ notes: Notes, in file: Checkpoint
  ) throws(CheckpointError) -> Activations? {
    let count = notes.token.count
    let lengths = [
      notes.text.count, notes.position.count, notes.id.count, notes.masked.count,
      notes.previous?.count ?? count, notes.next.count, notes.place.count, notes.piece.count,
      notes.words.count,
    ]
    guard lengths.allSatisfy({ $0 == count }) else { return nil }
    var sites: [Activations.Site] = []
    for name in notes.sites {
      guard let address = Self.address(name), let stored = file.stored(name),
        stored.shape.count == 2, stored.shape[0] == count
      else { return nil }
      let axes: [Axis] = ["token", .width]
      let values: AnyTensor
      if stored.type == .F64 {
        values = .double(try file.tensor(name, as: Double.self, axes: axes, shape: nil))
      } else {
        values = .single(try file.tensor(name, as: Float.self, axes: axes, shape: nil))
      }
      sites.append(Activations.Site(address, values))
    }
    let tokens = (0..<count).map { place in
      GatheredToken(
        text: notes.text[place], position: notes.position[place], id: notes.id[place],
        token: notes.token[place], maskedID: notes.masked[place],
        previousID: notes.previous?[place], nextID: notes.next[place],
        word: notes.words[place]?.word, place: notes.place[place], piece: notes.piece[place])
    }
    return Activations(sites: sites, tokens: tokens, model: notes.model, notes: notes.notes)
  }
}

extension ActivationFile.WordNote {
  fileprivate init(_ word: AnnotatedWord) {
    text = word.text
    start = word.range.lowerBound
    end = word.range.upperBound
    sentence = word.sentence
    lemma = word.lemma
    upos = word.partOfSpeech
    features = word.features.isEmpty ? nil : word.features
    head = word.head
    relation = word.relation
    entity = word.entity
    sense = word.sense
    sources = word.sources.isEmpty ? nil : word.sources
  }

  fileprivate var word: AnnotatedWord? {
    guard start <= end else { return nil }
    var word = AnnotatedWord(text, at: start..<end, sentence: sentence)
    word.lemma = lemma
    word.partOfSpeech = upos
    word.features = features ?? [:]
    word.head = head
    word.relation = relation
    word.entity = entity
    word.sense = sense
    word.sources = sources ?? []
    return word
  }
}

extension Workbench {
  var loadActivationsCommand: Builtin {
    Builtin(
      "load_activations", "Reads activations that `save` wrote.",
      Parameter<String>("path", "A .safetensors file, relative to the working directory.", .piped),
      returns: "activations", family: .data, alsoFoundAs: ["open", "read activations", "reuse"],
      details: "The numbers stay in the file until an analysis looks at them.",
      examples: [
        Example(
          #"load "random-tiny"; gather "the cat" at: L0.mlp | save "a.safetensors"; "#
            + #"load_activations("a.safetensors").tokens.word | last"#,
          shows: "What was gathered, with its words.", gives: .string("cat")),
        Example(
          #"save (tensor [1, 2]) "t.safetensors"; load_activations "t.safetensors""#,
          shows: "Other files are refused.", gives: .fails("no-activations")),
      ]
    ) { context, path throws(Failure) in
      let url = URL(fileURLWithPath: try context.pathForReading(path))
      return .host(try ActivationFile.read(url, named: path))
    }
  }
}
