import Foundation
import Language

extension AttentionPage {
  /// The page.
  ///
  /// The patterns stand last, so that everything else can be drawn before they were read.
  public var html: String {
    var parts = [
      Page.head(title: title, style: PageFiles.attentionStyle), header, Self.controls, Self.views,
      Page.data(json, id: "facts"), Page.script(PageFiles.attentionScript),
    ]
    for (index, side) in sides.enumerated() {
      for (layer, content) in side.layers.enumerated() {
        let place = "\(index)-\(layer)"
        for (head, pattern) in content.patterns.enumerated() {
          parts.append(Page.block(pattern.text, id: "pattern-\(place)-\(head)"))
        }
        for (head, text) in (content.neurons?.queries ?? []).enumerated() {
          parts.append(Page.block(text, id: "queries-\(place)-\(head)"))
        }
        for (group, text) in (content.neurons?.keys ?? []).enumerated() {
          parts.append(Page.block(text, id: "keys-\(place)-\(group)"))
        }
      }
    }
    if let image { parts.append(Page.block(Data(image.bytes).base64EncodedString(), id: "pixels")) }
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
    if let image {
      fields.append(("image", .doubles([image.height, image.width].map(Double.init))))
    }
    return .object(fields)
  }
}

extension AttentionPage.Side {
  fileprivate var json: JSON {
    var fields: [(String, JSON)] = [
      ("name", .string(name)), ("prefix", .string(prefix)), ("infix", .string(infix)),
      ("queries", .array(queries.map(\.json))), ("keys", .array(keys.map(\.json))),
      ("layers", .doubles(layers.map { Double($0.number) })),
      ("heads", .array(layers.map { .doubles($0.heads.map(Double.init)) })),
      ("changes", .array(changes.map { .doubles($0) })),
      ("thumbnails", .array(layers.map { .array($0.patterns.map { .string($0.thumbnail) }) })),
      ("thumbnail", .doubles([queries, keys].map { Double(min($0.count, 32)) })),
      ("neurons", .array(layers.compactMap(\.neurons?.json))),
    ]
    if let patches {
      fields.append(("patches", .doubles([patches.rows, patches.columns].map(Double.init))))
    }
    return .object(fields)
  }
}

extension AttentionPage.Neurons {
  fileprivate var json: JSON {
    .object([
      ("width", .number(Double(width))), ("scale", .number(scale)),
      ("causal", .number(isCausal ? 1 : 0)), ("note", .string(note)),
      ("groups", .doubles(groups.map(Double.init))),
    ])
  }
}

extension AttentionPage.Token {
  fileprivate var json: JSON {
    .array([.string(text), .number(isSpecial ? 1 : 0), .number(Double(sentence))])
  }
}
