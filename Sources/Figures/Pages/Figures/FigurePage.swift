import Foundation
import Language

/// A page of pictures with the tables that they were drawn from beside them, without any script.
public struct FigurePage: Sendable {
  /// One analysis.
  public struct Section: Sendable {
    /// Its heading.
    public var title: String
    /// What is measured, in a few sentences.
    public var lead: String
    /// What it looks like.
    public var figures: [Figure]
    /// The numbers.
    public var table: Table

    /// A section from its parts.
    public init(title: String, lead: String, figures: [Figure], table: Table) {
      self.title = title
      self.lead = lead
      self.figures = figures
      self.table = table
    }
  }

  /// What the heading says.
  public var title: String
  /// What stands below it, a line each.
  public var notes: [String]
  /// The analyses in order.
  public var sections: [Section]
  /// What is not on the page, and why, a line each.
  public var omitted: [String]

  /// A page from its parts.
  public init(title: String, notes: [String], sections: [Section], omitted: [String] = []) {
    self.title = title
    self.notes = notes
    self.sections = sections
    self.omitted = omitted
  }

  /// The page.
  public var html: String {
    var contents = sections.enumerated().map { index, section in
      "<li><a href=\"#part-\(index)\">\(PageText.escaped(section.title))</a></li>"
    }
    if !omitted.isEmpty { contents.append("<li><a href=\"#omitted\">\(Self.omission)</a></li>") }
    return
      ([
        Page.head(title: title, style: PageFiles.figureStyle),
        "<header>\n<h1>\(PageText.escaped(title))</h1>",
        notes.map { "<p class=\"facts\">\(PageText.escaped($0))</p>" }.joined(separator: "\n"),
        "<nav class=\"controls\" aria-label=\"Parts\"><ul>\(contents.joined())</ul></nav>\n</header>",
        "<main>",
      ] + sections.enumerated().map { $1.html(place: $0) } + omissions + ["</main>", Page.end])
      .joined(separator: "\n")
  }

  private static let omission = "Not on this page"

  private var omissions: [String] {
    if omitted.isEmpty { return [] }
    let lines = omitted.map { "<li>\(PageText.escaped($0))</li>" }
    return [
      """
      <section aria-labelledby="omitted">
      <h2 id="omitted">\(Self.omission)</h2>
      <ul>\(lines.joined(separator: "\n"))</ul>
      </section>
      """
    ]
  }
}

extension FigurePage.Section {
  fileprivate func html(place: Int) -> String {
    let pictures = figures.map { figure in
      "<figure\(Self.isPanels(figure) ? " class=\"panels\"" : "")>\(Self.picture(figure))</figure>"
    }
    let notes = table.notes.map { "<p class=\"note\">\(PageText.escaped($0))</p>" }
    return """
      <section aria-labelledby="part-\(place)">
      <h2 id="part-\(place)">\(PageText.escaped(title))</h2>
      <p>\(PageText.escaped(lead))</p>
      <div class="beside">
      \(pictures.joined(separator: "\n"))
      <div class="numbers" tabindex="0" role="region" \
      aria-label="\(PageText.escaped(title)): numbers">
      \(PageTable.html(table, caption: title))
      </div>
      </div>
      \(notes.joined(separator: "\n"))
      </section>
      """
  }

  private static func isPanels(_ figure: Figure) -> Bool {
    if case .panels = figure.content { true } else { false }
  }

  /// The picture as an image with a name; its numbers are those of the table.
  private static func picture(_ figure: Figure) -> String {
    let label = PageText.escaped("\(figure.summary); the numbers are in the table of this part")
    return SVG.document(for: figure).replacingOccurrences(
      of: "<svg ", with: "<svg role=\"img\" aria-label=\"\(label)\" ")
  }
}
