import Faults
import Testing

@Suite("The memory budget")
struct MemoryBudgetTests {
  @Test func holdsWhatFits() throws {
    #expect(MemoryBudget.bytes > 1e7 && MemoryBudget.bytes < 1e15)
    try MemoryBudget.check(0, for: "nothing")
    try MemoryBudget.check(1e7, for: "little")
  }

  @Test(arguments: [1e15, 1e300, .infinity, .nan]) func refusesTheRest(_ bytes: Double) {
    #expect {
      try MemoryBudget.check(bytes, for: "a table", help: "take less")
    } throws: { error in
      let fault = error as? Fault
      return fault?.code == "over-budget" && fault?.help == "take less"
        && fault?.message.hasPrefix("a table needs ") == true
    }
  }
}
