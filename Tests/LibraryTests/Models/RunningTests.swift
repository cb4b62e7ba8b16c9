import Language
import Library
import TestSupport
import Testing

/// Numbers of one command against numbers of another that must agree.
@Suite struct RunningTests {
  private func numbers(_ value: Value?) -> [Double] {
    switch value {
    case .number(let number)?: [number]
    case .list(let list)?: list.flatMap { numbers($0) }
    case .tensor(let tensor)?: tensor.doubles
    default: []
    }
  }

  private func bench(_ setup: String = "") -> Bench {
    let bench = Bench()
    bench.run(#"load "random-tiny"; let p = prompt "the cat"; "# + setup)
    return bench
  }

  @Test func logitsAgreeWithPrediction() {
    let bench = bench()
    let predicted = numbers(bench.value(#"(predict p top: 260 | sort "id").logit"#))
    expectClose(predicted, numbers(bench.value("capture p logits@-1")), absolute: 1e-6)
    #expect(predicted.count == 260)
  }

  @Test func patternRowsSumToOne() {
    let sums = numbers(bench().value("capture p L*.H*.pattern | sum over: \"key\""))
    expectClose(sums, Array(repeating: 1, count: 2 * 4 * 7), absolute: 1e-6)
  }

  @Test func batchRowEqualsThePromptAlone() {
    let bench = bench("let q = prompt \"a dog and a cow\"")
    let together = numbers(bench.value("(capture (batch [p, q]) L*.resid.post@-1)[row: 0]"))
    let alone = numbers(bench.value("capture p L*.resid.post@-1"))
    // Relative to the largest number: single entries near zero are sums of larger ones.
    expectClose(together, alone, absolute: 1e-5 * (alone.map(abs).max() ?? 0))
    let both = numbers(bench.value("(measure (batch [p, q]) [entropy]).entropy"))
    expectClose(
      both, numbers(bench.value("[measure(p, entropy), measure(q, entropy)]")), relative: 1e-5)
  }

  @Test func paddingIsNaN() {
    let tensor = numbers(bench().value(#"capture (batch [p, "a"]) L0.mlp"#))
    #expect(tensor.count == 2 * 7 * 32)
    #expect(tensor.map(\.isNaN) == (0..<448).map { $0 >= 224 + 32 })
  }

  @Test func sweepEqualsOneByOne() {
    let bench = bench(#"let m = logit_diff "a" "b"; ablate L0.H3"#)
    let swept = numbers(bench.value("(sweep p over: heads() do: zero measure: m).change"))
    let single = bench.value(
      "let base = measure p m; heads() | each { h => (with zero(h) { measure p m }) - base }")
    expectClose(swept, numbers(single), absolute: 1e-5)
    #expect(swept.count == 8 && swept.contains { abs($0) > 1e-3 })
  }

  @Test func sweepSpreadsAnAddressAndItsPositions() {
    let bench = bench()
    #expect(bench.text("(sweep p over: L*.H* do: zero measure: kl).address | len") == "8")
    let table = bench.value("sweep p over: [L0.mlp@*] do: zero measure: kl")
    guard case .table(let table)? = table else { return #expect(Bool(false)) }
    #expect(table.names == ["address", "layer", "position", "token", "value", "change"])
    #expect(table["position"]?.values == (0..<7).map { .int($0) })
    #expect(table["token"]?.values.last == .string("t"))
  }

  @Test func severalMetricsGiveAColumnEach() {
    let bench = bench()
    let source = #"sweep p over: layers() do: zero measure: [kl, logit("a")] | keys"#
    #expect(
      bench.text(source) == #"["address", "layer", "kl", "kl_change", "logit", "logit_change"]"#)
  }

  @Test func generationIsTheSameCachedOrNotUnderInterventions() {
    for phase in ["", ", during: prefill", ", during: decode"] {
      let bench = bench("apply zero(L0.H1\(phase)) scale(L1.mlp, by: 3\(phase)) hide(@2\(phase));")
      let cached = bench.value("(generate p tokens: 12 stream: false).ids")
      let uncached = bench.value("(generate p tokens: 12 cached: false stream: false).ids")
      #expect(numbers(cached).count == 12, "\(phase)")
      #expect(cached == uncached, "\(phase)")
    }
  }

  @Test func drawingFollowsTheSeed() {
    let bench = bench()
    let source = "(generate p tokens: 12 temperature: 1 stream: false"
    let first = bench.value(source + " seed: 1).ids")
    #expect(first == bench.value(source + " seed: 1).ids"))
    #expect(first != bench.value(source + " seed: 2).ids"))
    bench.run("seed 1")
    #expect(first == bench.value(source + ").ids"))
  }

  @Test func receiptTellsTheSizeOfTheChange() {
    let bench = bench("ablate L1.H2; predict p;")
    let untouched = Bench()
    let expected = numbers(
      untouched.value(
        #"load "random-tiny"; let z = capture (prompt "the cat") L1.H2.z; sqrt(sum(flatten((z * z))))"#
      ))
    let change = numbers(bench.value("predict p; receipts().change"))
    expectClose(change, expected, relative: 1e-5)
    #expect(numbers(bench.value("receipts().numbers")) == [56])
    let effect = numbers(bench.value("receipts().effect"))
    expectClose(effect, numbers(bench.value("measure p kl")), relative: 1e-6)
  }

  @Test func metricsThatTakeAPositionReadThere() {
    let bench = bench()
    let there = numbers(bench.value(#"measure p (logit "a" at: @2)"#))
    let row = numbers(bench.value("(capture p logits)[position: 2][vocabulary: 97]"))
    expectClose(there, row, absolute: 1e-6)
  }

  @Test func doublePrecisionAgreesWithSingle() {
    let bench = Bench(settings: SessionSettings(precision: .double))
    bench.run(#"load "random-tiny"; let p = prompt "the cat""#)
    let double = numbers(bench.value("capture p logits@-1"))
    let single = numbers(self.bench().value("capture p logits@-1"))
    expectClose(double, single, absolute: 1e-5)
    #expect(double != single)
  }
}
