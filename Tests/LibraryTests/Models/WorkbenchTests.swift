import Foundation
import Language
import Library
import Synchronization
import Testing

@Suite struct WorkbenchTests {
  @Test func statusCountsWhatIsActive() {
    let bench = Bench()
    #expect(bench.workbench.promptStatus == "")
    bench.run(#"load "random-tiny""#)
    #expect(bench.workbench.promptStatus == "random-tiny")
    bench.run("ablate L0.H1 L1.H2")
    #expect(bench.workbench.promptStatus == "random-tiny [2]")
    bench.run("restore 1")
    #expect(bench.workbench.promptStatus == "random-tiny [1]")
  }

  @Test func numbersAreNeverUsedTwice() {
    let bench = Bench()
    bench.run(#"load "random-tiny"; ablate L0.H0; restore()"#)
    #expect(bench.run("ablate L0.H1; no_such_name").isSuccess == false)
    bench.run("with zero(L0.H2) { 1 }")
    #expect(bench.text("ablate L0.H3; interventions().id") != "[1]")
    #expect(bench.text("len(interventions())") == "1")
  }

  @Test func failedEntryLeavesNothingBehind() {
    let bench = Bench()
    bench.run(#"load "random-tiny"; ablate L0.H0"#)
    #expect(!bench.run(#"ablate L1.H1; predict "a" at: @9"#).isSuccess)
    #expect(bench.text("interventions().intervention") == #"["zero L0.H0"]"#)
  }

  @Test func scopeEndsAfterAFailure() {
    let bench = Bench()
    bench.run(#"load "random-tiny""#)
    let source = """
      try { with zero(L0.H1), zero(L1) { predict("a", at: @9) } } catch e { print e.code }
      len(interventions())
      """
    #expect(bench.text(source) == "0")
    #expect(bench.output.text.contains("position-out-of-range"))
  }

  @Test func interventionsStayWithTheirModel() {
    let bench = Bench()
    bench.run(#"let a = load "random-tiny"; ablate L0.H1"#)
    #expect(bench.text("(models() | first 1).interventions") == "[1]")
    bench.run("with a { ablate L0.H2 }")
    #expect(bench.workbench.promptStatus == "random-tiny [2]")
    #expect(bench.text("use a; interventions().intervention") == #"["zero L0.H1", "zero L0.H2"]"#)
  }

  @Test func resultsSayWhatWasActive() {
    let bench = Bench()
    bench.run(#"load "random-tiny"; let p = prompt "the cat"; ablate L0.H1"#)
    let note = "under 1 intervention (1: zero L0.H1)"
    for source in [
      "predict p", "attention p L0.H0", "capture p L0.H0.z", "measure p [entropy]",
      "sweep p over: heads() do: zero measure: kl", "generate p tokens: 2",
      "measure (batch [p]) kl",
    ] {
      #expect(bench.text(source).contains(note), "\(source)")
    }
    bench.run("measure p entropy; measure p entropy")
    #expect(bench.output.text.components(separatedBy: note).count == 2 + 7)
  }

  @Test(arguments: [
    "sweep p over: neurons(L0..1) do: zero measure: loss", "generate p tokens: 100 cached: false",
    "predict p; measure p kl",
  ]) func interruptionStopsARun(_ source: String) {
    let bench = Bench()
    // Kernels look at the flag of the newest bench, and tests that run meanwhile must not stop.
    _ = Bench()
    bench.run(#"load "random-tiny"; let p = prompt "the cat and the dog"; ablate L0.H1"#)
    let interruption = bench.interpreter.interruption
    let asked = Mutex<ContinuousClock.Instant?>(nil)
    DispatchQueue.global().asyncAfter(deadline: .now() + 0.2) {
      asked.withLock { $0 = .now }
      interruption.request()
    }
    let outcome = bench.run("while true { \(source) }")
    let waited = asked.withLock { $0 }.map { ContinuousClock.now - $0 }
    #expect(outcome.isInterrupted)
    // A tenth of a second is promised; a debug build on a busy machine gets more room.
    #expect(waited.map { $0 < .seconds(1) } == true)
    interruption.clear()
    #expect(bench.text("len(interventions())") == "1")
  }
}
