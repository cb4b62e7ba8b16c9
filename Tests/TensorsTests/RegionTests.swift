import Testing

@testable import Tensors

@Suite struct RegionTests {
  /// `[2, 3, 4]`, element `(i, j, k)` is `100 i + 10 j + k`.
  static let cube = Tensor<Float>(
    [.row, .position, .width], [2, 3, 4],
    [
      0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23,
      100, 101, 102, 103, 110, 111, 112, 113, 120, 121, 122, 123,
    ])

  @Test func reading() throws {
    let cube = Self.cube
    #expect(try cube.read(Region([nil, nil, nil])).elements == cube.elements)
    let part = try cube.read(Region([[1], nil, [2, 0]]))
    #expect(part.shape == [1, 3, 2])
    #expect(part.axes == cube.axes)
    #expect(part.elements == [102, 100, 112, 110, 122, 120])
    #expect(try cube.read(Region([nil, [2, 2], nil])).elements[4...7] == [20, 21, 22, 23])
    #expect(try cube.read(Region([[], nil, nil])).count == 0)
  }

  @Test func writing() throws {
    var cube = Self.cube
    let region = Region([[0, 1], [1], nil])
    try cube.write(region, Tensor([.row, .position, .width], [2, 1, 1], [7, 8]))
    #expect(try cube.read(region).elements == [7, 7, 7, 7, 8, 8, 8, 8])
    #expect(cube[0, 0, 3] == 3 && cube[1, 2, 3] == 123)
    let saved = try Self.cube.read(region)
    try cube.write(region, saved)
    #expect(cube.elements == Self.cube.elements)
  }

  @Test func changingInPlace() throws {
    var cube = Self.cube
    let corner = Region([[1], [2], [3]])
    try cube.fill(corner, with: 5)
    #expect(cube[1, 2, 3] == 5)
    try cube.scale(Region([nil, [0], nil]), by: 2)
    #expect(cube[1, 0, 3] == 206 && cube[0, 0, 1] == 2 && cube[0, 1, 1] == 11)
    let direction = Tensor<Float>([.row, .position, .width], [1, 1, 4], [1, 2, 3, 4])
    try cube.add(Region([nil, [1], nil]), direction, by: -10)
    #expect(try cube.read(Region([[1], [1], nil])).elements == [100, 91, 82, 73])
  }

  @Test func mistakesAreNamedAndChangeNothing() {
    var cube = Self.cube
    #expect(throws: TensorError.indexOutOfRange(axis: .position, index: 3, count: 3)) {
      try cube.fill(Region([nil, [0, 3], nil]), with: 1)
    }
    #expect(throws: TensorError.indexOutOfRange(axis: .row, index: -1, count: 2)) {
      try cube.read(Region([[-1], nil, nil]))
    }
    #expect(throws: TensorError.rankMismatch(operation: "the region", expected: 3, found: 2)) {
      try cube.read(Region([nil, nil]))
    }
    let wrong = Tensor<Float>(zeros: [.row, .position, .width], [1, 2, 4])
    #expect(
      throws: TensorError.shapeMismatch(
        operation: "writing to the region", expected: [2, 3, 4], found: [1, 2, 4])
    ) {
      try cube.write(Region([nil, nil, nil]), wrong)
    }
    #expect(cube.elements == Self.cube.elements)
    #expect(
      "\(TensorError.indexOutOfRange(axis: .head, index: 12, count: 12))"
        == "index 12 on the axis `head`, which runs from 0 to 11")
  }

  @Test func gatheringRows() throws {
    let table = Tensor<Double>([.vocabulary, .width], [3, 2], [0, 1, 10, 11, 20, 21])
    let rows = try Kernels.gather(table, rows: [2, 0, 2])
    #expect(rows.shape == [3, 2])
    #expect(rows.elements == [20, 21, 0, 1, 20, 21])
    #expect(throws: TensorError.indexOutOfRange(axis: .vocabulary, index: 3, count: 3)) {
      try Kernels.gather(table, rows: [3])
    }
  }
}
