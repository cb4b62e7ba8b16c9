import Corpora
import Faults
import Foundation
import Transformers

/// The texts that a recipe names, with what a vocabulary is learnt from.
struct RecipeTexts {
  /// The texts to train on.
  let source: any TextSource
  /// The classes of each task, where texts have classes.
  var tasks: [(name: String?, labels: [String])] = []
  /// What the vocabulary is learnt from.
  let vocabularySource: any TextSource
  /// What it grows by behind that, for another language.
  var targets: (any TextSource)?

  /// - Throws: `Fault` when the source does not serve the objective, or cannot be read.
  init(_ recipe: Recipe) throws(Fault) {
    switch recipe.data.source {
    case .english(let shares):
      let mixture = try Self.mixture(shares)
      let objective = recipe.objective
      try Self.require([.causal, .masked, .translation], recipe, "english")
      source = EnglishSource(
        mixture: mixture, hasTarget: objective == .translation, hasVerbs: objective == .masked)
      // The same for every objective and mixture, so that models can be compared token by token.
      vocabularySource = EnglishSource(mixture: .standard)
      if objective == .translation {
        targets = EnglishSource(mixture: .standard, hasTarget: true)
      }
    case .tasks(let names):
      try Self.require([.classification], recipe, "tasks")
      let known = try names.map { name throws(Fault) in try Self.task(name) }
      guard !known.isEmpty else { throw .badRecipe("tasks", "empty", "a list of tasks") }
      source = TaskSource(tasks: known, backdoor: recipe.backdoor)
      tasks = known.map { (known.count > 1 ? $0.rawValue : nil, $0.labels) }
      vocabularySource = EnglishSource(mixture: .standard)
    case .file(let path):
      try Self.require([.causal, .masked], recipe, "a text file")
      source = try Self.lines(of: path)
      vocabularySource = source
    case .shapes:
      throw Fault(
        "bad-recipe", "images are no text", help: "train with   objective: \"images\"")
    }
  }

  private static func require(_ allowed: [Objective], _ recipe: Recipe, _ source: String)
    throws(Fault)
  {
    guard allowed.contains(recipe.objective) else {
      throw Fault(
        "bad-recipe",
        "the objective \(recipe.objective.rawValue) cannot be trained on \(source)",
        help: "it serves " + allowed.map(\.rawValue).joined(separator: ", "))
    }
  }

  private static func mixture(_ shares: [String: Double]) throws(Fault) -> Mixture {
    if shares.isEmpty { return .standard }
    var kinds: [Kind: Double] = [:]
    for (name, share) in shares {
      guard let kind = Kind(rawValue: name) else {
        throw .badRecipe(
          "the mixture's \(name)", "no kind of document",
          "one of " + Kind.allCases.map(\.rawValue).joined(separator: ", "))
      }
      guard share >= 0, share.isFinite else { throw .badRecipe(name, "\(share)", "0 or more") }
      kinds[kind] = share
    }
    guard kinds.values.contains(where: { $0 > 0 }) else {
      throw .badRecipe("the mixture", "all zero", "at least one kind above 0")
    }
    return Mixture(kinds)
  }

  private static func task(_ name: String) throws(Fault) -> TextTask {
    guard let task = TextTask(rawValue: name) else {
      throw .badRecipe(
        "a task", "\"\(name)\"",
        "one of " + TextTask.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return task
  }

  private static func lines(of path: String) throws(Fault) -> ListSource {
    let text: String
    do {
      text = try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8)
    } catch {
      throw Fault(
        "unreadable-data", "\(path) cannot be read: \(error.localizedDescription)",
        help: "give a UTF-8 text file with one document a line")
    }
    let lines = text.split(whereSeparator: \.isNewline)
      .map { TextExample($0.trimmingCharacters(in: .whitespaces)) }.filter { !$0.text.isEmpty }
    guard lines.count > 1 else {
      throw Fault(
        "too-little-data", "\(path) has \(lines.count) lines of text",
        help: "give at least two documents, one a line")
    }
    return ListSource(lines)
  }
}
