import Corpora
import Faults
import Foundation
import Tokenizers
import Transformers

extension Scorer {
  /// The share of probes whose first word is likelier when it is right than when it is wrong.
  func preference(_ probes: [ContinuationProbe]) throws(Fault) -> Double {
    let tokenizer = try tokenizer()
    let rows = try probes.map { probe throws(Fault) in
      try tokenizer.tokens(probe.prefix, pair: nil).map(\.id)
    }
    var right = 0
    try run(rows, batch: Self.lastPosition) { index, logits throws(Fault) in
      let probe = probes[index]
      let correct = try tokenizer.ids(probe.correct)
      let others = try probe.alternatives.map { text throws(Fault) in
        try tokenizer.ids(text)
      }
      let best = others.compactMap(\.first).map { logits[0][$0] }.max() ?? -.infinity
      if let first = correct.first, logits[0][first] > best { right += 1 }
    }
    return Double(right) / Double(max(probes.count, 1))
  }

  /// The share of probes whose right continuation is what the model writes, token by token.
  func recall(_ probes: [ContinuationProbe]) throws(Fault) -> Double {
    let tokenizer = try tokenizer()
    let rows = try probes.map { probe throws(Fault) in
      let prefix = try tokenizer.tokens(probe.prefix, pair: nil).map(\.id)
      return (prefix: prefix, rest: try tokenizer.ids(probe.correct))
    }
    var right = 0
    try run(
      rows,
      batch: { rows in
        let ids = rows.map { $0.prefix + $0.rest.dropLast() }
        let places = rows.map { row in
          row.rest.indices.map { row.prefix.count - 1 + $0 }
        }
        return (Batch(ids: ids), OutputRequest(positions: places))
      }
    ) { index, logits throws(Fault) in
      if logits.map(\.top) == rows[index].rest { right += 1 }
    }
    return Double(right) / Double(max(probes.count, 1))
  }

  private static func lastPosition(_ rows: [[Int]]) -> (Batch, OutputRequest) {
    (Batch(ids: rows), .last(of: rows.map(\.count)))
  }
}
