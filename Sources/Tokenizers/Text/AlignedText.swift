/// The bytes of the source that one scalar stands for, as UTF-8 offsets.
struct SourceRange: Equatable, Sendable {
  var start: Int32
  var end: Int32
}

/// Text on its way through the pipeline: scalars, each with the source bytes that it stands for.
///
/// Scalars, never graphemes: vocabularies are written in them, and canonically equivalent texts
/// are different texts to a tokenizer.
struct AlignedText: Sendable {
  var scalars: [Unicode.Scalar] = []
  var sources: [SourceRange] = []
  /// Where this text begins in the source; a scalar put in front of everything stands for the
  /// empty range there.
  var origin: Int32 = 0

  init() {}

  /// The scalars of `text`, each standing for itself.
  init(_ text: String) {
    let count = text.utf8.count
    scalars.reserveCapacity(count)
    sources.reserveCapacity(count)
    var offset: Int32 = 0
    for scalar in text.unicodeScalars {
      let end = offset + Int32(scalar.utf8Width)
      scalars.append(scalar)
      sources.append(SourceRange(start: offset, end: end))
      offset = end
    }
  }

  var isEmpty: Bool { scalars.isEmpty }

  mutating func append(_ scalar: Unicode.Scalar, from source: SourceRange) {
    scalars.append(scalar)
    sources.append(source)
  }

  mutating func append(_ other: AlignedText, _ range: Range<Int>) {
    scalars.append(contentsOf: other.scalars[range])
    sources.append(contentsOf: other.sources[range])
  }

  /// A part as a text of its own.
  func part(_ range: Range<Int>) -> AlignedText {
    var part = AlignedText()
    part.append(self, range)
    part.origin = part.sources.first?.start ?? origin
    return part
  }

  /// Puts `prefix` in front, standing for the same source as the first scalar; an empty text
  /// stays empty.
  mutating func prepend(_ prefix: [Unicode.Scalar]) {
    guard let first = sources.first else { return }
    scalars.insert(contentsOf: prefix, at: 0)
    sources.insert(contentsOf: repeatElement(first, count: prefix.count), at: 0)
  }

  /// Keeps the scalars that satisfy `keep`.
  mutating func filter(_ keep: (Unicode.Scalar) -> Bool) {
    guard !scalars.allSatisfy(keep) else { return }
    var kept = AlignedText()
    kept.origin = origin
    for (scalar, source) in zip(scalars, sources) where keep(scalar) {
      kept.append(scalar, from: source)
    }
    self = kept
  }

  /// Replaces each scalar by one scalar.
  mutating func map(_ change: (Unicode.Scalar) -> Unicode.Scalar) {
    for index in scalars.indices {
      scalars[index] = change(scalars[index])
    }
  }

  /// Replaces each scalar by any number of scalars, which stand for its source.
  mutating func flatMap(_ change: (Unicode.Scalar, inout [Unicode.Scalar]) -> Void) {
    var result = AlignedText()
    result.origin = origin
    result.scalars.reserveCapacity(scalars.count)
    result.sources.reserveCapacity(scalars.count)
    for index in scalars.indices {
      change(scalars[index], &result.scalars)
      while result.sources.count < result.scalars.count {
        result.sources.append(sources[index])
      }
    }
    self = result
  }
}

extension Unicode.Scalar {
  /// How many bytes the scalar takes in UTF-8.
  var utf8Width: Int {
    switch value {
    case 0..<0x80: 1
    case 0x80..<0x800: 2
    case 0x800..<0x10000: 3
    default: 4
    }
  }
}
