import Language

/// Commands that read files and text.
enum Reading {
  static let builtins = [readLines, readJSON, readCSV, toJSON, fromJSON]

  private static let path = Parameter<String>(
    "path", "The file, relative to the working directory.", .piped)

  static let readLines = Builtin(
    "read_lines", "Reads a text file as a list of its lines, without their line breaks.", path,
    returns: "list", family: .files, alsoFoundAs: ["open", "load text", "prompts"],
    examples: [
      Example(
        #"save "the cat\nthe dog" "lines.txt"; read_lines "lines.txt""#,
        shows: "A line for each prompt.", gives: .strings("the cat", "the dog")),
      Example(
        #"read_lines "no-such-file.txt""#, shows: "The file must be there.",
        gives: .fails("cannot-read")),
    ]
  ) { context, path throws(Failure) in
    let text = try TextFile.read(path, context)
    var lines = try TextSearch("\n").pieces(of: text, context.interruption)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return .list(
      of: try context.interruption.mapping(lines) { line in
        let ended = line.utf8.last == UInt8(ascii: "\r") ? line.utf8.dropLast() : line.utf8
        return .string(String(Substring(ended)))
      })
  }

  static let readJSON = Builtin(
    "read_json", "Reads a JSON file as a value.", path,
    returns: "value", family: .files, alsoFoundAs: ["open", "load data", "parse"],
    details: "It reads as `from_json` does.",
    examples: [
      Example(
        #"save {a: [1, 2]} "data.json"; read_json "data.json""#, shows: "What `save` wrote.",
        gives: .value(.record(("a", .list(List([1, 2]))))))
    ]
  ) { context, path throws(Failure) in
    do throws(Failure) {
      return try JSONReader.read(TextFile.read(path, context), context)
    } catch {
      throw error.inFile(path)
    }
  }

  static let readCSV = Builtin(
    "read_csv", "Reads a file of comma-separated values as a table.", path,
    Parameter<Bool>("header", "Whether the first line names the columns.", .named, default: true),
    Parameter<String>(
      "separator", "The character between cells.", .named, default: ",",
      choices: [",", ";", "\\t"]),
    returns: "table", family: .files, alsoFoundAs: ["open", "load table", "spreadsheet", "tsv"],
    details: "A column holds numbers when every cell of it is one or is empty (null). NaN, "
      + "Infinity and -Infinity are numbers; whole numbers with more digits than a number can hold "
      + "make a column of texts. A cell in double quotes is text, and may hold "
      + "separators, line breaks and doubled quotes.",
    examples: [
      Example(
        #"save "word,n\nthe,2\n\"a, b\",1" "words.txt"; read_csv "words.txt""#,
        shows: "A quoted cell holds a comma.",
        gives: .table(("word", .strings("the", "a, b")), ("n", .numbers(2, 1)))),
      Example(
        #"save "a,b\n1" "ragged.txt"; read_csv "ragged.txt""#,
        shows: "Every line has as many cells.", gives: .fails("bad-csv")),
    ]
  ) { context, path, hasHeader, separator throws(Failure) in
    guard let byte = separator.utf8.first, separator.utf8.count == 1, byte != 0x22,
      byte != 0x0A, byte != 0x0D
    else {
      throw Failure(
        "bad-argument", "\(Value.quoted(separator)) cannot separate cells", argument: "separator",
        help: #"one ASCII character does, such as "," or ";" or "\t""#)
    }
    do throws(Failure) {
      let text = try TextFile.read(path, context)
      return .table(
        try CSVReader.read(text, separator: byte, hasHeader: hasHeader, context))
    } catch {
      throw error.inFile(path)
    }
  }

  static let toJSON = Builtin(
    "to_json", "Writes a value as JSON text.",
    Parameter<Value>("value", "Any value.", .piped),
    returns: "string", family: .files, alsoFoundAs: ["serialize", "export", "machine"],
    details: "A table becomes an array of objects; a tensor an object with axes, shape, data and, "
      + "where it has them, labels; addresses and the like their text. NaN and infinities, which "
      + #"JSON lacks, become the strings "NaN", "Infinity" and "-Infinity"."#,
    examples: [
      Example(
        "{a: [1, true, null]} | to_json", shows: "A record.",
        gives: .string(#"{"a": [1, true, null]}"#)),
      Example(
        "table [{n: 1}, {n: 2}] | to_json", shows: "A table, row by row.",
        gives: .string(#"[{"n": 1}, {"n": 2}]"#)),
    ]
  ) { _, value throws(Failure) in
    try checkWritable(value)
    return .string(value.plainJSON.text)
  }

  /// Refuses values that are too large written out.
  static func checkWritable(_ value: Value) throws(Failure) {
    let isTooLarge = value.isTooLargeForText
    if Interruption.isCurrentRequested { throw .interrupted }
    guard isTooLarge else { return }
    throw Failure(
      "too-large", "the value has too many parts for one text", argument: "value",
      help: "save a table as .csv or a tensor as .safetensors, or take a part of it")
  }

  static let fromJSON = Builtin(
    "from_json", "Reads JSON text as a value.",
    Parameter<String>("text", "The text.", .piped),
    returns: "value", family: .files, alsoFoundAs: ["parse", "deserialize"],
    details: "An array of objects with the same fields becomes a table, and an object as `to_json` "
      + #"writes a tensor a tensor. The strings "NaN", "Infinity" and "-Infinity" become numbers. A "#
      + "whole number with more digits than a number can hold, such as a long id, becomes a string.",
    examples: [
      Example(
        #"from_json '[1, "a", null]'"#, shows: "An array.",
        gives: .list(.number(1), .string("a"), .null)),
      Example(
        "let t = tensor [[1, 2]]\nt | to_json | from_json | { it == t }",
        shows: "A tensor comes back as it was.", gives: .flag(true)),
      Example(
        "from_json '9007199254740993'", shows: "A long id keeps its digits.",
        gives: .string("9007199254740993")),
      Example(
        "from_json '[1,'", shows: "The place of a fault is named.", gives: .fails("not-json")),
    ]
  ) { context, text throws(Failure) in try JSONReader.read(text, context) }
}

extension Failure {
  /// The same failure, said of a file.
  fileprivate func inFile(_ path: String) -> Failure {
    guard code == "not-json" || code == "bad-csv" else { return self }
    var failure = self
    failure.message = "`\(path)`, " + message
    failure.argument = "path"
    return failure
  }
}
