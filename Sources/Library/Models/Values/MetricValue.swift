import Analysis
import Language

/// A metric as a value of the language.
struct MetricValue: HostValue {
  let metric: Metric

  var kind: String { "metric" }
  var description: String { metric.sourceText }

  func isEqual(to other: any HostValue) -> Bool { (other as? MetricValue)?.metric == metric }

  func hash(into hasher: inout Hasher) { hasher.combine(metric) }
}

extension Metric {
  /// The metric as it would be written in a program.
  var sourceText: String {
    var words = [name]
    switch kind {
    case .logit(let token), .prob(let token), .logProb(let token), .rank(let token):
      words.append(token.sourceText)
    case .logitDiff(let first, let second):
      words += [first.sourceText, second.sourceText]
    case .loss, .entropy, .kl: break
    }
    if let position { words.append("at: \(position)") }
    return words.count == 1 ? name + "()" : words.joined(separator: " ")
  }
}

extension TokenName {
  fileprivate var sourceText: String {
    switch self {
    case .text(let text): Value.quoted(text)
    case .id(let id): String(id)
    }
  }
}

/// What a command that measures takes: one metric, or a list of them.
///
/// `loss`, `entropy` and `kl` may stand without parentheses.
struct MetricInput: Argument {
  let metrics: [Metric]
  /// Whether results must tell metrics apart, even if there is only one.
  let isList: Bool

  static let kind = "metric"

  static func from(_ value: Value) throws(Failure) -> MetricInput? {
    switch value {
    case .host(let host as MetricValue):
      return MetricInput(metrics: [host.metric], isList: false)
    case .function(let function):
      switch function.builtin?.name {
      case "loss": return MetricInput(metrics: [Metric(.loss)], isList: false)
      case "entropy": return MetricInput(metrics: [Metric(.entropy)], isList: false)
      case "kl": return MetricInput(metrics: [Metric(.kl)], isList: false)
      default: return nil
      }
    case .list(let list):
      var metrics: [Metric] = []
      for item in list {
        guard let input = try from(item), !input.isList else { return nil }
        metrics += input.metrics
      }
      return metrics.isEmpty ? nil : MetricInput(metrics: metrics, isList: true)
    default: return nil
    }
  }

  /// A column's name for each metric: its command's, or the whole text where two share that.
  var columnNames: [String] {
    let names = metrics.map(\.name)
    return metrics.map { metric in
      names.count { $0 == metric.name } == 1 ? metric.name : metric.sourceText
    }
  }
}
