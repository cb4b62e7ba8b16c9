extension FigurePage {
  /// The style sheet; pictures keep their own white ground, also on a dark page.
  static let style =
    PageStyle.base + #"""
      nav ul { list-style: none; padding: 0; margin: .5rem 0; display: flex; flex-wrap: wrap;
        gap: .25rem 1.25rem }
      nav a { color: var(--focus); display: inline-block; padding: .2rem 0; min-height: 1.5rem }
      .beside { display: flex; flex-wrap: wrap; gap: 1rem 2rem; align-items: start; margin: .5rem 0 }
      figure { margin: 0; background: #fff; border: 1px solid var(--line); border-radius: .4rem;
        padding: .5rem; max-width: 100% }
      figure svg { display: block; max-width: 100%; height: auto }
      .numbers { overflow: auto; max-width: 100%; max-height: 30rem; border: 1px solid var(--line);
        border-radius: .4rem }
      @media print {
        section { break-inside: avoid }
        figure, .numbers { border: 0; max-height: none; overflow: visible; padding: 0 }
        figure svg { max-height: 5.5cm; width: auto }
        figure.panels svg { max-height: 9cm }
        .beside { gap: .25rem 1rem }
        .numbers td, .numbers th { padding: 0 .35rem; font-size: 8pt }
      }
      """#
}
