import Language

extension TensorValue {
  /// The tensor without the named axes, `reduce` taken of the numbers along them, in float64.
  func reducing(
    over names: [String], _ context: Context, _ reduce: ([Double]) -> Double
  ) throws(Failure) -> TensorValue {
    let gone = Set(try names.map { name throws(Failure) in try axis(name, argument: "over") })
    let kept = axes.indices.filter { !gone.contains($0) }
    let inner = axes.indices.filter(gone.contains)
    let outerPlaces = places(along: kept)
    let innerPlaces = places(along: inner)
    var result: [Double] = []
    result.reserveCapacity(outerPlaces.count)
    for start in outerPlaces {
      try context.interruption.check()
      result.append(reduce(innerPlaces.map { storage[start + $0] }))
    }
    return TensorValue(axes: kept.map { axes[$0] }, storage: .doubles(result), notes: notes)
  }

  /// The offsets of all entries along some of the axes, in row-major order.
  private func places(along chosen: [Int]) -> [Int] {
    var places = [0]
    for axis in chosen {
      let step = axes[(axis + 1)...].reduce(1) { $0 * $1.count }
      places = places.flatMap { place in (0..<axes[axis].count).map { place + $0 * step } }
    }
    return places
  }
}
