import Faults
import Foundation
import Language
import Transformers

/// Where `load` looks for a model: built-in names, folders, files, and the Hugging Face cache.
struct ModelLocations: Sendable {
  /// The names of the models that need no file of the user's: trained ones, and one that is made in
  /// memory.
  static var builtInNames: [String] { BuiltInModels.own.names + ["random-tiny"] }

  private let options: Interpreter.Options
  private let environment: [String: String]

  init(
    _ options: Interpreter.Options,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    self.options = options
    self.environment = environment
  }

  /// The model of a name or path.
  func model(_ name: String) throws(Failure) -> Model {
    if name == "random-tiny" {
      return try faultsAsFailures { () throws(Fault) in try .randomTiny() }
    }
    let folder = try folder(name)
    return try faultsAsFailures("source") { () throws(Fault) in try Model(contentsOf: folder) }
  }

  private func folder(_ name: String) throws(Failure) -> URL {
    let path = URL(fileURLWithPath: options.located(name))
    var isFolder: ObjCBool = false
    if !name.isEmpty, FileManager.default.fileExists(atPath: path.path, isDirectory: &isFolder) {
      try options.checkReading(path.path, named: name, argument: "source")
      if isFolder.boolValue { return path }
      guard ["safetensors", "json"].contains(path.pathExtension) else {
        throw Failure(
          "not-a-checkpoint", "\(name) is neither a folder nor a .safetensors file",
          argument: "source", help: "give the folder that holds config.json and the weights")
      }
      return path.deletingLastPathComponent()
    }
    if let own = BuiltInModels.own.place(of: name) { return own }
    if let snapshot = try cachedSnapshot(name) {
      try options.checkReading(snapshot.path, named: name, argument: "source")
      return snapshot
    }
    let known =
      Self.builtInNames + (options.readableFolders == nil ? neighbours(of: path, as: name) : [])
      + cachedNames
    throw Failure(
      "model-not-found", "there is no model \"\(name)\"", argument: "source",
      notes: ["looked for a folder \(path.path), and in \(hub.path)"],
      help: Suggestion.near(name, among: known).first.map { "did you mean \"\($0)\"?" }
        ?? Self.advice(name))
  }

  /// What to do about a name that nothing bears: how to get it, if it may be one of the hub's.
  private static func advice(_ name: String) -> String {
    guard isHubName(name) else {
      return "give a folder with config.json and safetensors, or a model of   models()"
    }
    return "nothing is downloaded here: `hf download \(name)` puts it into that cache; or give a "
      + "folder with config.json, safetensors and the tokenizer's files; `models` lists what is there"
  }

  /// Whether a name could be one of the Hugging Face hub: a word, or an owner's and a word.
  static func isHubName(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return (1...2).contains(parts.count)
      && parts.allSatisfy { part in
        part.first?.isLetter == true || part.first?.isNumber == true
      } && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./".contains($0)) }
  }

  /// What lies beside a path that does not exist, written as the path was.
  private func neighbours(of path: URL, as name: String) -> [String] {
    let parent = path.deletingLastPathComponent()
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent.path)) ?? []
    let prefix = name.lastIndex(of: "/").map { String(name[...$0]) } ?? ""
    return names.sorted().prefix(1_000).map { prefix + $0 }
  }
}

extension ModelLocations {
  /// The Hugging Face cache.
  private var hub: URL {
    if let hub = environment["HF_HUB_CACHE"] { return URL(fileURLWithPath: hub) }
    if let home = environment["HF_HOME"] {
      return URL(fileURLWithPath: home).appendingPathComponent("hub")
    }
    return URL(fileURLWithPath: HomeFolder.path(environment)).appendingPathComponent(
      ".cache/huggingface/hub")
  }

  /// The models in the Hugging Face cache, as `organisation/name`.
  var cachedNames: [String] {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: hub.path)) ?? []
    return entries.filter { $0.hasPrefix("models--") }.sorted().map {
      $0.dropFirst("models--".count).replacingOccurrences(of: "--", with: "/")
    }
  }

  /// The newest snapshot of a cached model, or nil when the cache does not have it.
  private func cachedSnapshot(_ name: String) throws(Failure) -> URL? {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let isName = (1...2).contains(parts.count) && parts.allSatisfy { !$0.isEmpty && $0 != ".." }
    guard isName else { return nil }
    let folder = hub.appendingPathComponent("models--" + parts.joined(separator: "--"))
    guard FileManager.default.fileExists(atPath: folder.path) else { return nil }
    let reference = folder.appendingPathComponent("refs/main")
    if let text = try? String(contentsOf: reference, encoding: .utf8) {
      let revision = text.trimmingCharacters(in: .whitespacesAndNewlines)
      let snapshot = folder.appendingPathComponent("snapshots").appendingPathComponent(revision)
      if !revision.isEmpty, !revision.contains("/"),
        FileManager.default.fileExists(atPath: snapshot.path)
      {
        return snapshot
      }
    }
    throw Failure(
      "not-a-checkpoint", "the cache has \"\(name)\", but not its main revision",
      argument: "source", notes: ["looked for \(reference.path) and the snapshot that it names"],
      help: "give the folder of a snapshot")
  }
}
