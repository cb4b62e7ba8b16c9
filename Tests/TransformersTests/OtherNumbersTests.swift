import Faults
import Synchronization
import Tensors
import Testing
import Transformers

/// A source that counts how often each tensor is asked for.
private final class CountingSource: WeightSource {
  private let inner: SeededWeights
  private let counts = Mutex<[String: Int]>([:])

  init(_ inner: SeededWeights) { self.inner = inner }

  var reads: [String: Int] { counts.withLock { $0 } }

  func shape(of name: String) -> [Int]? { inner.shape(of: name) }

  func tensor<Element: Scalar>(_ name: String, as type: Element.Type, axes: [Axis])
    throws(Fault) -> Tensor<Element>
  {
    counts.withLock { $0[name, default: 0] += 1 }
    return try inner.tensor(name, as: type, axes: axes)
  }
}

/// A model with other numbers than its own, as training makes them at every step.
@Suite struct OtherNumbersTests {
  @Test func everyStoredTensorIsReadOnce() throws {
    let model = try Model.randomTiny()
    let source = CountingSource(SeededWeights(model.tensors, seed: 5))
    _ = try model.weights(from: source, as: Float.self)
    #expect(source.reads.keys.sorted() == model.tensors.map(\.name).sorted())
    #expect(source.reads.values.allSatisfy { $0 == 1 })
  }

  @Test func theNumbersAreThoseOfTheSource() throws {
    let batch = Batch(ids: [[4, 8, 15, 16]])
    let own = try Model.randomTiny(seed: 5)
    let other = try Model.randomTiny(seed: 6)
    let borrowed = try other.weights(
      from: SeededWeights(own.tensors, seed: 5), as: Double.self)
    let expected = try own.runtime(.double).run(RunRequest(batch, output: .all)).logits?.doubles
    #expect(try borrowed.run(RunRequest(batch, output: .all)).logits?.doubles == expected)
    let before = try other.runtime(.double).run(RunRequest(batch, output: .all)).logits?.doubles
    #expect(before != expected)
  }

  @Test func aSourceThatLacksATensorIsRefused() throws {
    let model = try Model.randomTiny()
    let source = SeededWeights(Array(model.tensors.dropFirst()), seed: 0)
    #expect(throws: Fault.self) { try model.weights(from: source, as: Float.self) }
  }
}
