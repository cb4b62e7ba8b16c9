import Testing

/// The program under limits of memory, as shells set them.
@Suite("Where the large stack cannot be had")
struct SmallStackTests {
  @Test("a smaller one serves, and the program says so")
  func smaller() throws {
    let run = try ProgramRun(["-e", "1 + 1"], kilobytes: 900_000)
    #expect(run.status == 0)
    #expect(run.output.contains("warning[small-stack]"))
    #expect(run.output.hasSuffix("2\n"))
  }

  @Test("endless calls end in an error", arguments: [900_000, 3_000_000])
  func calls(_ kilobytes: Int) throws {
    let run = try ProgramRun(["-e", "fn f(x) { 1 + f(x + 1) }; f 0"], kilobytes: kilobytes)
    #expect(run.status == 1)
    #expect(run.output.contains("error[too-many-calls]"))
  }
}
