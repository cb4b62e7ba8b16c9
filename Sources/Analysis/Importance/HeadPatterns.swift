import Statistics
import Tensors
import Transformers

/// Rows of attention of some heads that can be changed together: those of one text.
///
/// A row is changed only over the keys that its query may look at, its support.
struct HeadPatterns: Sendable {
  /// One layer's heads.
  struct Layer: Sendable {
    let site: Site
    let components: [Int]
    /// How many queries and keys there are.
    let queries: Int
    let keys: Int
    /// The queries whose rows are changed, and the keys that each may look at.
    let changed: [(query: Int, support: Range<Int>)]
    /// The weights, [head, query, key].
    var weights: [Double]

    /// Where a row of a head begins.
    func start(_ head: Int, _ query: Int) -> Int { (head * queries + query) * keys }
  }

  var layers: [Layer]

  /// How many rows are looked at.
  var rowCount: Int { layers.reduce(0) { $0 + $1.components.count * $1.changed.count } }

  /// How many of them have one key alone.
  var fixedCount: Int {
    layers.reduce(0) { sum, layer in
      sum + layer.components.count * layer.changed.count { $0.support.count < 2 }
    }
  }

  /// Calls `body` with each row that can be changed, as its layer and its places among the weights.
  func forEachRow(_ body: (Int, Range<Int>) -> Void) {
    for (index, layer) in layers.enumerated() {
      for head in layer.components.indices {
        for (query, support) in layer.changed where support.count > 1 {
          let start = layer.start(head, query)
          body(index, start + support.lowerBound..<start + support.upperBound)
        }
      }
    }
  }

  /// The mean of a number over the rows that can be changed; NaN when there is none.
  func mean(_ number: (ArraySlice<Double>, Int, Range<Int>) -> Double) -> Double {
    var (sum, count) = (0.0, 0)
    forEachRow { layer, places in
      sum += number(layers[layer].weights[places], layer, places)
      count += 1
    }
    return count == 0 ? .nan : sum / Double(count)
  }

  /// The greatest weight of a row, on average.
  var meanGreatest: Double { mean { row, _, _ in row.max() ?? 0 } }

  /// How far the rows lie from those of others, on average, in nats.
  func meanDivergence(from others: HeadPatterns) -> Double {
    mean { row, layer, places in
      JensenShannon.divergence(Array(row), Array(others.layers[layer].weights[places]))
    }
  }

  /// How far each head lies from the nearest of all heads of the same layer of another model, which has
  /// no reason to keep its heads in the same places; averaged over heads, in nats.
  func divergence(fromNearestIn others: HeadPatterns) -> Double {
    var least: [Double] = []
    for (layer, other) in zip(layers, others.layers) {
      let rows = layer.changed.filter { $0.support.count > 1 }
      guard !rows.isEmpty else { continue }
      for head in layer.components.indices {
        let distances = other.components.indices.map { second in
          rows.reduce(0) { sum, row in
            let (own, its) = (layer.start(head, row.query), other.start(second, row.query))
            return sum
              + JensenShannon.divergence(
                Array(layer.weights[own + row.support.lowerBound..<own + row.support.upperBound]),
                Array(other.weights[its + row.support.lowerBound..<its + row.support.upperBound]))
          } / Double(rows.count)
        }
        least.append(distances.min() ?? .nan)
      }
    }
    return least.isEmpty ? .nan : least.reduce(0, +) / Double(least.count)
  }

  /// The same with each row in a random order.
  func shuffled(using random: inout SeededGenerator) -> HeadPatterns {
    var result = self
    forEachRow { layer, places in
      var row = Array(layers[layer].weights[places])
      row.shuffle(using: &random)
      result.layers[layer].weights.replaceSubrange(places, with: row)
    }
    return result
  }

  /// The same with each row even over its support.
  var evened: HeadPatterns {
    var result = self
    forEachRow { layer, places in
      for place in places { result.layers[layer].weights[place] = 1 / Double(places.count) }
    }
    return result
  }

  /// What makes a run use these weights.
  func edits(batchRow: Int) -> [Edit] {
    layers.map { layer in
      let shape = [layer.components.count, layer.queries, layer.keys]
      return Edit(
        id: -1, site: layer.site, row: batchRow, components: layer.components,
        positions: .list(Array(0..<layer.queries)),
        action: .write(.double(Tensor([.head, .query, .key], shape, layer.weights))))
    }
  }
}
