/// What the style sheets of all pages begin with.
enum PageStyle {
  /// Colours for light and dark, text, buttons, tables, focus, and paper.
  static let base = #"""
    :root { color-scheme: light dark; --ground: #fff; --panel: #f5f5f8; --text: #1b1b20;
      --soft: #555560; --line: #c9c9d2; --chosen: #e2e6f2; --focus: #0b57d0; --up: #a8390b;
      --down: #1552a8; --paper: #fff; --row: 24px }
    @media (prefers-color-scheme: dark) {
      :root { --ground: #15151a; --panel: #1d1d24; --text: #ececf1; --soft: #aaaab6;
        --line: #41414e; --chosen: #313546; --focus: #8ab4f8; --up: #ff9d70; --down: #8ab8ff;
        --paper: #101014 }
    }
    * { box-sizing: border-box }
    body { margin: 0; background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui,
      "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere }
    main, header { max-width: 90rem; margin: 0 auto; padding: .5rem 1rem }
    h1 { font-size: 1.5rem; line-height: 1.25; margin: .5rem 0 .25rem }
    h2 { font-size: 1.15rem; margin: 1.5rem 0 .25rem }
    p { margin: .25rem 0; max-width: 75ch }
    .facts, .note, figcaption, caption { color: var(--soft); font-size: .9rem }
    caption { text-align: left; padding: .25rem .5rem }
    .text { white-space: pre-wrap; unicode-bidi: plaintext; max-height: 9em; overflow: auto }
    button, select { font: inherit; font-size: .9rem; color: inherit; background: var(--ground);
      border: 1px solid var(--line); border-radius: .3rem; padding: .2rem .6rem; min-height: 2rem }
    button { cursor: pointer }
    button:hover, select:hover { background: var(--chosen) }
    :focus-visible { outline: 3px solid var(--focus); outline-offset: 1px }
    table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums }
    td, th { padding: .15rem .6rem; text-align: left; vertical-align: middle; white-space: nowrap }
    td.number, th.number { text-align: right }
    tbody tr:nth-child(even) td { background: color-mix(in srgb, var(--panel) 60%, transparent) }
    summary { cursor: pointer; padding: .4rem 0; width: fit-content }
    .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden;
      clip-path: inset(50%); white-space: nowrap }
    .skip { position: absolute; left: -100vw }
    .skip:focus { left: 1rem; top: .5rem; background: var(--ground); padding: .5rem; z-index: 9 }
    [hidden] { display: none !important }
    @media (prefers-reduced-motion: reduce) {
      *, ::before, ::after { animation: none !important; transition: none !important;
        scroll-behavior: auto !important }
    }
    @media (forced-colors: active) {
      button[aria-pressed=true], li[aria-selected=true] { outline: 2px solid Highlight }
    }
    @media print {
      :root { color-scheme: light; --ground: #fff; --panel: #fff; --text: #000; --soft: #333;
        --line: #999; --chosen: #fff; --up: #8a2b00; --down: #003f8f; --paper: #fff }
      body { font-size: 10pt }
      .controls, .skip, details, .screen { display: none !important }
      h2, h2 + p, caption { break-after: avoid }
    }
    """#
}
