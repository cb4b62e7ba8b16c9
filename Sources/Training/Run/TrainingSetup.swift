import Checkpoints
import Corpora
import Faults
import Foundation
import Tokenizers
import Transformers

/// What a recipe becomes before the first step: its vocabulary, its model and its data.
struct TrainingSetup {
  /// The files that lie beside the weights and the configuration, by name.
  var files: [String: Data] = [:]
  /// The codebook of a model that reads codes of images.
  var codes: ImageCodes?
  /// The model.
  let trainable: TrainableModel
  /// The batches.
  let batches: any BatchMaker

  /// - Throws: `Fault` when the data cannot be read or are too few, or the shape is impossible.
  init(_ recipe: Recipe) throws(Fault) {
    var configuration = ModelConfiguration(
      plan: recipe.model, objective: recipe.objective, vocabularySize: 0)
    let images = ImageSource(seed: recipe.seed)
    switch recipe.objective {
    case .images, .imageCodes:
      guard case .shapes = recipe.data.source else {
        throw Fault(
          "bad-recipe", "the objective \(recipe.objective.rawValue) needs images",
          help: "train with   data: \"shapes\"")
      }
      configuration.tasks = [(nil, ImageGenerator.classNames)]
    case .causal, .masked, .translation, .classification: break
    }
    switch recipe.objective {
    case .images:
      configuration.image = (side: ImageGenerator.side, channels: 3, patch: Self.patch)
      files = ["preprocessor_config.json": Self.preprocessor]
      batches = ImageBatches(source: images, rows: recipe.optimiser.batch)
    case .imageCodes:
      // The same codes for every seed of the model.
      let codes = try ImageCodes.learned(seed: 0)
      self.codes = codes
      configuration.vocabularySize = codes.vocabularySize
      batches = CodeBatches(source: images, codes: codes, rows: recipe.optimiser.batch)
    case .causal, .masked, .translation, .classification:
      let texts = try RecipeTexts(recipe)
      let vocabulary = try texts.vocabulary(size: recipe.data.vocabulary)
      let template = recipe.objective.template
      do {
        files = try vocabulary.files(template: template, longestInput: recipe.model.context)
      } catch {
        throw Fault("bad-tokenizer", "\(error)")
      }
      configuration.vocabularySize = vocabulary.count
      configuration.tasks = texts.tasks
      batches = try texts.batches(recipe, vocabulary.tokenizer(template: template))
    }
    trainable = try TrainableModel(configuration, name: recipe.name, seed: recipe.seed)
  }

  /// The side of a patch.
  private static let patch = 4

  /// How an image in 0…1 is brought to what the model reads, as the transformers library says it.
  private static var preprocessor: Data {
    let keys: [String: Any] = [
      "do_normalize": true, "do_rescale": true, "rescale_factor": 1 / 255.0, "do_resize": true,
      "image_mean": Array(repeating: 0.5, count: 3), "image_std": Array(repeating: 0.5, count: 3),
      "size": ["height": ImageGenerator.side, "width": ImageGenerator.side],
      "image_processor_type": "ViTImageProcessor",
    ]
    return
      (try? JSONSerialization.data(
        withJSONObject: keys, options: [.prettyPrinted, .sortedKeys])) ?? Data()
  }
}
