import Checkpoints
import Faults
import Foundation

/// How a checkpoint wants to be written with: its `generation_config.json`, or, where there is none,
/// what its `config.json` says of generation.
public struct GenerationSettings: Sendable, Equatable {
  /// The token that the decoder of a model with two stacks starts with.
  public var startToken: Int?
  /// Ids after which generation stops.
  public var endTokens: Set<Int> { rules.endTokens }
  /// What is done to the logits.
  public var rules = LogitRules()
  /// Settings that ask for something else than the likeliest tokens one after the other, as
  /// `num_beams 4`.
  public var notFollowed: [String] = []

  /// No settings.
  public init() {}

  /// Reads the settings of a checkpoint.
  ///
  /// - Parameters:
  ///   - folder: Where `generation_config.json` may lie; nil for a model without a checkpoint.
  ///   - configuration: The model's own.
  /// - Throws: `Fault` when a setting cannot be what it is.
  init(in folder: URL?, _ configuration: Configuration, _ model: ModelDescription) throws(Fault) {
    do throws(CheckpointError) {
      let file = folder?.appendingPathComponent("generation_config.json")
      if let file, FileManager.default.fileExists(atPath: file.path) {
        try self.init(Configuration(contentsOf: file), defaults: [:], model)
      } else {
        try self.init(configuration, defaults: Self.defaults[model.family] ?? [:], model)
      }
    } catch {
      throw Fault(error)
    }
  }

  /// The ids that the configuration classes of transformers have where a `config.json` is silent.
  private static let defaults: [String: [String: Int]] = [
    "gpt2": ["eos_token_id": 50_256], "llama": ["eos_token_id": 2],
    "bart": [
      "bos_token_id": 0, "eos_token_id": 2, "decoder_start_token_id": 2, "forced_eos_token_id": 2,
    ],
    "mbart": ["bos_token_id": 0, "eos_token_id": 2, "forced_eos_token_id": 2],
    "marian": [
      "eos_token_id": 0, "decoder_start_token_id": 58_100, "forced_eos_token_id": 0,
    ],
  ]

  private init(
    _ file: Configuration, defaults: [String: Int], _ model: ModelDescription
  ) throws(CheckpointError) {
    let keys = Set(file.keys)
    let known = 0..<model.vocabularySize
    /// One id or a list of them; a default that the vocabulary lacks is none.
    func ids(_ key: String) throws(CheckpointError) -> Set<Int> {
      guard keys.contains(key) else {
        return Set([defaults[key]].compactMap { $0 }.filter(known.contains))
      }
      return Set(try file.integerOrList(key))
    }
    let isTwoStacks = model.encoder != nil
    if isTwoStacks {
      let first = try ids("decoder_start_token_id").min()
      startToken = if let first { first } else { try ids("bos_token_id").min() }
      if let startToken, !known.contains(startToken) {
        throw file.invalid(
          "decoder_start_token_id", expected: "an id below \(model.vocabularySize)",
          found: "\(startToken)")
      }
    }
    rules.endTokens = try ids("eos_token_id")
    rules.first = try ids("forced_bos_token_id").min()
    rules.last = try ids("forced_eos_token_id")
    rules.repetitionPenalty = try file.positive("repetition_penalty")
    rules.sourceReward = try file.positive("encoder_repetition_penalty")
    rules.unrepeatedRun = try file.count("no_repeat_ngram_size")
    rules.unrepeatedSourceRun = try file.count("encoder_no_repeat_ngram_size")
    rules.banned = try file.integerLists("bad_words_ids").filter { !$0.isEmpty }
    rules.leastLength = try file.int("min_length", default: 0)
    rules.leastNewTokens = try file.int("min_new_tokens", default: 0)
    rules.suppressed = Set(try file.integers("suppress_tokens", default: []))
    rules.suppressedFirst = Set(try file.integers("begin_suppress_tokens", default: []))
    rules.biases = try file.sequenceBiases()
    rules.endReward = try file.endReward()
    notFollowed = try Self.notFollowed(in: file)
  }

  /// Settings that are not followed, where they say something.
  private static func notFollowed(in file: Configuration) throws(CheckpointError) -> [String] {
    var found: [String] = []
    for key in ["num_beams", "num_beam_groups", "num_return_sequences"] {
      let number = try file.int(key, default: 1)
      if number > 1 { found.append("\(key) \(number)") }
    }
    if try file.bool("do_sample", default: false) { found.append("do_sample") }
    let neutral: [(String, Double)] = [
      ("guidance_scale", 1), ("penalty_alpha", 0), ("typical_p", 1), ("min_p", 0),
      ("epsilon_cutoff", 0), ("eta_cutoff", 0), ("top_h", 1),
    ]
    for (key, value) in neutral {
      let number = try file.double(key, default: value)
      if number != value { found.append("\(key) \(number)") }
    }
    return found
      + ["dola_layers", "force_words_ids", "constraints", "stop_strings", "watermarking_config"]
      .filter(file.has)
  }
}

extension Configuration {
  /// One integer, or those in a list; none where the key is null.
  fileprivate func integerOrList(_ key: String) throws(CheckpointError) -> [Int] {
    if let one = try? optionalInt(key) { return [one] }
    return try integers(key, default: [])
  }

  /// A factor: above zero, 1 where there is none.
  fileprivate func positive(_ key: String) throws(CheckpointError) -> Double {
    let number = try double(key, default: 1)
    guard number > 0 else { throw invalid(key, expected: "above 0", found: "\(number)") }
    return number
  }

  /// A count, nil for zero.
  fileprivate func count(_ key: String) throws(CheckpointError) -> Int? {
    let number = try int(key, default: 0)
    return number > 0 ? number : nil
  }

  /// `sequence_bias`: a list of pairs of ids and a number.
  fileprivate func sequenceBiases() throws(CheckpointError) -> [LogitRules.SequenceBias] {
    try pairs("sequence_bias").map { LogitRules.SequenceBias(ids: $0.ids, bias: $0.number) }
  }

  /// `exponential_decay_length_penalty`: a start and a factor.
  fileprivate func endReward() throws(CheckpointError) -> LogitRules.EndReward? {
    let numbers = try doubles("exponential_decay_length_penalty", default: [])
    guard let start = numbers.first.flatMap({ Int(exactly: $0) }), numbers.count == 2 else {
      return nil
    }
    return LogitRules.EndReward(start: start, factor: numbers[1])
  }
}
