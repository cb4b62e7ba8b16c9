import Statistics
import Tensors
import Testing

@Suite struct FlowNetworkTests {
  /// The network of Cormen, Leiserson, Rivest and Stein, Introduction to Algorithms, figure 26.1.
  private var textbook: FlowNetwork {
    var network = FlowNetwork(nodeCount: 6)
    for (from, to, capacity) in [
      (0, 1, 16.0), (0, 2, 13), (1, 3, 12), (2, 1, 4), (3, 2, 9), (2, 4, 14), (4, 3, 7), (3, 5, 20),
      (4, 5, 4),
    ] { network.connect(from, to: to, capacity: capacity) }
    return network
  }

  @Test func theTextbooksNetworkCarries23() {
    #expect(textbook.maximumFlow(from: 0, to: 5) == 23)
    #expect(textbook.maximumFlow(from: 5, to: 0) == 0)
    #expect(textbook.maximumFlow(from: 0, to: 0) == 0)
    #expect(textbook.maximumFlow(from: 0, to: 9) == 0)
  }

  @Test func aPreparedNetworkAnswersEachQuestionAfresh() {
    var network = textbook.prepared()
    for _ in 0..<3 {
      #expect(network.maximumFlow(from: 0, to: 5) == 23)
      #expect(network.maximumFlow(from: 0, to: 1) == 20)
    }
  }

  @Test func whatCarriesNothingIsLeftOut() {
    var network = FlowNetwork(nodeCount: 2)
    network.connect(0, to: 1, capacity: 0)
    network.connect(0, to: 1, capacity: -1)
    network.connect(0, to: 1, capacity: .nan)
    network.connect(0, to: 3, capacity: 1)
    network.connect(1, to: 1, capacity: 1)
    #expect(network.edgeCount == 0)
    #expect(network.maximumFlow(from: 0, to: 1) == 0)
    network.connect(0, to: 1, capacity: 0.25)
    network.connect(0, to: 1, capacity: 0.5)
    #expect(network.maximumFlow(from: 0, to: 1) == 0.75)
  }

  /// The least cut of a small graph is found by trying all of them: flow and cut are equal.
  @Test(arguments: 0..<8) func theFlowIsTheLeastCut(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let count = 8
    var edges: [(Int, Int, Double)] = []
    for from in 0..<count {
      for to in 0..<count where from != to && generator.uniform() < 0.4 {
        edges.append((from, to, generator.uniform()))
      }
    }
    var network = FlowNetwork(nodeCount: count)
    for (from, to, capacity) in edges { network.connect(from, to: to, capacity: capacity) }
    let cuts = (0..<1 << count).filter { $0 & 1 == 1 && $0 >> (count - 1) & 1 == 0 }.map { side in
      edges.reduce(0) { sum, edge in
        side >> edge.0 & 1 == 1 && side >> edge.1 & 1 == 0 ? sum + edge.2 : sum
      }
    }
    let least = cuts.min() ?? 0
    #expect(abs(network.maximumFlow(from: 0, to: count - 1) - least) < 1e-12)
  }
}
