import Checkpoints
import Faults
import Foundation
import Synchronization
import Tensors
import Tokenizers

/// A model that can be run: its description, and its tokenizer and numbers once someone asks.
///
/// Opening one checks every tensor's name and shape but reads no numbers.
public final class Model: Sendable {
  /// What people call it: the folder's name, or a built-in name.
  public let name: String
  /// The checkpoint, or nil for a model that is made in memory.
  public let checkpoint: Checkpoint?
  /// What the model is.
  public let description: ModelDescription
  /// How the checkpoint wants to be written with.
  public let generation: GenerationSettings
  /// Every tensor that the model reads, in the shape in which it is used.
  public let tensors: [RequiredTensor]
  /// What the checkpoint holds besides.
  public let unused: Unused
  private let names: WeightNames
  private let source: any WeightSource
  private let rotaries = RotaryTables()
  private let loaded = Mutex(Loaded())
  private let isUsed = Atomic(false)
  private static let uses = Atomic(0)

  /// How often the weights of any model were asked for: where it has not grown, `verifyUse` has
  /// nothing to do.
  public static var useCount: Int { uses.load(ordering: .relaxed) }

  private struct Loaded {
    var single: Weights<Float>?
    var double: Weights<Double>?
    var tokenizer: Result<Tokenizer?, Fault>?
  }

  /// Opens the checkpoint in a folder.
  ///
  /// - Throws: `Fault` that says what is wrong with which file.
  public convenience init(contentsOf folder: URL) throws(Fault) {
    let checkpoint: Checkpoint
    do {
      checkpoint = try Checkpoint(contentsOf: folder)
    } catch {
      throw Fault(error)
    }
    let configuration = checkpoint.configuration
    let family = try Families.family(of: configuration)
    try self.init(
      name: folder.standardizedFileURL.lastPathComponent, family: family,
      configuration: configuration, source: checkpoint, checkpoint: checkpoint, tokenizer: nil)
  }

  /// A model of a family whose numbers come from anywhere.
  ///
  /// - Throws: `Fault` when the configuration cannot be read or tensors are missing.
  public init(
    name: String, family: Family, configuration: Configuration, source: any WeightSource,
    checkpoint: Checkpoint?, tokenizer: Tokenizer?
  ) throws(Fault) {
    let tensorNames = family.tensorNames(in: source)
    try checkpoint?.refuseQuantised()
    let consulted = ConsultedKeys()
    description = try family.describe(configuration.recording(in: consulted), tensorNames)
    names = family.names(description, tensorNames)
    let source = ReshapedWeights(source: source, shapes: names.storedShapes)
    try names.check(source, for: description)
    tensors = names.required(by: description)
    try checkpoint?.refuseCodes(among: tensors.map(\.name))
    unused =
      checkpoint.map { [tensors] in
        Unused(
          of: $0, read: Set(tensors.map(\.name)), family: family, configuration: configuration,
          consulted: consulted)
      } ?? Unused()
    generation = try GenerationSettings(in: checkpoint?.folder, configuration, description)
    self.name = name
    self.source = source
    self.checkpoint = checkpoint
    if let tokenizer { loaded.withLock { $0.tokenizer = .success(tokenizer) } }
  }

  private init(_ other: Model, source: any WeightSource, name: String) {
    self.name = name
    self.source = source
    checkpoint = other.checkpoint
    description = other.description
    names = other.names
    tensors = other.tensors
    unused = other.unused
    generation = other.generation
    let tokenizer = other.loaded.withLock { $0.tokenizer }
    loaded.withLock { $0.tokenizer = tokenizer }
  }

  /// The same model, tokenizer included, with random numbers instead of its own: what a measurement
  /// gives where nothing was learnt.
  ///
  /// The numbers are those of `SeededWeights`: the same seed gives the same ones. The folder of the
  /// checkpoint is kept, since the tokenizer is read from there.
  public func randomised(seed: UInt64) -> Model {
    Model(
      self, source: SeededWeights(tensors, seed: seed), name: "\(name) with random weights")
  }

  /// The shapes in which tensors are stored, for those that are used in another one.
  public var storedShapes: [String: StoredShape] { names.storedShapes }

  /// The folder of the checkpoint.
  public var folder: URL? { checkpoint?.folder }

  /// How many numbers the model has.
  public var parameterCount: Int {
    tensors.reduce(0) { $0 + $1.shape.reduce(1, *) }
  }

  /// The tokenizer, read when it is first asked for; nil where the checkpoint has none.
  ///
  /// - Throws: `Fault` when there is one that cannot be read.
  public func tokenizer() throws(Fault) -> Tokenizer? {
    let result = loaded.withLock { loaded in
      if let known = loaded.tokenizer { return known }
      let result = readTokenizer()
      loaded.tokenizer = result
      return result
    }
    return try result.get()
  }

  private func readTokenizer() -> Result<Tokenizer?, Fault> {
    guard let folder else { return .success(nil) }
    let files = ["tokenizer.json", "vocab.json", "vocab.txt"]
    let isThere = files.contains { file in
      FileManager.default.fileExists(atPath: folder.appendingPathComponent(file).path)
    }
    guard isThere else { return .success(nil) }
    do {
      return .success(try Tokenizer(contentsOf: folder))
    } catch {
      return .failure(Fault("bad-tokenizer", "\(error)"))
    }
  }

  /// The numbers in single precision, read when they are first asked for.
  ///
  /// - Throws: `Fault` when they cannot be read.
  public func singleWeights() throws(Fault) -> Weights<Float> {
    if let weights = loaded.withLock({ $0.single }) { return weights }
    let weights: Weights<Float> = try read()
    loaded.withLock { $0.single = weights }
    return weights
  }

  /// The numbers in double precision, read when they are first asked for.
  ///
  /// - Throws: `Fault` when they cannot be read.
  public func doubleWeights() throws(Fault) -> Weights<Double> {
    if let weights = loaded.withLock({ $0.double }) { return weights }
    let weights: Weights<Double> = try read()
    loaded.withLock { $0.double = weights }
    return weights
  }

  private func read<Element: Scalar>() throws(Fault) -> Weights<Element> {
    try weights(reading: source)
  }

  private func weights<Element: Scalar>(reading source: any WeightSource)
    throws(Fault) -> Weights<Element>
  {
    try WeightLoader(
      stored: StoredTensors(source), rotaries: rotaries, description: description, names: names
    ).weights()
  }

  /// Notes that somebody computes with the weights, whose files must be as they were opened.
  func markUse() throws(Fault) {
    isUsed.store(true, ordering: .relaxed)
    Self.uses.add(1, ordering: .relaxed)
    try verify()
  }

  /// Makes sure that what was computed since the last call counts: that nobody has written into the
  /// weight files meanwhile.
  ///
  /// - Throws: `file-changed`, with the file's name.
  public func verifyUse() throws(Fault) {
    if isUsed.exchange(false, ordering: .relaxed) { try verify() }
  }

  /// Makes sure that the weight files are as they were when they were opened.
  ///
  /// - Throws: `file-changed`, with the file's name.
  public func verify() throws(Fault) {
    do { try checkpoint?.verify() } catch { throw Fault(error) }
  }

  /// The same model with other numbers: each stored tensor is asked for once, and not copied.
  ///
  /// Training makes its weights of every step so, from tensors that lie in memory.
  ///
  /// - Throws: `Fault` when tensors are missing, have another shape, or cannot be read.
  public func weights<Element: Scalar>(
    from source: some WeightSource, as type: Element.Type = Element.self
  ) throws(Fault) -> Weights<Element> {
    let source = ReshapedWeights(source: source, shapes: names.storedShapes)
    try names.check(source, for: description)
    return try weights(reading: source)
  }
}
