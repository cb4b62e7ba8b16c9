import Language

extension AttentionPage {
  /// The page.
  ///
  /// The patterns stand last, so that everything else can be drawn before they were read.
  public var html: String {
    var parts = [
      Page.head(title: title, style: Self.style), header, Self.controls, Self.views,
      Page.data(json, id: "facts"), Page.script(Self.script),
    ]
    for (index, side) in sides.enumerated() {
      for (layer, heads) in side.layers.enumerated() {
        parts.append(
          Page.block(heads.map(\.text).joined(separator: "\n"), id: "patterns-\(index)-\(layer)"))
      }
    }
    return parts.joined(separator: "\n") + "\n" + Page.end
  }

  private var header: String {
    let lines = notes.map { "<p class=\"facts\">\(PageText.escaped($0))</p>" }
    return """
      <header>
      <h1>\(PageText.escaped(title))</h1>
      <p class="text" dir="auto">\(PageText.escaped(text))</p>
      \(lines.joined(separator: "\n"))
      <noscript><p>This page draws with the script that it holds; scripts are switched off.</p>
      </noscript>
      </header>
      """
  }

  private var json: JSON {
    var fields: [(String, JSON)] = [("sides", .array(sides.map(\.json)))]
    if let metric {
      fields.append(("metric", .string(metric.name)))
      fields.append(("baseline", .number(metric.baseline)))
    }
    return .object(fields)
  }
}

extension AttentionPage.Side {
  fileprivate var json: JSON {
    .object([
      ("name", .string(name)), ("prefix", .string(prefix)), ("infix", .string(infix)),
      ("queries", .array(queries.map(\.json))), ("keys", .array(keys.map(\.json))),
      ("heads", .doubles(heads.map(Double.init))),
      ("changes", .array(changes.map { .doubles($0) })),
      ("thumbnails", .array(layers.map { .array($0.map { .string($0.thumbnail) }) })),
      ("thumbnail", .doubles([queries, keys].map { Double(min($0.count, 32)) })),
    ])
  }
}

extension AttentionPage.Token {
  fileprivate var json: JSON {
    .array([.string(text), .number(isSpecial ? 1 : 0), .number(Double(sentence))])
  }
}
