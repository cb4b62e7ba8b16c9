import Language
import Testing

@Suite("Tensors as values")
struct TensorTests {
  /// Entries 0, 1, 2, … along axes a (2), b (3), c (4).
  private let cube = TensorValue(
    axes: [.init("a", count: 2), .init("b", labels: ["x", "y", "z"]), .init("c", count: 4)],
    storage: .floats((0..<24).map(Float.init)))

  @Test("picking agrees with the places of row-major order")
  func picking() throws {
    #expect(try cube.picking(.one(1), axis: 0).doubles == (12..<24).map(Double.init))
    #expect(try cube.picking(.one(-1), axis: 1).doubles == [8, 9, 10, 11, 20, 21, 22, 23])
    #expect(
      try cube.picking(.label("y"), axis: 1).picking(.one(0), axis: 0).doubles == [4, 5, 6, 7])
    let part = try cube.picking(.range(NumberRange(1, 2)), axis: 2)
    #expect(part.shape == [2, 3, 2])
    #expect(part.doubles.prefix(4) == [1, 2, 5, 6])
    #expect(part.axes[2].labels == ["1", "2"])
  }

  @Test("picking keeps the kind of storage")
  func storage() throws {
    guard case .floats = try cube.picking(.one(0), axis: 0).storage else {
      Issue.record("became float64")
      return
    }
  }

  @Test("picking outside fails and says what there is")
  func outside() {
    for pick in [TensorValue.Pick.one(2), .one(-3), .range(NumberRange(0, 5)), .label("q")] {
      let failure = #expect(throws: Failure.self) { try cube.picking(pick, axis: 0) }
      #expect(failure?.code == "index-out-of-range")
    }
  }

  @Test("arithmetic aligns axes by name")
  func arithmetic() throws {
    let row = TensorValue(axes: [.init("c", count: 4)], storage: .doubles([1, 2, 3, 4]))
    let column = TensorValue(axes: [.init("a", count: 2)], storage: .doubles([10, 20]))
    let sum = try cube.combining(row, +)
    #expect(sum.axes.map(\.name) == ["a", "b", "c"])
    #expect(sum.storage[0] == 1 && sum.storage[23] == 27)
    let outer = try column.combining(row, *)
    #expect(outer.shape == [2, 4])
    #expect(outer.doubles == [10, 20, 30, 40, 20, 40, 60, 80])
    let turned = try row.combining(cube, -)
    #expect(turned.axes.map(\.name) == ["c", "a", "b"])
    #expect(turned.storage[0] == 1)
    #expect(throws: Failure.self) {
      try row.combining(TensorValue(axes: [.init("c", count: 3)], storage: .doubles([1, 2, 3])), +)
    }
  }

  @Test("a product that would be huge is refused")
  func huge() {
    let a = TensorValue(
      axes: [.init("a", count: 60_000)], storage: .floats(.init(repeating: 0, count: 60_000)))
    let b = TensorValue(
      axes: [.init("b", count: 60_000)], storage: .floats(.init(repeating: 0, count: 60_000)))
    let failure = #expect(throws: Failure.self) { try a.combining(b, *) }
    #expect(failure?.code == "too-large")
  }

  @Test("the summary leaves out what is not finite")
  func summary() {
    let tensor = TensorValue(
      axes: [.init("key", count: 4)], storage: .floats([1, -.infinity, 3, .nan]))
    #expect(tensor.summary.minimum == 1)
    #expect(tensor.summary.maximum == 3)
    #expect(tensor.summary.mean == 2)
    #expect(tensor.summary.nonFiniteCount == 2)
    #expect(tensor.summaryText == "tensor [key 4], min 1, mean 2, max 3, 2 not finite")
    let empty = TensorValue(axes: [.init("key", count: 0)], storage: .floats([]))
    #expect(empty.summaryText == "tensor [key 0], empty")
    #expect(empty.summary.mean.isNaN)
  }
}
