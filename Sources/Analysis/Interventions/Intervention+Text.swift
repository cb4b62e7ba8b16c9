import Foundation
import Transformers

extension Intervention {
  /// What it does and where, as a person would say it, such as `zero L2.H3`.
  public var summary: String {
    var words = [name]
    if let target { words.append(target.description) }
    switch action {
    case .zero, .freeze: break
    case .meanAblate(let prompts):
      words.append(prompts.isEmpty ? "over the prompt" : "over \(prompts.count) prompts")
    case .resample(let prompts, let seed):
      words.append("from \(prompts.count) prompt\(prompts.count == 1 ? "" : "s"), seed \(seed)")
    case .patch(let prompt, let sourceAt):
      words.append("from: \(prompt.summary)")
      if let sourceAt { words.append("at: \(sourceAt)") }
    case .scale(let factor): words.append("by: \(Self.number(factor))")
    case .steer(let vector, let factor):
      words.append("add: a vector of \(vector.elements.count) by: \(Self.number(factor))")
    case .cut(let from, let to): words.append("from: \(from) to: \(to)")
    case .hide(let positions): words.append(positions.description)
    case .replace(let array): words.append("with: numbers of shape \(array.shape)")
    }
    if phase != .always { words.append("during: \(phase.rawValue)") }
    return words.joined(separator: " ")
  }

  /// What kind of ablation it is, said in full: nothing is ablated without its kind being plain.
  public var kindNote: String {
    switch action {
    case .zero: "set to zero, nothing renormalised"
    case .meanAblate(let prompts):
      prompts.isEmpty
        ? "mean over the prompt's own positions"
        : "mean over all positions of \(prompts.count) prompts"
    case .resample: "values of another prompt at the same position"
    case .patch: "values of another prompt, run untouched"
    case .freeze: "held at its value in the untouched run"
    case .scale: "multiplied"
    case .steer: "a vector added at every position meant"
    case .cut: "attention edges removed before the softmax, so rows are renormalised"
    case .hide: "keys removed before the softmax for all other tokens, so rows are renormalised"
    case .replace: "replaced by given numbers"
    }
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
  }
}

extension Prompt {
  /// The prompt in one short line.
  public var summary: String {
    var text: String
    switch content {
    case .text(let first, let pair):
      text = "\"\(Self.shortened(first))\"" + (pair.map { " / \"\(Self.shortened($0))\"" } ?? "")
    case .ids(let ids, _, _):
      text =
        "ids \(ids.prefix(8).map(String.init).joined(separator: " "))" + (ids.count > 8 ? " …" : "")
    case .image(let image, _):
      text = "an image, \(image.shape.map(String.init).joined(separator: " by "))"
    }
    switch target {
    case .text(let target)?: text += " → \"\(Self.shortened(target))\""
    case .ids(let ids)?: text += " → ids \(ids.prefix(8).map(String.init).joined(separator: " "))"
    case nil: break
    }
    for change in changes { text += ", " + change.summary }
    return text
  }

  private static func shortened(_ text: String) -> String {
    let line = text.replacingOccurrences(of: "\n", with: "\\n")
    return line.count > 40 ? line.prefix(39) + "…" : line
  }
}

extension PromptChange {
  /// What the change does, such as `mask @3`.
  public var summary: String {
    switch self {
    case .mask(let selector): "mask \(selector)"
    case .drop(let selector): "drop \(selector)"
    case .swap(let first, let second): "swap \(first) \(second)"
    case .shuffle(let selector, let seed):
      "shuffle" + (selector.map { " \($0)" } ?? "") + " seed: \(seed)"
    }
  }
}
