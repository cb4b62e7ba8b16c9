import Faults
import Foundation
import Transformers

/// Recipes as text.
enum RecipeText {
  /// The recipe as JSON with its keys in order.
  static func text(of recipe: Recipe) throws(Fault) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(recipe) else {
      throw Fault("bad-recipe", "the recipe has numbers that JSON cannot write")
    }
    return String(decoding: data, as: UTF8.self)
  }

  /// The recipe that a text describes.
  static func recipe(_ text: String) throws(Fault) -> Recipe {
    do {
      return try JSONDecoder().decode(Recipe.self, from: Data(text.utf8))
    } catch {
      throw Fault("bad-recipe", "a saved recipe cannot be read: \(error.localizedDescription)")
    }
  }

  /// What differs between two recipes, in a few words.
  static func difference(_ saved: Recipe, _ wanted: Recipe) -> String {
    var parts: [String] = []
    func compare<Part: Equatable>(_ name: String, _ part: KeyPath<Recipe, Part>) {
      if saved[keyPath: part] != wanted[keyPath: part] { parts.append(name) }
    }
    compare("name", \.name)
    compare("model", \.model)
    compare("objective", \.objective)
    compare("data", \.data)
    compare("optimiser", \.optimiser)
    compare("seed", \.seed)
    compare("token dropout", \.tokenDropout)
    compare("backdoor", \.backdoor)
    return "the \(parts.joined(separator: ", ")) differ\(parts.count == 1 ? "s" : "")"
  }
}
