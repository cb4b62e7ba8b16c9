import Checkpoints
import Faults
import Foundation
import Tensors
import Tokenizers
import Transformers

/// A trained model as a folder in the Hugging Face layout: half-precision weights, `config.json`,
/// the tokenizer, and a card.
public struct TrainedModel {
  /// The files by name, but for the weights.
  private let files: [String: Data]
  private let weights: [SafetensorsFile.Entry]
  private let codebook: SafetensorsFile.Entry?
  /// What the folder says of itself.
  public var card: ModelCard

  /// The name under which the card lies in the folder.
  public static let cardName = "sonde.json"
  /// The name under which the codebook of a model that reads codes of images lies there.
  public static let codebookName = "codebook.safetensors"

  init(setup: TrainingSetup, store: ParameterStore, card: ModelCard) throws(Fault) {
    var files = setup.files
    files["config.json"] = setup.trainable.configuration
    self.files = files
    let shapes = setup.trainable.model.storedShapes
    weights = zip(store.names, store.tensors).map { name, tensor in
      let stored = shapes[name].map { shape in
        tensor.reshaped(shape.stored.map { _ in "stored" }, shape.stored)
      }
      return SafetensorsFile.Entry(halving: stored ?? tensor, as: name)
    }
    codebook = setup.codes.map { SafetensorsFile.Entry("centres", $0.codebook.centres) }
    self.card = card
  }

  /// Checks that a folder may be written: nothing is there, or a model that may be replaced.
  ///
  /// - Throws: `Fault` that says what is there.
  static func checkReplacing(_ folder: URL, overwrite: Bool) throws(Fault) {
    let manager = FileManager.default
    guard manager.fileExists(atPath: folder.path) else { return }
    guard overwrite else {
      throw Fault(CheckpointError.alreadyExists(file: folder))
    }
    guard manager.fileExists(atPath: folder.appendingPathComponent(cardName).path) else {
      throw Fault(
        "not-replaced", "\(folder.path) is there already, and no model that was trained here",
        help: "train to another folder, or remove that one")
    }
    do { try FinishedFolder.checkReplacing(folder, overwrite: true) } catch { throw Fault(error) }
  }

  /// Puts the folder in its place, whole or not at all.
  ///
  /// - Parameter overwrite: Whether a folder that is already there may be replaced.
  /// - Throws: `Fault` when something is there that must stay, or the disk is full.
  public func write(to folder: URL, overwrite: Bool) throws(Fault) {
    try Self.checkReplacing(folder, overwrite: overwrite)
    do {
      try FinishedFolder.write(to: folder, overwrite: overwrite) { place throws(CheckpointError) in
        for (name, data) in files.sorted(by: { $0.key < $1.key }) {
          try AtomicFile.save(data, to: place.appendingPathComponent(name), overwrite: false)
        }
        try AtomicFile.save(
          card.data, to: place.appendingPathComponent(Self.cardName), overwrite: false)
        if let codebook {
          try SafetensorsFile.write([codebook], to: place.appendingPathComponent(Self.codebookName))
        }
        try SafetensorsFile.write(
          weights, metadata: ["format": "pt"],
          to: place.appendingPathComponent("model.safetensors"))
      }
    } catch {
      throw Fault(error)
    }
  }
}
