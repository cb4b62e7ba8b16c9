import Analysis
import Faults
import Figures
import Language
import Transformers

/// Puts queries and keys on a page about attention, unless they would take too much of it.
struct AttentionNeurons {
  /// How many bytes of them a page has that nobody asked to have more.
  private static let mostBytes = 8_000_000

  private let report: AttentionReport
  private let isOnPage: Bool
  private let bytes: Int

  init(_ report: AttentionReport, isWanted: Bool?) {
    self.report = report
    bytes = report.parts.reduce(0) { $0 + Self.bytes(of: $1, report) }
    isOnPage = isWanted ?? (bytes <= Self.mostBytes)
  }

  /// That they were left out, and how to have them.
  var notes: [String] {
    if isOnPage { return [] }
    return [
      "Queries and keys are not on this page: they take "
        + "\(NumberText.rounded(Double(bytes) / 1e6, digits: 2)) MB (neurons: true has them, and "
        + "heads: keeps the page small)."
    ]
  }

  private static func bytes(of part: AttentionReport.Part, _ report: AttentionReport) -> Int {
    let tokens = report.row.count + (report.row.source?.count ?? 0)
    return part.layers.reduce(0) { sum, layer in
      let attention = part.side.attention(layer: layer.layer, in: report.description)
      return sum + layer.heads.count
        * AttentionPage.Neurons.size(tokens: tokens, width: attention.headWidth)
    }
  }

  /// Adds those of the layers of a side, in their order.
  func add(_ part: AttentionReport.Part, to page: inout AttentionPage.Side) throws(Failure) {
    guard isOnPage else { return }
    var layers = part.layers.enumerated().makeIterator()
    try faultsAsFailures { () throws(Fault) in
      try report.experiment.eachQueryAndKey(
        of: report.row, on: part.side, layers: part.layers.map(\.layer)
      ) { layer, queries, keys throws(Fault) in
        if report.context.interruption.isRequested { throw .interrupted }
        guard let (place, next) = layers.next() else { return }
        report.context.output.progress(place + 1, of: part.layers.count, "queries and keys")
        let attention = part.side.attention(layer: layer, in: report.description)
        page.addNeurons(
          AttentionPage.Neurons(
            queries: queries, keys: keys, headCount: attention.heads,
            groupCount: attention.groups, width: attention.headWidth,
            heads: next.heads.map { ($0, attention.group(ofHead: $0)) }, scale: attention.scale,
            isCausal: attention.isCausal && !part.side.isCross,
            note: note(attention)), toLayer: place)
      }
    }
  }

  /// What becomes of a score besides the scale.
  private func note(_ attention: AttentionDescription) -> String {
    var notes: [String] = []
    if attention.rotary != nil { notes.append("both are turned by their positions (rotary)") }
    if let cap = attention.softCap {
      notes.append("scores are squeezed to ±\(NumberText.rounded(cap)) by tanh")
    }
    if attention.slopes != nil {
      notes.append("a bias for the distance (ALiBi) is added to it")
    }
    if let window = attention.window {
      notes.append("a query sees \(Value.count(window, "key")) back")
    }
    return notes.joined(separator: "; ")
  }
}
