import Tensors
import Transformers

/// The summands of what one attention writes in one row: Σ over heads and source tokens of α · f(x),
/// where f(x) is what a head would write if it attended to that token alone (Kobayashi et al., 2020).
///
/// Everything is in double precision. Vectors of single summands are never formed all at once:
/// there are heads × queries × keys of them.
public struct AttentionTerms: Sendable {
  /// Which attention.
  public let place: AttentionPlace
  /// α of each head: queries × keys.
  public let patterns: [Matrix]
  /// f(x) of each head: keys × width, with the value's bias and without that of the output projection.
  public let sources: [Matrix]
  /// What attention wrote, without the output projection's bias: queries × width.
  public let written: Matrix
  /// The stream that it was added to: queries × width.
  public let kept: Matrix
  /// The norm that reads the stream behind it; nil where there is none.
  public let norm: NormBehind?
  /// The largest difference between the sum of all summands and what attention wrote, relative to
  /// the largest number of the latter.
  public let deviation: Double

  /// A norm whose statistics are held: a linear map of what it reads.
  public struct NormBehind: Sendable {
    /// The gain.
    public var gain: [Double]
    /// One by the deviation of each query's stream.
    public var inverse: [Double]
    /// Whether it takes the mean away.
    public var isCentred: Bool

    /// What the norm makes of a summand of a query's stream; the bias is nobody's.
    public func applied(to vector: [Double], query: Int) -> [Double] {
      var mean = 0.0
      if isCentred {
        for number in vector { mean += number }
        mean /= Double(max(vector.count, 1))
      }
      let factor = inverse[query]
      return vector.indices.map { (vector[$0] - mean) * gain[$0] * factor }
    }
  }

  /// How many heads there are.
  public var heads: Int { patterns.count }
  /// How many tokens attend.
  public var queries: Int { written.rows }
  /// How many tokens are attended to.
  public var keys: Int { sources.first?.rows ?? 0 }

  /// Terms from their parts.
  public init(
    place: AttentionPlace, patterns: [Matrix], sources: [Matrix], written: Matrix, kept: Matrix,
    norm: NormBehind? = nil
  ) {
    self.place = place
    self.patterns = patterns
    self.sources = sources
    self.written = written
    self.kept = kept
    self.norm = norm
    var sum = Matrix(zeros: written.rows, written.columns)
    for (pattern, source) in zip(patterns, sources) {
      let part = pattern.times(source)
      for index in part.elements.indices { sum.elements[index] += part.elements[index] }
    }
    deviation = relativeDistance(sum.elements, written.elements)
  }

  /// What a query took from the token at its own place: Σ over heads of α_ii f(x_i); zeros in
  /// attention to the other side, where no token has a place of its own.
  public func own(_ query: Int) -> [Double] {
    var sum = [Double](repeating: 0, count: written.columns)
    guard !place.isCross, query < keys else { return sum }
    for (pattern, source) in zip(patterns, sources) {
      let weight = pattern[query, query]
      let start = query * source.columns
      for column in sum.indices { sum[column] += weight * source.elements[start + column] }
    }
    return sum
  }

  /// What a query took from all other tokens; nothing at all where it saw no other one.
  public func others(_ query: Int) -> [Double] {
    let seesOthers = patterns.contains { pattern in
      (0..<keys).contains { (place.isCross || $0 != query) && pattern[query, $0] != 0 }
    }
    guard seesOthers else { return [Double](repeating: 0, count: written.columns) }
    let own = own(query)
    return zip(written.row(query), own).map { $0 - $1 }
  }
}
