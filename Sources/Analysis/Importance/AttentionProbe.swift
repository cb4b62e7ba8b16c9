import Faults
import Statistics
import Tensors
import Transformers

/// How much syntax all heads hold together, beside baselines without attention.
///
/// Probes find each word's head by attention alone (Clark et al. 2019, What Does BERT Look At?, section
/// 5).
/// `attention` weighs each head's attention to the candidate and from it; in `attention and vectors`
/// what the two words are, as they enter the first layer, decides the weights; `distances and vectors`
/// knows these vectors and how far apart the words stand. Scores count how many words, punctuation left
/// out, get their head (UAS), in texts that no probe learnt from.
public struct AttentionProbe: Sendable {
  /// How it is done.
  public struct Settings: Sendable, Hashable {
    /// How often a probe sees each sentence.
    public var epochs = 5
    /// How far a step of Adam goes.
    public var rate = 0.002
    /// How many tanh units the baseline has.
    public var hidden = 256
    /// The share of the texts that are kept for the scores.
    public var testShare = 0.25
    /// Whether the same is done with random numbers in the model's place.
    public var hasControl = true
    /// What everything random is drawn from.
    public var seed: UInt64 = 0

    /// One sentence a step and a rate of 0.002, as published; more epochs than the published one, for
    /// fewer sentences.
    public init() {}
  }

  /// What one way of finding heads reaches.
  public struct Score: Sendable {
    /// What it is.
    public let name: String
    /// The share of words that get their head, with its interval over texts.
    public let accuracy: Estimate
  }

  /// The scores: probes, the same with random weights, and baselines.
  public private(set) var scores: [Score] = []
  /// How many sentences the probes learnt from.
  public private(set) var learnt = 0
  /// How many sentences and words the scores are of.
  public private(set) var sentences = 0, words = 0

  private let settings: Settings
  private let textCount: Int
  private let testTexts: Set<Int>

  /// Trains and scores.
  ///
  /// - Parameter progress: Called with the share that is done.
  /// - Throws: `Fault` when no sentence has a tree, there are fewer than two texts with one, or a
  ///   text does not fit the model; and what `progress` throws.
  public init(
    _ rows: [AnnotatedRow], heads: HeadSelection, settings: Settings = Settings(),
    with experiment: Experiment, progress: (Double) throws(Fault) -> Void = { _ in }
  ) throws(Fault) {
    guard !heads.isCross else {
      throw Fault(
        "wrong-address", "words choose heads among words of their own sentence",
        help: "take heads that look at their own side, such as   enc.L*.H*")
    }
    self.settings = settings
    textCount = rows.count
    let phases = settings.hasControl ? 2.0 : 1.0
    let own = try DependencySentences(rows, heads: heads, with: experiment) {
      done throws(Fault) in
      try progress(0.2 * Double(done) / Double(rows.count) / phases)
    }
    let texts = Array(Set(own.sentences.map(\.text))).sorted()
    var random = SeededGenerator(seed: settings.seed, name: "split")
    let held = Int((Double(texts.count) * settings.testShare).rounded(.up))
    guard held > 0, held < texts.count else {
      throw Fault(
        "too-few-texts",
        "texts with trees: \(texts.count), too few to learn from some and score others",
        help: "give more texts")
    }
    testTexts = Set(texts.shuffled(using: &random).prefix(held))
    learnt = own.sentences.count { !testTexts.contains($0.text) }
    let test = own.sentences.filter { testTexts.contains($0.text) }
    sentences = test.count
    words = test.reduce(0) { $0 + $1.group.choices.count { $0 != nil } }
    try learn(own, heads, "", isWhole: true) { share throws(Fault) in
      try progress((0.2 + 0.8 * share) / phases)
    }
    if settings.hasControl {
      let control = try experiment.randomised(seed: settings.seed)
      let other = try DependencySentences(rows, heads: heads, with: control) {
        done throws(Fault) in
        try progress(0.5 + 0.1 * Double(done) / Double(rows.count))
      }
      try learn(other, heads, ", random weights", isWhole: false) { share throws(Fault) in
        try progress(0.6 + 0.4 * share)
      }
    }
    for (name, offset) in [("head is the next word", 1), ("head is the word before", -1)] {
      add(name, test) { OffsetChoice(offset: offset).picks($0) }
    }
  }

  /// Trains the probes on the links of one model.
  private mutating func learn(
    _ data: DependencySentences, _ heads: HeadSelection, _ suffix: String, isWhole: Bool,
    progress: (Double) throws(Fault) -> Void
  ) throws(Fault) {
    let (gates, anchors) = (2 * heads.count, data.anchorCount)
    let scaled = data.scaled
    let width = scaled.first?.group.width ?? 0
    let rate = settings.rate
    try train(
      GatedChoice(gates: gates, anchors: anchors, rate: rate), "attention" + suffix, scaled
    ) { share throws(Fault) in try progress(0.3 * share) }
    try train(
      GatedChoice(gates: gates, anchors: anchors, width: width, rate: rate),
      "attention and vectors" + suffix, scaled
    ) { share throws(Fault) in try progress((isWhole ? 0.3 : 0.7) * share + 0.3) }
    guard isWhole else { return }
    try train(
      PerceptronChoice(width: width, hidden: settings.hidden, rate: rate, seed: settings.seed),
      "distances and vectors", scaled
    ) { share throws(Fault) in try progress(0.6 + 0.4 * share) }
  }

  private mutating func train(
    _ model: some ChoiceModel, _ name: String, _ sentences: [DependencySentences.Sentence],
    progress: (Double) throws(Fault) -> Void
  ) throws(Fault) {
    var model = model
    var training = sentences.filter { !testTexts.contains($0.text) }
    var random = SeededGenerator(seed: settings.seed, name: name)
    var step = 0
    for _ in 0..<settings.epochs {
      training.shuffle(using: &random)
      for sentence in training {
        if step % 16 == 0 { try progress(Double(step) / Double(settings.epochs * training.count)) }
        _ = model.learn(sentence.group)
        step += 1
      }
    }
    add(name, sentences.filter { testTexts.contains($0.text) }) { model.picks($0) }
  }

  /// Scores the heads that `picks` gives to the words of sentences.
  private mutating func add(
    _ name: String, _ sentences: [DependencySentences.Sentence],
    picks: (ChoiceGroup) -> [ChoiceGroup.Choice]
  ) {
    var right = [Double](repeating: 0, count: textCount)
    var all = right
    for sentence in sentences {
      for (picked, choice) in zip(picks(sentence.group), sentence.group.choices) {
        guard let choice else { continue }
        all[sentence.text] += 1
        if picked == choice { right[sentence.text] += 1 }
      }
    }
    let texts = testTexts.sorted()
    scores.append(
      Score(
        name: name,
        accuracy: Bootstrap.ratio(
          texts.map { right[$0] }, texts.map { all[$0] }, seed: settings.seed)))
  }
}

/// The word so many places away; nobody, where there is none.
private struct OffsetChoice {
  let offset: Int

  func picks(_ group: ChoiceGroup) -> [ChoiceGroup.Choice] {
    (0..<group.count).map { word in
      (0..<group.count).contains(word + offset)
        ? .member(word + offset) : ChoiceGroup.Choice.nobody
    }
  }
}

extension DependencySentences {
  /// The sentences with vectors whose numbers have a mean square of one, so that the rate fits every
  /// model.
  var scaled: [Sentence] {
    var (sum, count) = (0.0, 0)
    for sentence in sentences {
      for number in sentence.group.vectors { sum += Double(number * number) }
      count += sentence.group.vectors.count
    }
    let length = (sum / Double(max(count, 1))).squareRoot()
    guard length > 1e-12 else { return sentences }
    return sentences.map { sentence in
      Sentence(
        text: sentence.text,
        group: ChoiceGroup(
          count: sentence.group.count, gates: sentence.group.gates,
          anchors: sentence.group.anchors,
          vectors: sentence.group.vectors.map { $0 / Float(length) },
          choices: sentence.group.choices))
    }
  }
}
