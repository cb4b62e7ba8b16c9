import Faults
import Tensors

/// A forward pass that stands still between two blocks: the stream so far, and the keys and values
/// of the layers behind it.
///
/// A plain run, generation with a cache, and a sweep that forks at a layer or at a position are all
/// calls of `Forward.advance` on one of these.
struct State<O: Operations>: Sendable {
  /// The block that comes next.
  var nextLayer = 0
  /// The residual stream of the live chunk, [row, position, width].
  var stream: O.Value
  /// The tokens of the chunk, row by row.
  var chunk: Chunk
  /// Keys (rotated) and values so far, or nil when nobody will go on from here.
  var cache: KeyValueCache<O>?
  /// What the encoder gave, in a model with two stacks.
  var source: Source<O>?
  /// How long each row is as a whole, on which a rotation may depend.
  var lengths: [Int]

  /// A state before a block; rows are as long as the chunk reaches, where nothing else is said.
  init(
    nextLayer: Int = 0, stream: O.Value, chunk: Chunk, cache: KeyValueCache<O>? = nil,
    source: Source<O>? = nil, lengths: [Int]? = nil
  ) {
    self.nextLayer = nextLayer
    self.stream = stream
    self.chunk = chunk
    self.cache = cache
    self.source = source
    self.lengths = lengths ?? chunk.ends
  }
}

/// What the encoder gave for the source rows, and what decoder blocks made of it so far.
struct Source<O: Operations>: Sendable {
  /// The source tokens of each row.
  var chunk: Chunk
  /// The encoder's last stream, [row, position, width].
  var output: O.Value
  /// Each decoder layer's keys and values, [row, position, group, headWidth], once it has run.
  var layers: [(keys: O.Value, values: O.Value)?]
}

/// Which positions of each row a pass runs.
struct Chunk: Sendable, Equatable {
  /// The position of each row's first live token.
  var starts: [Int]
  /// How many live tokens each row has; the rest of the width is padding.
  var counts: [Int]
  /// The padded length.
  var width: Int { counts.max() ?? 0 }

  /// The length of each row as far as the chunk reaches.
  var ends: [Int] { zip(starts, counts).map { $0 + $1 } }

  /// The positions of a row.
  func range(_ row: Int) -> Range<Int> { starts[row]..<starts[row] + counts[row] }

  /// Each row's first token alone, which a classifier reads.
  static func firstTokens(rows: Int) -> Chunk {
    Chunk(starts: Array(repeating: 0, count: rows), counts: Array(repeating: 1, count: rows))
  }
}

/// Keys and values of every layer so far, with room to grow.
struct KeyValueCache<O: Operations>: Sendable {
  /// Each layer's rotated keys and values, [row, capacity, group, headWidth].
  var layers: [(keys: O.Value, values: O.Value)?]
  /// How many positions of each row are filled in every layer.
  var lengths: [Int]
  /// How many tokens of each row have a number among the positions; fewer than `lengths` where a
  /// model does not count padding.
  var counted: [Int]
  /// How many positions each layer has room for.
  let capacity: Int

  /// An empty cache for so many rows and positions.
  init(layerCount: Int, rows: Int, capacity: Int) {
    layers = Array(repeating: nil, count: layerCount)
    lengths = Array(repeating: 0, count: rows)
    counted = lengths
    self.capacity = capacity
  }

  /// Puts a chunk's keys and values behind those so far, and gives all of them.
  mutating func append(
    _ keys: O.Value, _ values: O.Value, layer: Int, chunk: Chunk, with operations: O
  ) throws(Fault) -> (keys: O.Value, values: O.Value) {
    var slot = layers[layer] ?? empty(like: keys, with: operations)
    layers[layer] = nil  // so that `slot` holds the only reference and is written in place
    for row in chunk.starts.indices where chunk.counts[row] > 0 {
      let target = Region([[row], Array(chunk.range(row)), nil, nil])
      let source = Region([[row], Array(0..<chunk.counts[row]), nil, nil])
      try operations.write(&slot.keys, target, try operations.read(keys, source))
      try operations.write(&slot.values, target, try operations.read(values, source))
    }
    layers[layer] = slot
    return slot
  }

  private func empty(like keys: O.Value, with operations: O) -> (keys: O.Value, values: O.Value) {
    let shape = operations.shape(keys)
    let room = operations.constant(
      Tensor(
        zeros: [.row, .position, .group, .headWidth], [shape[0], capacity, shape[2], shape[3]]))
    return (room, room)
  }
}
