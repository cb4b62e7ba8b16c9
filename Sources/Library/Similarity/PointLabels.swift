import Language
import Statistics

/// What the points of a picture are coloured by: one of a few names for each.
struct PointLabels {
  let names: [String]
  /// The name of each row, by its place in `names`; nil where nothing is known.
  let places: [Int?]

  /// The most names that can be told apart.
  static let most = 24
  /// Into how many ranges numbers are put when there are more different ones.
  private static let rangeCount = 6

  /// Labels given as a list, or by the name of something that is known of the rows.
  init(_ value: Value, for sets: PointSets) throws(Failure) {
    let values: [Value]
    switch value.presented {
    case .string(let name):
      guard let known = sets.known else {
        throw Failure(
          "wrong-type", "nothing is known of the rows of a tensor", argument: "labels",
          help: "give a list with a label for each row; of gathered activations, a column's name")
      }
      values = try known.column(name, argument: "labels").values
    case .list(let list): values = try Self.fitted(list.elements, sets)
    case .range(let range):
      values = try Self.fitted(Rows.numbers(of: range).map { .number($0) }, sets)
    case .tensor(let tensor) where tensor.axes.count == 1:
      values = try Self.fitted(tensor.doubles.map { .number($0) }, sets)
    default:
      throw Failure(
        "wrong-type", "labels are a list or the name of a column, not \(value.kindWithArticle)",
        argument: "labels")
    }
    let different = values.filter { $0 != .null }.distinct
    let numbers = different.compactMap { if case .number(let number) = $0 { number } else { nil } }
    if numbers.count == different.count, numbers.count > Self.rangeCount + 2 {
      (names, places) = Self.ranges(
        of: values.map { if case .number(let number) = $0 { number } else { .nan } })
      return
    }
    guard different.count <= Self.most else {
      throw Failure(
        "too-many-labels", "\(different.count) different labels cannot be told apart",
        argument: "labels",
        help: "keep the rows of at most \(Self.most), or colour by something coarser")
    }
    let sorted =
      numbers.count == different.count
      ? numbers.sorted().map { Value.number($0) } : different
    names = sorted.map(\.plainText)
    let place = Dictionary(uniqueKeysWithValues: zip(sorted, sorted.indices))
    places = values.map { place[$0] }
  }

  /// Numbers in ranges of about as many each.
  private static func ranges(of numbers: [Double]) -> ([String], [Int?]) {
    let sorted = numbers.filter { !$0.isNaN }.sorted()
    var bounds: [Double] = []
    for range in 1..<rangeCount {
      let bound = sorted[sorted.count * range / rangeCount]
      if bound > (bounds.last ?? sorted[0]) { bounds.append(bound) }
    }
    let places = numbers.map { number in
      number.isNaN ? nil : bounds.count { $0 <= number }
    }
    let starts = [sorted[0]] + bounds
    let names = starts.indices.map { range in
      let members = sorted.filter { number in bounds.count { $0 <= number } == range }
      let (low, high) = (members.first ?? .nan, members.last ?? .nan)
      return low == high
        ? NumberText.rounded(low) : "\(NumberText.rounded(low)) to \(NumberText.rounded(high))"
    }
    return (names, places)
  }

  /// One value for each row that is left: given for those, or for all.
  private static func fitted(_ values: [Value], _ sets: PointSets) throws(Failure) -> [Value] {
    if values.count == sets.count { return values }
    guard values.count == sets.given else {
      throw Failure(
        "shape-mismatch", "\(Value.count(values.count, "label")) for \(sets.count) rows",
        argument: "labels", help: "give one for each row")
    }
    return sets.places.map { values[$0] }
  }
}
