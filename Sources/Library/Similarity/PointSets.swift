import Analysis
import Faults
import Language
import Tensors
import Transformers

/// Vectors as rows, in one set or in several of the same rows: one for each layer, say.
struct PointSets {
  /// One set.
  struct Panel {
    /// What tells it from the others; empty where there is only one.
    let name: String
    private let source: Source

    /// Where the vectors lie.
    private enum Source {
      case matrix(Matrix)
      /// Rows of what may lie in a file: read when they are looked at.
      case site(AnyTensor, rows: [Int])
    }

    init(name: String, points: Matrix) { (self.name, source) = (name, .matrix(points)) }

    init(name: String, site: AnyTensor, rows: [Int]) {
      (self.name, source) = (name, .site(site, rows: rows))
    }

    /// The vectors.
    func points() throws(Failure) -> Matrix {
      switch source {
      case .matrix(let matrix): return matrix
      case .site(let values, let rows):
        do throws(TensorError) {
          let read =
            rows.count == values.shape.first ? values : try values.read(Region([rows, nil]))
          return try Matrix(read.cast(to: Double.self))
        } catch {
          throw Failure("shape-mismatch", "\(name) holds no vectors: \(error)")
        }
      }
    }

    /// Some of the rows.
    func keeping(_ kept: [Int]) -> Panel {
      switch source {
      case .matrix(let matrix): Panel(name: name, points: matrix.selecting(rows: kept))
      case .site(let values, let rows):
        Panel(name: name, site: values, rows: kept.map { rows[$0] })
      }
    }
  }

  private(set) var panels: [Panel]
  /// What each row is, such as its token.
  private(set) var rowNames: [String]
  /// The text that each row comes from, where that is known.
  private(set) var units: [Int]?
  /// What is known of the rows by name, for labels.
  private(set) var known: Table?
  /// The place of each row among those that were given.
  private(set) var places: [Int]
  /// What must be said.
  private(set) var notes: [String]

  /// How many rows were given, those left out counted.
  let given: Int

  /// How many rows each set has.
  var count: Int { places.count }

  /// Axes that rows run over; all others but the last tell sets apart.
  private static let rowAxes: Set<String> = ["row", "position", "token", "query", "text"]

  /// The sets of a tensor, whose last axis is the width.
  ///
  /// `row`, `position` and `token` run over the rows, and all else, such as `layer`, over the sets. A
  /// matrix is one set.
  ///
  /// Of gathered activations each site is a set, and the tokens are the rows.
  init(_ value: Value) throws(Failure) {
    if case .host(let host as ActivationsValue) = value {
      try self.init(host.activations)
    } else {
      try self.init(Self.tensor(value))
    }
  }

  private static func tensor(_ value: Value) throws(Failure) -> TensorValue {
    switch value.presented {
    case .tensor(let given): return given
    case .list, .table: return try TensorMaking.tensor(value.presented)
    default:
      throw Failure(
        "wrong-type", "\(value.kindWithArticle) holds no vectors",
        help: "give a tensor [row, width], such as   capture p L*.resid.post")
    }
  }

  private init(_ tensor: TensorValue) throws(Failure) {
    let width = tensor.axes.count - 1
    guard width >= 1, tensor.count > 0 else {
      throw Failure(
        "shape-mismatch",
        tensor.count == 0
          ? "the tensor \(tensor.shapeText) is empty"
          : "one vector \(tensor.shapeText) is no set of vectors",
        help: "give a tensor [row, width]")
    }
    var rows = (0..<width).filter { Self.rowAxes.contains(tensor.axes[$0].name) }
    if rows.isEmpty || width == 1 { rows = [width - 1] }
    let others = (0..<width).filter { !rows.contains($0) }
    let rowPlaces = Self.places(tensor, rows)
    let panelPlaces = Self.places(tensor, others)
    let columns = tensor.axes[width].count
    let matrices = panelPlaces.map { panel in
      var elements: [Double] = []
      elements.reserveCapacity(rowPlaces.count * columns)
      for row in rowPlaces {
        for column in 0..<columns {
          elements.append(tensor.storage[panel.offset + row.offset + column])
        }
      }
      return Matrix(rows: rowPlaces.count, columns: columns, elements)
    }
    panels = zip(panelPlaces, matrices).map { place, points in
      Panel(name: others.isEmpty ? "" : place.name, points: points)
    }
    rowNames = rowPlaces.map(\.label)
    places = Array(rowPlaces.indices)
    given = rowPlaces.count
    notes = tensor.notes
    let texts = rows.count > 1 ? rows.first : nil
    units = texts.map { axis in rowPlaces.map { $0.indices[axis] ?? 0 } }
    known = nil
    try dropIncomplete(matrices)
  }

  private init(_ activations: Activations) throws(Failure) {
    let names = activations.sites.map(\.address.description)
    let tokens = activations.tokens
    panels = activations.sites.enumerated().map { place, site in
      Panel(
        name: names.count == 1 ? "" : names[place], site: site.values, rows: Array(tokens.indices))
    }
    given = tokens.count
    places = Array(tokens.indices)
    rowNames = tokens.map { PromptLines.visible($0.token) }
    units = tokens.map(\.text)
    known = GatheredToken.table(tokens)
    notes = activations.notes
    guard given > 0, !panels.isEmpty else {
      throw Failure("empty", "the activations hold no tokens", help: "gather some texts")
    }
    let finite = try faultsAsFailures { () throws(Fault) in try FiniteTokens(activations) }
    keepComplete(finite.places)
  }

  private struct Place {
    var offset = 0
    var name = ""
    var label = ""
    var indices: [Int: Int] = [:]
  }

  /// Where the entries of some axes begin, the last axis running fastest.
  private static func places(_ tensor: TensorValue, _ axes: [Int]) -> [Place] {
    var places = [Place()]
    for axis in axes {
      let step = tensor.shape[(axis + 1)...].reduce(1, *)
      let one = tensor.axes[axis]
      places = places.flatMap { place in
        (0..<one.count).map { index in
          var next = place
          next.offset += index * step
          // A label such as `L0` says by itself what it is.
          let name = one.labels.map { $0[index] } ?? "\(one.name) \(index)"
          next.name += (place.name.isEmpty ? "" : ", ") + name
          next.label = one.label(index)
          next.indices[axis] = index
          return next
        }
      }
    }
    return places
  }

  /// Leaves out rows of a tensor that hold NaN or an infinity in any set, such as the padding of a
  /// batch.
  private mutating func dropIncomplete(_ panels: [Matrix]) throws(Failure) {
    var complete = [Bool](repeating: true, count: count)
    for points in panels where points.firstRowNotFinite != nil {
      for row in 0..<points.rows where complete[row] {
        complete[row] = points.row(row).allSatisfy(\.isFinite)
      }
    }
    let kept = complete.indices.filter { complete[$0] }
    guard !kept.isEmpty else {
      throw Failure(
        "not-finite", "all \(Value.count(count, "row")) hold NaN or an infinity")
    }
    keepComplete(kept)
  }

  private mutating func keepComplete(_ kept: [Int]) {
    let dropped = count - kept.count
    if dropped == 0 { return }
    notes.append("\(Value.count(dropped, "row")) with NaN or an infinity left out")
    self = keeping(kept)
  }

  /// The sets of some of the rows.
  func keeping(_ rows: [Int]) -> PointSets {
    var kept = self
    kept.panels = panels.map { $0.keeping(rows) }
    kept.rowNames = rows.map { rowNames[$0] }
    kept.units = units.map { units in rows.map { units[$0] } }
    kept.known = known?.selecting(rows)
    kept.places = rows.map { places[$0] }
    return kept
  }

  /// At most so many rows, drawn with a seed, and a note of it; all when there are no more.
  func drawing(_ most: Int, seed: UInt64) -> PointSets {
    guard count > most else { return self }
    var random = SeededGenerator(seed: seed, name: "rows")
    var drawn = keeping(random.sample(most, of: count).sorted())
    drawn.notes.append("\(most) of \(count) rows drawn")
    return drawn
  }

  /// The rows of two lists of sets that both have, in the same order.
  static func common(
    _ first: PointSets, _ second: PointSets
  ) -> (first: PointSets, second: PointSets) {
    let (mine, theirs) = (Set(first.places), Set(second.places))
    return (
      first.keeping(first.places.indices.filter { theirs.contains(first.places[$0]) }),
      second.keeping(second.places.indices.filter { mine.contains(second.places[$0]) })
    )
  }
}
