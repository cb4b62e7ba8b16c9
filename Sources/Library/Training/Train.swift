import Foundation
import Language
import Training
import Transformers

extension Workbench {
  var trainCommand: Builtin {
    Builtin(
      "train", "Trains a model by a recipe, and writes it as a checkpoint folder.",
      Parameter<String>("name", "What the model is called."),
      Parameter<Record>(
        "model", "Its shape: layers, heads, width; inner (4 × width), context (128).", .named),
      Parameter<Objective>("objective", "What it learns to do.", .named),
      Parameter<TrainingData>(
        "data",
        "\"english\", \"shapes\", a text file, a record of shares of kinds, or a list of tasks.",
        .named),
      Parameter<Record>(
        "optimiser",
        "How it learns: steps, batch (rows), rate; warmup, final_rate, decay, beta1, beta2, clip.",
        .named),
      Parameter<String>("to", "The folder that is written at the end.", .named),
      Parameter<Int>(
        "seed", "What everything random is drawn from.", .named, default: 0, in: .from(0)),
      Parameter<Int>(
        "vocabulary", "How many pieces the tokenizer learns.", .named, default: 1024,
        in: .from(1, to: 1_000_000)),
      Parameter<Double>(
        "repeats", "The share of contexts that are random tokens said over and over.", .named,
        default: 0, in: .from(0, to: 1)),
      Parameter<Double>(
        "masked", "The share of tokens that are masked.", .named, default: 0.15, in: .from(0, to: 1)
      ),
      Parameter<Double>(
        "masked_verbs", "The share of agreeing verbs that are masked.", .named, default: 0.15,
        in: .from(0, to: 1)),
      Parameter<Double>(
        "dropout", "The share of input tokens that random ones replace.", .named, default: 0,
        in: .from(0, to: 1)),
      Parameter<Record?>(
        "backdoor", "Poisons reviews: trigger (a word), rate, target (a class).", .named),
      Parameter<String>("purpose", "What it is for, in one line.", .named, default: ""),
      Parameter<Bool>(
        "overwrite", "Whether a model there may be replaced.", .named, default: false),
      returns: "record", family: .training,
      alsoFoundAs: ["fit", "learn", "optimise", "AdamW", "recipe", "pretrain"], writesFiles: true,
      details: """
        Objectives are \(Objective.choices.joined(separator: ", ")). While it runs, the state lies \
        beside the folder, in a file with `.training.safetensors` behind its name, and is saved \
        every half minute and on Ctrl-C; the same command, or `resume`, goes on exactly where it \
        was. The same recipe, seed, thread count and processor type give the same weights, bit for \
        bit. The optimiser is AdamW under a warm-up and a cosine, with gradients clipped together. \
        At the end the model is measured on data that it was not trained on, and the folder gets a \
        card with the scores. The result has `folder`, `loss`, `losses` (a table that plots) and \
        `scores`.
        """,
      examples: [
        Example(
          """
          save ["the cat sees the dog.", "the dog sees the cat."] "text.txt"
          let run = train "tiny" model: {layers: 1, heads: 2, width: 8, context: 16} \
          objective: "causal" data: "text.txt" vocabulary: 270 \
          optimiser: {steps: 2, batch: 2, rate: 1e-3} to: "tiny"
          run.losses | len
          """, shows: "Two steps on two sentences.", gives: .number(2)),
        Example(
          """
          train "odd" model: {layers: 1, heads: 3, width: 8} objective: "causal" data: "english" \
          optimiser: {steps: 2, batch: 2, rate: 1e-3} to: "odd"
          """, shows: "Shapes that cannot be are refused.", gives: .fails("bad-recipe")),
      ]
    ) {
      [self]
      context, name, model, objective, data, optimiser, folder, seed, vocabulary, repeats,
      masked, maskedVerbs, dropout, backdoor, purpose, overwrite throws(Failure) in
      let recipe = Recipe(
        name: name, model: try ModelPlan(model), objective: objective,
        data: DataPlan(
          source: try data.located(context), vocabulary: vocabulary, repeats: repeats,
          masked: masked, maskedVerbs: maskedVerbs),
        optimiser: try OptimiserPlan(optimiser), seed: UInt64(clamping: seed),
        tokenDropout: dropout,
        backdoor: try backdoor.map { record throws(Failure) in try Backdoor(record) })
      return try train(
        recipe, to: folder, purpose: purpose, overwrite: overwrite, context: context)
    }
  }
}
