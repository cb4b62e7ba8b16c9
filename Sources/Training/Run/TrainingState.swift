import Checkpoints
import Faults
import Foundation
import Tensors
import Transformers

/// All that a training run needs to go on: written whole or not at all.
struct TrainingState {
  /// The recipe.
  var recipe: Recipe
  /// The parameters.
  var store: ParameterStore
  /// The optimiser's memory.
  var optimiser: AdamW
  /// The loss of every step so far; their number is the number of steps done.
  var losses: [Float]

  /// How many steps are done.
  var step: Int { losses.count }

  /// Takes one step of the optimiser; returns the length of the gradient before clipping.
  mutating func move(by gradients: [String: Tensor<Float>]) -> Double {
    optimiser.step(step, &store, gradients)
  }

  private static let recipeKey = "recipe"

  /// Writes the state in the place of an older one.
  func save(to url: URL) throws(Fault) {
    var entries: [SafetensorsFile.Entry] = []
    for (index, name) in store.names.enumerated() {
      entries.append(SafetensorsFile.Entry("parameter.\(name)", store.tensors[index]))
      entries.append(SafetensorsFile.Entry("mean.\(name)", optimiser.means[index]))
      entries.append(SafetensorsFile.Entry("square.\(name)", optimiser.squares[index]))
    }
    entries.append(SafetensorsFile.Entry("losses", Tensor(["step"], [losses.count], losses)))
    let text = try RecipeText.text(of: recipe)
    do {
      try SafetensorsFile.write(
        entries, metadata: [Self.recipeKey: text], to: url, replacing: .any)
    } catch {
      throw Fault(error)
    }
  }

  /// The recipe of a saved state.
  static func recipe(in url: URL) throws(Fault) -> Recipe {
    let text: String?
    do {
      text = try SafetensorsFile.metadata(of: url)[recipeKey]
    } catch {
      throw Fault(error)
    }
    guard let text else {
      throw Fault(
        "bad-resume-file", "\(url.path) holds no recipe",
        help: "only what `train` saved can be resumed")
    }
    return try RecipeText.recipe(text)
  }

  /// Reads a state that was saved under the same recipe.
  ///
  /// - Throws: `Fault` when the recipe is another one, or the file is damaged.
  static func read(_ url: URL, for recipe: Recipe, like fresh: ParameterStore)
    throws(Fault) -> TrainingState
  {
    let saved = try Self.recipe(in: url)
    guard saved == recipe else {
      throw Fault(
        "other-recipe",
        "\(url.path) was saved by another recipe: " + RecipeText.difference(saved, recipe),
        help: "train to another folder, or remove that file to begin anew")
    }
    do throws(CheckpointError) {
      return try assemble(try Checkpoint(contentsOf: url), recipe, like: fresh)
    } catch {
      throw Fault(error)
    }
  }

  private static func assemble(_ file: Checkpoint, _ recipe: Recipe, like fresh: ParameterStore)
    throws(CheckpointError) -> TrainingState
  {
    func tensors(_ kind: String) throws(CheckpointError) -> [Tensor<Float>] {
      try zip(fresh.names, fresh.tensors).map { name, like throws(CheckpointError) in
        try file.tensor("\(kind).\(name)", as: Float.self, axes: like.axes, shape: like.shape)
      }
    }
    let store = ParameterStore(Array(zip(fresh.names, try tensors("parameter"))))
    var optimiser = AdamW(recipe.optimiser, for: store)
    optimiser.means = try tensors("mean")
    optimiser.squares = try tensors("square")
    let losses = try file.tensor("losses", as: Float.self, axes: ["step"], shape: nil)
    return TrainingState(
      recipe: recipe, store: store, optimiser: optimiser, losses: losses.elements)
  }
}
