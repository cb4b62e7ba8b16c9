import Analysis
import Language
import Tensors
import Transformers

/// A walk as it is displayed: each step with what happens in it and its first numbers; steps with
/// one number for each key stand side by side in one table.
struct WalkText {
  let text: String

  /// How many numbers of a vector, and how many keys, are shown.
  private static let shownNumbers = 8, shownKeys = 16

  init(_ walk: Walk, notes: [String]) {
    let token = Value.quoted(walk.row.tokens[walk.position].text)
    var lines = ["L\(walk.layer).H\(walk.head) at @\(walk.position), \(token)", ""]
    let width = walk.steps.map(\.name.count).max() ?? 0
    var side: [Walk.Step] = []
    for step in walk.steps {
      if !step.isOneNumberForEachKey, !side.isEmpty {
        lines += Self.table(side, walk.row) + [""]
        side = []
      }
      lines.append(Self.heading(step, width))
      if step.isOneNumberForEachKey {
        side.append(step)
      } else {
        lines += Self.numbers(step, walk.row) + [""]
      }
    }
    lines.append(
      walk.addsUp
        ? "every step follows from the ones before, to rounding"
        : "a step does not follow from the ones before: an intervention acts in this layer")
    text = (lines + notes).joined(separator: "\n")
  }

  private static func heading(_ step: Walk.Step, _ width: Int) -> String {
    // Rounding differs from machine to machine, so it is told only where it is more than that.
    let note = step.deviation.map { deviation in
      step.holds ? "   (checked)" : "   (off by \(NumberText.rounded(deviation, digits: 2)))"
    }
    return DisplayWidth.fit(step.name, width) + "  " + step.formula + (note ?? "")
  }

  /// A vector in one line, or a line for each key.
  private static func numbers(_ step: Walk.Step, _ row: PromptRow) -> [String] {
    let all = step.values.doubles
    guard step.values.shape.count == 2, let width = step.values.shape.last, width > 0 else {
      return ["  " + list(all) + shape(step)]
    }
    let count = all.count / width
    let labels = (0..<count).map { row.label($0) }
    let margin = labels.map(DisplayWidth.of).max() ?? 0
    var lines = (0..<min(count, shownKeys)).map { key in
      "  " + DisplayWidth.fit(labels[key], margin) + "  "
        + list(Array(all[key * width..<(key + 1) * width]))
    }
    if count > shownKeys { lines.append("  … \(count - shownKeys) more") }
    lines[0] += shape(step)
    return lines
  }

  private static func list(_ numbers: [Double]) -> String {
    numbers.prefix(shownNumbers).map { padded(NumberText.rounded($0), 9) }.joined(separator: " ")
      + (numbers.count > shownNumbers ? " …" : "")
  }

  private static func shape(_ step: Walk.Step) -> String {
    let axes = zip(step.values.axes, step.values.shape).map { "\($0) \($1)" }
    return "   [" + axes.joined(separator: ", ") + "]"
  }

  /// Steps side by side, one line for each key.
  private static func table(_ steps: [Walk.Step], _ row: PromptRow) -> [String] {
    let labels = row.tokens.indices.map { row.label($0) }
    let margin = max(3, labels.map(DisplayWidth.of).max() ?? 0)
    let columns = steps.map { ($0.name, $0.values.doubles) }
    let header = columns.map { padded($0.0, max(9, $0.0.count)) }.joined(separator: " ")
    var lines = ["  " + DisplayWidth.fit("key", margin) + "  " + header]
    for (key, label) in labels.enumerated().prefix(shownKeys) {
      let numbers = columns.map { name, values in
        padded(key < values.count ? NumberText.rounded(values[key]) : "", max(9, name.count))
      }
      lines.append(
        "  " + DisplayWidth.fit(label, margin) + "  " + numbers.joined(separator: " "))
    }
    if labels.count > shownKeys { lines.append("  … \(labels.count - shownKeys) more") }
    return lines
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - DisplayWidth.of(text))) + text
  }
}

extension Walk.Step {
  fileprivate var isOneNumberForEachKey: Bool {
    values.axes.count == 1 && values.axes[0].isOfKeys
  }
}
