extension AttentionPage {
  /// The style sheet: light and dark, narrow screens, and paper.
  static let style =
    PageStyle.base + #"""
      .legend { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: end; margin: .5rem 0 }
      .legend > label, .legend > fieldset { font-size: .875rem; color: var(--soft) }
      .legend select, .legend input[type=range] { display: block; margin-top: .2rem }
      fieldset { border: 0; padding: 0; margin: 0; min-width: 0 }
      legend { padding: 0; color: var(--soft); font-size: .875rem }
      .heads { display: flex; flex-wrap: wrap; gap: .25rem; margin-top: .2rem }
      .heads button { border-left: .5rem solid var(--head) }
      .heads button[aria-pressed=true] { background: var(--chosen); border-color: var(--head) }
      .check { display: flex; gap: .4rem; align-items: center; min-height: 2rem }
      .readout { min-height: 3em; margin: .25rem 0; font-variant-numeric: tabular-nums }
      .scroller { position: relative; overflow: auto; max-height: 75vh; border: 1px solid var(--line);
        border-radius: .4rem; background: var(--panel) }
      .columns { display: grid; grid-template-columns: minmax(6rem, 1fr) minmax(7rem, 2fr)
        minmax(6rem, 1fr); min-height: 100% }
      .columns ul { list-style: none; margin: 0; padding: 0; min-width: 0 }
      .columns li { height: var(--row); line-height: var(--row); padding: 0 .5rem; cursor: default;
        overflow: hidden; white-space: nowrap; text-overflow: ellipsis; contain: strict }
      .columns ul:first-child li { text-align: right }
      .columns li:hover, .columns li.near { background: var(--chosen) }
      .columns li[aria-selected=true] { background: var(--text); color: var(--ground) }
      .columns li:focus-visible { outline-offset: -2px }
      .columns li.off { opacity: .35 }
      .columns .space { opacity: .45 }
      .columns .place { color: var(--soft); font-size: .7rem; padding: 0 .4rem;
        font-variant-numeric: tabular-nums }
      .columns li[aria-selected=true] .place { color: inherit }
      .sides { display: grid; grid-template-columns: minmax(6rem, 1fr) minmax(7rem, 2fr)
        minmax(6rem, 1fr); font-size: .875rem; color: var(--soft); padding: 0 .5rem }
      .sides :first-child { text-align: right }
      .sides :nth-child(2) { text-align: center }
      canvas { display: block }
      #strips canvas { width: 100% }
      #lines { position: sticky; top: 0; width: 100%; pointer-events: none }
      .grid { overflow: auto; max-height: 85vh; border: 1px solid var(--line); border-radius: .4rem }
      .grid table { border-collapse: separate; border-spacing: .25rem }
      .grid th { font-weight: 500; color: var(--soft); position: sticky; left: 0;
        background: var(--ground); padding: 0 .35rem; z-index: 1 }
      .grid thead th { top: 0; z-index: 2 }
      .grid td { padding: 0 }
      .grid button { display: block; padding: .2rem; width: 4.4rem; text-align: center;
        font-variant-numeric: tabular-nums; font-size: .75rem; line-height: 1.3 }
      .grid button[aria-current=true] { outline: 3px solid var(--text); outline-offset: -1px }
      .grid canvas { width: 3.8rem; height: 3.8rem; image-rendering: pixelated;
        background: var(--paper) }
      .beside { display: flex; flex-wrap: wrap; gap: 0 3rem; align-items: start }
      .beside > section { min-width: 0; max-width: 100% }
      .beside p { max-width: 60ch }
      .grid { width: fit-content; max-width: 100% }
      .ranks { max-height: 24rem; overflow: auto; border: 1px solid var(--line);
        border-radius: .4rem; width: fit-content; max-width: 100% }
      .ranks thead th { position: sticky; top: 0; background: var(--panel) }
      .neurons { max-height: 40rem }
      .neurons canvas { width: clamp(6rem, 14vw, 14rem); height: 1.25rem; image-rendering: pixelated;
        background: var(--paper); border: 1px solid var(--line) }
      .neurons td:nth-child(2) { max-width: 12rem; overflow: hidden; text-overflow: ellipsis }
      .neurons .strongest { background: var(--chosen) }
      .positive { color: var(--down) }
      .negative { color: var(--up) }
      .map { margin: .75rem 0 }
      .map canvas { width: min(20rem, 100%); image-rendering: pixelated;
        border: 1px solid var(--line) }
      .up { color: var(--up) }
      .down { color: var(--down) }
      .swatch { display: inline-block; width: .7em; height: .7em; background: var(--head) }
      @media (max-width: 40rem) {
        .columns, .sides { grid-template-columns: 1fr 5rem 1fr }
        .columns .place { display: none }
        .columns li { padding: 0 .25rem }
      }
      @media print {
        .scroller, .grid { max-height: none; overflow: visible; border: 0; background: none }
        #lines { display: none }
        .columns li { contain: none; break-after: avoid }
        .columns li:nth-child(8n) { break-after: auto }
        .grid table { page-break-inside: auto }
        .grid tr { break-inside: avoid }
        .grid button { border: 1px solid #bbb; width: 3.2rem }
        .grid canvas { width: 2.6rem; height: 2.6rem; margin: auto }
        .readout:empty, .ranks:not(.neurons), #ranking { display: none }
        .beside { display: block }
        .neurons { max-height: none; overflow: visible; border: 0; font-size: 8pt }
        .neurons td, .neurons th { padding: 0 .3rem; font-size: 8pt }
        .neurons tr, .map { break-inside: avoid }
        .neurons canvas { width: 3.8cm; height: .9rem }
      }
      """#
}
