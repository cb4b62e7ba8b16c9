import Foundation

// sonde-bench FOLDER: writes a random checkpoint of GPT-2 small's shape, unless it is there.
// sonde-bench FOLDER PROGRAM [PYTHON SCRIPT]: sets Sonde's times on it against the machine's limits
// and against the times of other programs, which SCRIPT takes. `sonde-bench similarity PYTHON SCRIPT`
// measures the similarities alone. scripts/bench calls all of them.
func benchmark(_ arguments: [String]) throws {
  let peers =
    arguments.count >= 3
    ? PeerProgram(python: arguments[arguments.count - 2], script: arguments[arguments.count - 1])
    : nil
  if arguments[0] == "similarity", let peers {
    try Rounds.similarities(peers: peers)
    return
  }
  let folder = URL(fileURLWithPath: arguments[0], isDirectory: true)
  try BenchCheckpoint.prepare(in: folder)
  if arguments.count > 1 {
    try Rounds(folder: folder, program: URL(fileURLWithPath: arguments[1]), peers: peers).run()
  }
}

let arguments = Array(CommandLine.arguments.dropFirst())
guard [1, 2, 4].contains(arguments.count) || arguments.count == 3 && arguments[0] == "similarity"
else {
  let usage =
    "usage: sonde-bench FOLDER [PROGRAM [PYTHON SCRIPT]], or sonde-bench similarity PYTHON SCRIPT\n"
  FileHandle.standardError.write(Data(usage.utf8))
  exit(2)
}
do {
  try benchmark(arguments)
} catch {
  FileHandle.standardError.write(Data("sonde-bench: \(error)\n".utf8))
  exit(1)
}
