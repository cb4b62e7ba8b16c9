import Testing

@testable import Library

@Suite("Leaving a session")
struct LeavingTests {
  @Test(
    "`exit` passes through everything that catches failures",
    arguments: [
      ("exit", 0), ("quit 7", 7), ("each [1, 2] { exit it }", 1),
      ("try { exit 4 } catch e { 9 }", 4), ("fn f() { for i in 3..5 { exit(i) } }\nf()", 3),
      ("let x = 1 + exit(2)", 2),
    ])
  func leaves(_ code: String, _ status: Int32) throws {
    let outcome = try Session().run(code)
    #expect(outcome.errors.map(\.headline) == [])
    #expect(outcome.leaving == status)
  }

  @Test("What was bound before stays, and nothing after it runs")
  func keepsWhatRan() throws {
    let session = try Session()
    #expect(session.run("let x = 3; exit; print \"after\"").leaving == 0)
    #expect(session.output.text == "")
    #expect(session.run("x").shown == .number(3))
  }

  @Test("A script that does not leave has no status")
  func staysOtherwise() throws { #expect(try Session().run("1").leaving == nil) }
}
