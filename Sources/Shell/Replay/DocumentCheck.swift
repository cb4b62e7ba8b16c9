import Foundation
import Language

/// `sonde replay` and `sonde check`: documents run again, and what differs is shown.
struct DocumentCheck {
  let program: Program
  let invocation: Invocation

  private static let largestDocument = 50_000_000
  private static let interrupted: Int32 = 130

  /// Replays one document.
  ///
  /// Gives the exit status.
  func replay(_ path: String) -> Int32 {
    Signals.install(isInteractive: false)
    switch FileText.text(path, limit: Self.largestDocument) {
    case .failure(let problem): return complain(problem.message)
    case .success(let text):
      if ProbeBlock.all(in: text).isEmpty {
        return complain("`\(path)` has no `probe` blocks: it is no transcript")
      }
      return compare(path, text)
    }
  }

  /// Replays every document and runs every script at some paths.
  ///
  /// Gives the exit status.
  func check(_ paths: [String]) -> Int32 {
    Signals.install(isInteractive: false)
    var status: Int32 = 0
    for path in paths {
      guard let files = files(at: path) else {
        status = complain("there is no `\(path)`")
        continue
      }
      for file in files {
        let result = file.hasSuffix(".probe") ? runScript(file) : checkDocument(file)
        if result == Self.interrupted { return result }
        status = max(status, result)
      }
    }
    return status
  }

  /// The file itself, or all documents and scripts in a folder; nil when nothing is there.
  private func files(at path: String) -> [String]? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
    if !isFolder.boolValue { return [path] }
    let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".md") || $0.hasSuffix(".probe") }.sorted().map {
      path + "/" + $0
    }
  }

  private func checkDocument(_ path: String) -> Int32 {
    switch FileText.text(path, limit: Self.largestDocument) {
    case .failure(let problem): complain(problem.message)
    case .success(let text): ProbeBlock.all(in: text).isEmpty ? 0 : compare(path, text)
    }
  }

  private var report: ReplayReport { ReplayReport(isJSON: invocation.isJSON) }

  private func compare(_ path: String, _ text: String) -> Int32 {
    let replay = DocumentReplay(program: program, invocation: invocation, document: text)
    var count = 0
    let isDone = ScratchFolder.with { scratch in
      replay.run(scratch: scratch) { difference in
        count += 1
        report.difference(difference, in: path)
      }
    }
    guard isDone else { return Self.interrupted }
    report.document(path, inputs: replay.blocks.count, different: count)
    return count == 0 ? 0 : 1
  }

  private func runScript(_ path: String) -> Int32 {
    guard case .success(let bytes) = FileText.bytes(path, limit: Source.largestSize) else {
      return complain("cannot read `\(path)`")
    }
    var options = invocation.interpreterOptions
    let outcome = ScratchFolder.with { scratch in
      options.scratchDirectory = scratch
      let session = Session(
        program.makeEngine(EngineSettings(invocation)),
        header: DocumentHeader(version: program.version), options: options,
        interruption: Signals.interruption, screen: nil)
      let folder = (path as NSString).deletingLastPathComponent
      return session.run(Source(name: path, bytes: bytes, folder: folder), mode: .script)
    }
    if outcome.isInterrupted { return Self.interrupted }
    let status = outcome.leaving ?? (outcome.isSuccess ? 0 : 1)
    report.script(path, outcome.errors, hasRun: status == 0)
    return status
  }

  private func complain(_ message: String) -> Int32 {
    StandardStream.output.flush()
    StandardStream.error.write(
      invocation.isJSON
        ? Diagnostic("cannot-read", message).json.text + "\n" : "sonde: \(message)\n")
    return 1
  }
}
