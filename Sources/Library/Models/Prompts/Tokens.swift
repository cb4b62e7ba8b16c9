import Analysis
import Faults
import Language
import Transformers

extension Workbench {
  var tokensCommand: Builtin {
    Builtin(
      "tokens", "Lists the tokens that really go in, and where each came from.",
      Parameter<PromptInput>("prompt", "A prompt or a batch.", .piped),
      Parameter<Bool>(
        "offsets", "Whether to say where in its text each token stands, in UTF-8 bytes.", .named,
        default: false),
      returns: "table", family: .prompts, alsoFoundAs: ["ledger", "ids", "BOS", "encode"],
      details: """
        `origin` is text, pair (the second text), template (what the tokenizer puts around a text, \
        such as BOS), mask, or patch (of an image). For a model with an encoder and a decoder, `side` tells the source \
        from the target.
        """,
      examples: [
        Example(
          #"load "random-tiny"; tokens (prompt "hi")"#, shows: "Position, id, text and origin.",
          gives: .table(
            ("position", .numbers(0, 1)), ("id", .numbers(104, 105)),
            ("token", .strings("h", "i")), ("origin", .strings("text", "text")))),
        Example(
          #"load "random-tiny"; tokens (prompt "hé") offsets: true | select "start" "end""#,
          shows: "Where the tokens stand in the text; é takes two bytes and, here, two tokens.",
          gives: .table(("start", .numbers(0, 1, 1)), ("end", .numbers(1, 3, 3)))),
        Example(
          #"load "random-tiny"; tokens (mask (prompt "hi") @1) | select "token" "masked""#,
          shows: "What was masked.",
          gives: .table(
            ("token", .strings("h", "<mask>")), ("masked", [.null, .string("i")]))),
      ]
    ) { [self] _, input, offsets throws(Failure) in
      let rows = try input.prompts.map { prompt throws(Failure) in try row(of: prompt) }
      return .table(
        try TokenLedger(rows, isBatch: input.isBatch, showsOffsets: offsets, on: self).table)
    }
  }
}

/// The tokens of rows as a table.
private struct TokenLedger {
  let table: Table

  init(
    _ rows: [PromptRow], isBatch: Bool, showsOffsets: Bool, on workbench: Workbench
  ) throws(Failure) {
    let model = try workbench.current().model
    let tokenizer = try faultsAsFailures { () throws(Fault) in try model.tokenizer() }
    let hasTypes = (model.description.embedding.segmentCount ?? 1) > 1
    let hasMasks = rows.contains { $0.written.tokens.contains { $0.maskedID != nil } }
    var records: [Record] = []
    for (index, row) in rows.enumerated() {
      let source = (row.source ?? []).enumerated().map { ("source", $0, $1) }
      let target = row.tokens.enumerated().map { ("target", $0, $1) }
      for (side, position, token) in source + target {
        var fields: [(String, Value)] = isBatch ? [("row", .int(index))] : []
        if row.source != nil { fields.append(("side", .string(side))) }
        fields.append(("position", .int(position)))
        fields.append(("id", row.image == nil ? .int(token.id) : .null))
        fields.append(("token", .string(token.text)))
        fields.append(("origin", .string(token.origin.rawValue)))
        if showsOffsets {
          fields.append(("start", token.range.map { .int($0.lowerBound) } ?? .null))
          fields.append(("end", token.range.map { .int($0.upperBound) } ?? .null))
        }
        if hasTypes { fields.append(("type", .int(token.type))) }
        if hasMasks {
          let masked = token.maskedID.map { tokenizer?.text(of: $0) ?? "\($0)" }
          fields.append(("masked", masked.map { .string($0) } ?? .null))
        }
        records.append(Record(fields))
      }
    }
    table = Table(rows: records, notes: try Self.notes(rows, isBatch, workbench))
  }

  private static func notes(_ rows: [PromptRow], _ isBatch: Bool, _ workbench: Workbench)
    throws(Failure) -> [String]
  {
    let model = try workbench.current().model
    var notes: [String] = []
    let tokenizer = try faultsAsFailures { () throws(Fault) in try model.tokenizer() }
    if let tokenizer {
      notes.append(
        tokenizer.addsBeginning
          ? "the tokenizer puts a token in front of every text"
          : "the tokenizer puts no token in front of a text")
    }
    for row in rows {
      if let masked = try PromptLines.maskNote(row, on: workbench) { notes.append(masked) }
    }
    notes += rows.imageNotes
    let width = rows.map(\.written.count).max() ?? 0
    if isBatch, rows.contains(where: { $0.written.count < width }) {
      notes.append("shorter rows are padded on the right to \(width); padding is never attended to")
    }
    return notes
  }
}
