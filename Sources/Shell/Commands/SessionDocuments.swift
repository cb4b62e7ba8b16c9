import Foundation
import Language
import Synchronization

/// The commands that look back at the session: `history`, `transcript`, `save_script`.
final class SessionDocuments: Sendable {
  private let record: SessionRecord
  private let header: DocumentHeader
  private let writesNothing: Bool
  private let written = Mutex<Set<String>>([])

  /// Commands on a record; in a replay they write nothing.
  init(record: SessionRecord, header: DocumentHeader, writesNothing: Bool) {
    self.record = record
    self.header = header
    self.writesNothing = writesNothing
  }

  /// The commands' group in help.
  static let family = Family("session", "The session")

  /// The declarations.
  var commands: [Builtin] { [history, transcript, saveScript, KeyboardHelp.entry] }

  private var history: Builtin {
    Builtin(
      "history", "Shows what was entered in this session and whether it worked.",
      Parameter<String?>("find", "Only entries that contain this text."),
      returns: "table", family: Self.family, alsoFoundAs: ["entries", "past", "log"],
      examples: [
        Example("history", shows: "Everything that was entered."),
        Example(#"history "predict""#, shows: "The entries that contain a word."),
      ]
    ) { [record] _, find in
      let all = record.ended.enumerated().filter { find == nil || $1.input.contains(find ?? "") }
      return .table(
        Table([
          Table.Column("entry", all.map { .int($0.offset + 1) }),
          Table.Column("worked", all.map { .bool($0.element.state == .succeeded) }),
          Table.Column("input", all.map { .string($0.element.input) }),
        ]))
    }
  }

  private var transcript: Builtin {
    Builtin(
      "transcript", "Writes the session so far as a Markdown document that `sonde replay` checks.",
      Parameter<String>("path", "The file, such as `notes.md`."),
      Parameter<Bool>(
        "overwrite", "Replaces a file that is already there.", .named, default: false),
      returns: "null", family: Self.family, alsoFoundAs: ["markdown", "notes", "document"],
      writesFiles: true,
      details: "Each input stands in a block of its own with its output under it, plain and 100 "
        + "columns wide. A file that this session wrote is replaced without asking.",
      examples: [
        Example(
          #"transcript "session.md""#, shows: "Keeps the session as a document.",
          gives: .notRun("it writes a file"))
      ]
    ) { [self] context, path, overwrite throws(Failure) in
      try Self.check(path, endsIn: ["md", "markdown"], "a transcript")
      let entries = past(before: context)
      let text = TranscriptWriter(header: header, entries: entries).text
      try write(text, to: path, overwrite, context)
      context.print("wrote \(Self.count(entries.count)) to \(path)")
      return .null
    }
  }

  private var saveScript: Builtin {
    Builtin(
      "save_script", "Writes the inputs that worked as a script.",
      Parameter<String>("path", "The file, such as `session.probe`."),
      Parameter<Bool>(
        "overwrite", "Replaces a file that is already there.", .named, default: false),
      returns: "null", family: Self.family, alsoFoundAs: ["script", "probe file"],
      writesFiles: true,
      examples: [
        Example(
          #"save_script "session.probe""#, shows: "Keeps the inputs as a script.",
          gives: .notRun("it writes a file"))
      ]
    ) { [self] context, path, overwrite throws(Failure) in
      try Self.check(path, endsIn: ["probe"], "a script")
      let inputs = past(before: context).filter { $0.state != .failed }.map(\.input)
      let text = "#!/usr/bin/env sonde\n" + inputs.map { $0 + "\n" }.joined()
      try write(text, to: path, overwrite, context)
      context.print("wrote \(Self.count(inputs.count)) to \(path)")
      return .null
    }
  }

  /// What has ended, and of a script the lines before the one that calls.
  private func past(before context: Context) -> [SessionRecord.Entry] {
    var entries = record.all
    guard var last = entries.popLast(), last.state == .running else { return record.all }
    guard let location = context.location, location.source.text == last.input else {
      return entries
    }
    let lines = last.input.split(separator: "\n", omittingEmptySubsequences: false)
    let before = lines.prefix(location.line - 1).joined(separator: "\n")
    if before.allSatisfy(\.isWhitespace) { return entries }
    last.input = before + "\n"
    return entries + [last]
  }

  /// Refuses a name that is for other files: what a session says must not become a program's settings.
  private static func check(
    _ path: String, endsIn endings: [String], _ what: String
  ) throws(Failure) {
    let name = NSString(string: path)
    if endings.contains(name.pathExtension.lowercased()) { return }
    let wanted = name.deletingPathExtension + "." + endings[0]
    throw Failure(
      "unknown-format", "\(what) is a file that ends in .\(endings[0]), not `\(path)`",
      argument: "path", help: "for instance   \(Value.quoted(wanted))")
  }

  private func write(
    _ text: String, to path: String, _ overwrite: Bool, _ context: Context
  ) throws(Failure) {
    if writesNothing { return }
    let target = try context.pathForWriting(path)
    let isOwn = written.withLock { $0.contains(target) }
    try DocumentFile.write(text, to: target, named: path, replaces: overwrite || isOwn)
    written.withLock { _ = $0.insert(target) }
  }

  private static func count(_ number: Int) -> String {
    number == 1 ? "1 entry" : "\(number) entries"
  }
}
