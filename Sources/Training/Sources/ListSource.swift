import Tensors

/// Texts of a list, drawn without repetition until all were seen, and then in another order.
public struct ListSource: TextSource {
  private let list: [TextExample]

  /// A source over texts; there is at least one.
  public init(_ list: [TextExample]) {
    self.list = list
  }

  /// The texts of a draw: consecutive ones of an order that belongs to the draw.
  public func texts(draw: UInt64, count: Int) -> [TextExample] {
    var generator = SeededGenerator(seed: draw)
    var texts: [TextExample] = []
    while texts.count < count, !list.isEmpty {
      if count - texts.count < list.count / 2 {
        texts += (0..<count - texts.count).map { _ in
          list[Int.random(in: list.indices, using: &generator)]
        }
      } else {
        texts += list.shuffled(using: &generator).prefix(count - texts.count)
      }
    }
    return texts
  }
}
