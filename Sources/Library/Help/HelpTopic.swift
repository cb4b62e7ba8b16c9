import Foundation
import Language

/// What `help` can be asked about.
struct HelpTopic {
  let registry: Registry
  let bindings: [(String, Value)]

  /// The page on a value that `help` was given: a command or function, a name in a string, or any
  /// other value, which is told by its kind.
  func page(on value: Value, width: Int) throws(Failure) -> String {
    switch value {
    case .string(let name): return try page(named: name, width)
    case .function(let function):
      if let builtin = function.builtin { return try page(named: builtin.name, width) }
      return HelpPage(function, width: width).text
    default: return page(onKindOf: value, width)
    }
  }

  private func page(named name: String, _ width: Int) throws(Failure) -> String {
    let name = name.trimmingCharacters(in: .whitespaces)
    var parts: [String] = []
    if let entry = registry.entry(name) { parts.append(HelpPage(entry, width: width).text) }
    if name == "keys", let entry = registry.entry("keyboard") {
      // Most who ask mean those of the keyboard, and there is a command of that name.
      parts.insert(HelpPage(entry, width: width).text, at: 0)
    }
    if let family = registry.families.first(where: { $0.name == name }) {
      parts.append(HelpPage.family(family, of: registry, width: width).text)
    }
    if !parts.isEmpty {
      let twin = name.hasSuffix("s") ? String(name.dropLast()) : name + "s"
      if registry.entry(twin) != nil { parts.append("  see also: help \(twin)") }
      return parts.joined(separator: "\n\n")
    }
    if let value = bindings.first(where: { $0.0 == name })?.1 {
      if case .function(let function) = value {
        return HelpPage(function, width: width).text
      }
      return page(onKindOf: value, width)
    }
    throw Failure(
      "unknown-topic", "there is no help on `\(name)`", argument: "topic", help: advice(name))
  }

  /// What is found under the word as another word for it, near names, or what speaks of it.
  private func advice(_ name: String) -> String {
    let names = registry.entries.map(\.name) + registry.families.map(\.name) + bindings.map(\.0)
    let meant = registry.entries.filter { $0.searchWords.contains(name) }.prefix(4).map(\.name)
    if !meant.isEmpty { return "look at " + Suggestion.list(Array(meant)) }
    let near = Suggestion.near(name, among: names)
    if !near.isEmpty { return "did you mean \(Suggestion.list(near))?" }
    let found = Apropos.matches(name, in: registry).prefix(4).map(\.name)
    if !found.isEmpty { return "look at " + Suggestion.list(Array(found)) }
    return "`help` lists everything, `apropos \"WORD\"` searches"
  }

  private func page(onKindOf value: Value, _ width: Int) -> String {
    var lines = ["\(value.text(limit: 70)) is \(value.kindWithArticle)"]
    if case .host(let host) = value, !host.fieldNames.isEmpty {
      lines.append("  its fields: \(host.fieldNames.joined(separator: ", "))")
    }
    let takers = registry.commands.filter { command in
      command.parameters.first.map { $0.kind.contains(value.kind) } ?? false
    }
    if !takers.isEmpty {
      lines.append("  commands that take it: \(takers.map(\.name).joined(separator: ", "))")
    }
    if let topic = [value.kind, value.kind + "s", value.kind + "es"].first(where: {
      registry.entry($0) != nil
    }) {
      lines.append("  see also: help \(topic)")
    }
    return lines.flatMap { DisplayWidth.wrapped($0, to: width, further: "  ") }
      .joined(separator: "\n")
  }
}
