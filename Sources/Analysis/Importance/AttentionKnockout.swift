import Faults
import Statistics
import Tensors
import Transformers

/// What becomes of the loss when kinds of tokens may not be looked at.
///
/// The keys are hidden and the rest of each row is scaled to sum to one. A token still sees itself.
/// It says whether what `AttentionGradient` suggests is so.
public struct AttentionKnockout: Sendable {
  /// Which heads are hidden from at once.
  public enum Unit: String, Sendable, CaseIterable {
    /// All chosen heads of a layer.
    case layer
    /// One head.
    case head
  }

  /// The change of each text's loss, [text, unit × set].
  public private(set) var change: RowSums
  /// How many texts could not be measured because no key would be left, all units together.
  public private(set) var impossible = 0

  /// Measures texts.
  ///
  /// - Parameters:
  ///   - sets: The kinds; all tokens together cannot be hidden and are left out.
  ///   - progress: Called with how many runs are done, and of how many.
  /// - Throws: `Fault` as `AttentionGradient`.
  public init(
    _ rows: [AnnotatedRow], heads: HeadSelection, sets: [AttentionGradient.TokenSet],
    by unit: Unit = .layer, loss: TextLoss = .own, seed: UInt64 = 0, with experiment: Experiment,
    progress: (Int, Int) throws(Fault) -> Void = { _, _ in }
  ) throws(Fault) {
    let texts = try LossTexts(rows, loss, seed: seed, experiment)
    let units = heads.units(by: unit)
    change = RowSums(rows: rows.count, columns: units.count * sets.count)
    let batches = texts.batches()
    var done = 0
    for batch in batches {
      let before = try texts.losses(batch, edits: [], experiment)
      for (place, unit) in units.enumerated() {
        for (index, set) in sets.enumerated() where set != .all {
          try progress(done, batches.count * units.count * (sets.count - 1))
          done += 1
          var touched: [Int] = []
          var edits: [Edit] = []
          for (row, text) in batch.enumerated() {
            let keys = texts.texts[text].row.keys(of: heads)
            let hidden = (0..<keys.count).filter { set.contains(keys, $0) }
            guard !hidden.isEmpty else { continue }
            guard !heads.isCross || hidden.count < keys.count else {
              impossible += 1
              continue
            }
            touched.append(row)
            edits.append(
              Edit(
                id: -1, site: unit.site.scores, row: row, components: unit.components,
                action: .hide(keys: hidden, sparingSelf: true)))
          }
          guard !touched.isEmpty else { continue }
          let after = try texts.losses(batch, edits: edits, experiment)
          for row in touched {
            change.add(
              after[row] - before[row], row: texts.texts[batch[row]].index,
              column: place * sets.count + index)
          }
        }
      }
    }
  }
}

extension HeadSelection {
  /// Heads that are measured together.
  struct Unit: Sendable {
    /// Where their patterns stand.
    let site: Site
    /// Their numbers in the layer.
    let components: [Int]
    /// Their places among the selected.
    let heads: Range<Int>
    /// The head, or the attention that they are heads of.
    let address: Address
  }

  /// The heads, or their layers.
  func units(by unit: AttentionKnockout.Unit) -> [Unit] {
    layers.flatMap { layer -> [Unit] in
      guard unit == .head else {
        let address = Address(
          stack: heads[layer.range.lowerBound].address.stack, layers: .one(layer.site.layer),
          part: .attn(cross: isCross))
        return [
          Unit(
            site: layer.site, components: layer.components, heads: layer.range,
            address: address)
        ]
      }
      return zip(layer.range, layer.components).map { place, head in
        Unit(
          site: layer.site, components: [head], heads: place..<place + 1,
          address: heads[place].address)
      }
    }
  }
}

extension Site {
  /// What enters the softmax that gives the pattern at this site.
  var scores: Site {
    Site(kind.isCross ? .crossScores : .scores, layer: layer, stack: stack)
  }
}
