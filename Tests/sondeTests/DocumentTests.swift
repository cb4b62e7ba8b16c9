import Foundation
import TestSupport
import Testing

/// The pages of docs/ and the README: what stands under an input is what comes of it.
@Suite struct DocumentTests {
  private static let root = SharedData.projectRoot

  /// The pages that hold inputs; those of the reference are tried from the declarations that it is
  /// written from.
  private static let pages: [String] = {
    let docs = root.appendingPathComponent("docs")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: docs.path)) ?? []
    return files.filter { name in
      guard name.hasSuffix(".md"), name != "reference.md" else { return false }
      let text = try? String(contentsOf: docs.appendingPathComponent(name), encoding: .utf8)
      return text?.contains("```probe") ?? false
    }.sorted()
  }()

  @Test func thereArePages() { #expect(Self.pages.count >= 6) }

  @Test(arguments: pages) func showsWhatComesOfItsInputs(_ name: String) throws {
    let run = try ProgramRun(["check", Self.root.appendingPathComponent("docs/\(name)").path])
    #expect(run.status == 0, "\(run.output.suffix(2000))")
    #expect(run.output.contains(/\d+ inputs?, no difference/), "\(run.output.suffix(2000))")
  }

  /// The README's inputs are one session, and show no output there.
  @Test func inputsOfTheReadmeRun() throws {
    let text = try String(
      contentsOf: Self.root.appendingPathComponent("README.md"), encoding: .utf8)
    let inputs = text.components(separatedBy: "```probe\n").dropFirst().compactMap {
      $0.components(separatedBy: "\n```").first
    }
    #expect(inputs.count >= 3)
    let run = try ProgramRun(["-e", inputs.joined(separator: "\n")])
    #expect(run.status == 0, "\(run.output.suffix(2000))")
    #expect(!run.output.isEmpty)
  }
}
