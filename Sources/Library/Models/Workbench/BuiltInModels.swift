import Foundation
import Training

/// The trained models that come with the program: a folder each, with a card.
struct BuiltInModels: Sendable {
  /// The folder that holds their folders, or nil where the program was put somewhere without them.
  let folder: URL?

  /// Those that belong to the running program.
  static let own = BuiltInModels(
    program: (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments.first ?? "")

  /// How many folders up a checkout may lie above the program that was built in it.
  private static let mostLevels = 6

  /// - Parameter program: The path of the program: the models lie beside it, under its install
  ///   prefix, or in the checkout that it was built in.
  init(program: String) {
    let place = URL(fileURLWithPath: program).deletingLastPathComponent()
    var candidates = [
      place.appendingPathComponent("models"),
      place.deletingLastPathComponent().appendingPathComponent("share/sonde/models"),
    ]
    var parent = place
    for _ in 0..<Self.mostLevels {
      candidates.append(parent.appendingPathComponent("examples/models"))
      parent.deleteLastPathComponent()
    }
    folder = candidates.first { candidate in
      FileManager.default.fileExists(atPath: candidate.appendingPathComponent(Self.landmark).path)
    }
  }

  private static let landmark = "tiny-lm/config.json"

  /// The names, in order.
  var names: [String] {
    guard let folder else { return [] }
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return entries.sorted().filter { self.place(of: $0) != nil }
  }

  /// The folder of a model, or nil where there is none of that name.
  func place(of name: String) -> URL? {
    guard let folder, !name.isEmpty, !name.contains("/"), !name.hasPrefix(".") else { return nil }
    let place = folder.appendingPathComponent(name)
    let isThere = FileManager.default.fileExists(
      atPath: place.appendingPathComponent("config.json").path)
    return isThere ? place : nil
  }

  /// What a model says of itself.
  func card(of name: String) -> ModelCard? { place(of: name).flatMap(ModelCard.init(in:)) }

  /// The size of a model's files, in bytes.
  func size(of name: String) -> Int {
    guard let place = place(of: name),
      let files = try? FileManager.default.contentsOfDirectory(
        at: place, includingPropertiesForKeys: [.fileSizeKey])
    else { return 0 }
    return files.reduce(0) { sum, file in
      sum + ((try? file.resourceValues(forKeys: [.fileSizeKey]))?.fileSize ?? 0)
    }
  }
}
