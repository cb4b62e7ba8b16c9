import Foundation
import Language

extension Library {
  /// The reference as Markdown, made of nothing but the declarations: what docs/reference.md holds.
  public static func referenceMarkdown(_ registry: Registry) -> String {
    var lines = [
      "# Reference", "",
      "Made from the commands' declarations by `scripts/reference`; do not edit it by hand. The same",
      "text is in the program: `help`, `help NAME`, `apropos \"WORD\"`. The rules of the language are",
      "in [language.md](language.md).", "",
    ]
    for family in registry.families {
      let names = registry.entries(in: family).map { "[`\($0.name)`](#\(anchor($0)))" }
      lines += ["**\(family.title)**: " + names.joined(separator: " "), ""]
    }
    for family in registry.families {
      lines += ["## \(family.title)", ""]
      for entry in registry.entries(in: family) { lines += section(entry) }
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func anchor(_ entry: Builtin) -> String { entry.name.lowercased() }

  private static func section(_ entry: Builtin) -> [String] {
    var lines = ["### \(entry.name)", "", "`\(entry.signature)`", "", entry.summary]
    if entry.isCommand { lines[lines.count - 1] += " Gives \(Value.withArticle(entry.returns))." }
    if entry.writesFiles { lines[lines.count - 1] += " It writes files." }
    lines.append("")
    if !entry.parameters.isEmpty {
      lines += ["| parameter | takes | |", "|---|---|---|"] + entry.parameters.map(row) + [""]
    }
    if !entry.details.isEmpty { lines += [entry.details, ""] }
    for example in entry.examples { lines += section(example) }
    return lines
  }

  private static func row(_ parameter: ParameterInfo) -> String {
    var takes = parameter.kind
    switch parameter.role {
    case .piped: takes += "; piped"
    case .rest: takes += "; any number"
    case .named: takes += "; by name"
    case .plain: break
    }
    if let text = parameter.defaultText, !text.isEmpty, text != "null" {
      takes += "; default `\(text)`"
    } else if !parameter.isRequired, parameter.role != .rest {
      takes += "; optional"
    }
    if let limits = parameter.limits { takes += "; \(limits.words)" }
    return "| `\(parameter.name)` | \(takes) | \(parameter.summary) |"
      .replacingOccurrences(of: "`|`", with: "`\\|`")
  }

  private static func section(_ example: Example) -> [String] {
    let code = example.code.split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    var shows = example.shows
    if case .notRun(let reason) = example.outcome { shows += " (Not run by the tests: \(reason))" }
    return [shows, "", "```text"] + code + ExampleText.display(of: example).map { "→ \($0)" }
      + ["```", ""]
  }
}
