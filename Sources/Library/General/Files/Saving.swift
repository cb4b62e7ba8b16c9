import Checkpoints
import Foundation
import Language

/// The command that writes values to files.
enum Saving {
  static let builtins = [save]

  static let save = Builtin(
    "save", "Writes a value to a file; the name's ending says how.",
    Parameter<Value>(
      "value", "What to write; it is also the result, so that a pipeline goes on.",
      .piped),
    Parameter<String>("path", "The file, relative to the working directory."),
    Parameter<Bool>(
      "overwrite", "Whether a file that is there may be replaced.", .named, default: false),
    returns: "value", family: .files, alsoFoundAs: ["write", "export", "file"],
    writesFiles: true,
    details: "Tensors go to .npy and .safetensors (there with their axes and labels), tables to "
      + ".csv and .tsv, figures, and what is drawn as one, to .svg, strings, prompts and lists of "
      + "strings to .txt, and anything to .json. A file is there whole or not at all.",
    examples: [
      Example(
        #"table [{a: 1}] | save "t.csv" | len"#, shows: "The value goes on.", gives: .number(1)),
      Example(
        #"save "one" "notes.txt"; save "two" "notes.txt""#,
        shows: "A file that is there stays.", gives: .fails("file-exists")),
      Example(
        #"save "one" "notes.txt"; save "two" "notes.txt" overwrite: true; read_lines "notes.txt""#,
        shows: "Unless it may be replaced.", gives: .strings("two")),
      Example(
        #"save [1] "x.doc""#, shows: "The ending must be known.", gives: .fails("unknown-format")),
    ]
  ) { context, value, path, overwrite throws(Failure) in
    let format = try SaveFormat(path: path)
    let url = URL(fileURLWithPath: try context.pathForWriting(path))
    let content = try format.content(of: value)
    // What was made while stopping is not whole.
    try context.interruption.check()
    do throws(CheckpointError) {
      try write(content, to: url, overwrite: overwrite)
    } catch {
      throw failure(error, path)
    }
    context.print("saved \(path)")
    return value
  }
}
