import Testing

@testable import Analysis

@Suite("Token alignment")
struct TokenAlignmentTests {
  @Test(
    "pairs what both have, and fills the gaps from behind",
    arguments: [
      ([1, 2, 3], [1, 2, 3], [0, 1, 2]),
      // One token more in the second: the gap's last stands for the last.
      ([1, 2, 9], [1, 7, 8, 9], [0, 2, 3]),
      // One token more in the first: its first ones share the gap's first.
      ([1, 5, 6, 9], [1, 7, 9], [0, 1, 1, 2]),
      // Nothing in the gap: the token before.
      ([1, 5, 9], [1, 9], [0, 0, 1]), ([5, 1], [1], [0, 0]), ([1, 5], [1], [0, 0]),
      ([4, 4], [7, 8, 9], [1, 2]),
    ])
  func places(_ first: [Int], _ second: [Int], _ expected: [Int]) {
    #expect(TokenAlignment.places(first, second) == expected)
  }
}
