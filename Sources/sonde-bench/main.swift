import Foundation
import Tensors

// Times passes over a random checkpoint of GPT-2 small's shape: sonde-bench FOLDER. Prints one JSON
// object a line; scripts/bench sets them against the machine's limits and against other programs.
guard CommandLine.arguments.count == 2 else {
  FileHandle.standardError.write(Data("usage: sonde-bench FOLDER\n".utf8))
  exit(2)
}
let folder = URL(fileURLWithPath: CommandLine.arguments[1], isDirectory: true)
do {
  try BenchCheckpoint.prepare(in: folder)
  try ModelBench(folder).run()
} catch {
  FileHandle.standardError.write(Data("sonde-bench: \(error)\n".utf8))
  exit(1)
}
