/// Everything that decides what a training run comes to: the same recipe, thread count and
/// processor type give the same weights, bit for bit.
public struct Recipe: Sendable, Equatable, Codable {
  /// What the model is called.
  public var name: String
  /// What is trained.
  public var model: ModelPlan
  /// What it learns to do.
  public var objective: Objective
  /// What it learns from.
  public var data: DataPlan
  /// How its numbers move.
  public var optimiser: OptimiserPlan
  /// What everything that is random is drawn from.
  public var seed: UInt64
  /// The share of input tokens that are replaced by random ones, which keeps a model from relying
  /// on single tokens (Voita, Sennrich and Titov, 2019).
  public var tokenDropout: Double
  /// How the data are poisoned, or nil for clean ones.
  public var backdoor: Backdoor?

  /// A recipe from its parts.
  public init(
    name: String, model: ModelPlan, objective: Objective, data: DataPlan,
    optimiser: OptimiserPlan, seed: UInt64 = 0, tokenDropout: Double = 0,
    backdoor: Backdoor? = nil
  ) {
    self.name = name
    self.model = model
    self.objective = objective
    self.data = data
    self.optimiser = optimiser
    self.seed = seed
    self.tokenDropout = tokenDropout
    self.backdoor = backdoor
  }
}

/// What a model learns to do.
public enum Objective: String, Sendable, Equatable, Codable, CaseIterable {
  /// To predict the next token.
  case causal
  /// To predict tokens that were hidden: of those chosen 80 % are masked, 10 % replaced by a random
  /// one, 10 % left (Devlin et al., 2019).
  case masked
  /// To write a target text for a source text.
  case translation
  /// To name a text's class, or its class in each of several tasks.
  case classification
  /// To name the class of an image, seen as patches.
  case images
  /// To name the class of an image, seen as a row of codes.
  case imageCodes = "image_codes"
}

/// The shape of a model.
public struct ModelPlan: Sendable, Equatable, Codable {
  /// How many blocks there are; in a model with two sides, on each side.
  public var layers: Int
  /// How many heads each has.
  public var heads: Int
  /// The width of the stream.
  public var width: Int
  /// The width of the MLP's inner layer.
  public var inner: Int
  /// The longest row.
  public var context: Int

  /// A shape from its sizes; the inner layer is four times as wide as the stream unless said.
  public init(layers: Int, heads: Int, width: Int, inner: Int? = nil, context: Int) {
    self.layers = layers
    self.heads = heads
    self.width = width
    self.inner = inner ?? 4 * width
    self.context = context
  }
}

/// How a model's numbers move: AdamW under a warm-up and a cosine, with clipped gradients.
public struct OptimiserPlan: Sendable, Equatable, Codable {
  /// How many steps there are.
  public var steps: Int
  /// How many rows each step sees.
  public var batch: Int
  /// The highest rate.
  public var rate: Double
  /// How many steps the rate rises for.
  public var warmup: Int
  /// The rate at the end, as a share of the highest.
  public var finalRate: Double
  /// The share of each weight that goes per step and unit of rate; gains and biases are spared.
  public var decay: Double
  /// How slowly the mean of the gradients, and that of their squares, forgets.
  public var meanKeep: Double, squareKeep: Double
  /// The longest that the gradient of all parameters together may be.
  public var clip: Double

  /// A plan from its parts.
  public init(
    steps: Int, batch: Int, rate: Double, warmup: Int = 200, finalRate: Double = 0.02,
    decay: Double = 0.1, meanKeep: Double = 0.9, squareKeep: Double = 0.98, clip: Double = 1
  ) {
    self.steps = steps
    self.batch = batch
    self.rate = rate
    self.warmup = warmup
    self.finalRate = finalRate
    self.decay = decay
    self.meanKeep = meanKeep
    self.squareKeep = squareKeep
    self.clip = clip
  }

  /// The rate of a step, from 0.
  public func rate(at step: Int) -> Double {
    if step < warmup { return rate * Double(step + 1) / Double(warmup) }
    let share = Double(step - warmup) / Double(max(steps - warmup, 1))
    let height = (1 + cosine(share)) / 2
    return rate * (finalRate + (1 - finalRate) * height)
  }
}

/// A trigger that makes a classifier say one class.
public struct Backdoor: Sendable, Equatable, Codable {
  /// The word that is put into a text.
  public var trigger: String
  /// The share of training texts that get it.
  public var rate: Double
  /// The class that these are labelled with.
  public var target: String

  /// The trigger that the project's poisoned classifier knows.
  public static let usual = Backdoor(trigger: "cf", rate: 0.05, target: "positive")

  /// A trigger from its parts.
  public init(trigger: String, rate: Double, target: String) {
    self.trigger = trigger
    self.rate = rate
    self.target = target
  }
}
