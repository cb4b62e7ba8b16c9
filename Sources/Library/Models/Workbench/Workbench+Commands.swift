import Language

extension Workbench {
  /// Every command that works on models, in the order in which help lists them.
  public var commands: [Builtin] {
    modelCommands + promptCommands + runningCommands + metricCommands + interventionCommands
      + sweepCommands + readingCommands + trainingCommands + dataCommands + similarityCommands
      + representationCommands + embeddingCommands + attentionCommands + importanceCommands
      + headCommands + reportCommands
  }
}

extension Family {
  /// Loading models and choosing between them.
  public static let models = Family("models", "Models")
  /// What goes into a model.
  public static let prompts = Family("prompts", "Prompts")
  /// Running a model and looking inside.
  public static let running = Family("running", "Running and looking")
  /// Numbers that are read off a run.
  public static let metrics = Family("metrics", "Metrics")
  /// Changes of a model's inner workings.
  public static let interventions = Family("interventions", "Interventions")
  /// Making models.
  public static let training = Family("training", "Training")
  /// Texts with their annotation, and what is gathered from runs on them.
  public static let data = Family("data", "Corpora and activations")
  /// What vectors hold.
  public static let representations = Family("representations", "Representations")
  /// What heads look at, and what they do.
  public static let heads = Family("heads", "Attention and heads")
  /// Many runs at once, and what they go over.
  public static let sweeps = Family("sweeps", "Sweeps and addresses")
}
