extension AttentionPage {
  /// What is chosen: side, layer, heads, which pairs are shown.
  static let controls = #"""
    <a class="skip" href="#tokens">To the tokens</a>
    <main>
    <section aria-labelledby="head-view">
    <h2 id="head-view">Heads of a layer</h2>
    <p class="note screen">Lines lead from a token that attends (left) to the tokens attended to
    (right); the stronger a line, the larger the weight. Point at a token, or go to it with Tab and
    the arrow keys, to see its lines alone; Enter or a click holds it, and then each token of the
    other column shows its weight; Escape lets go.</p>
    <div class="legend controls">
    <label id="side-label">Attention<select id="side"></select></label>
    <label>Layer<select id="layer"></select></label>
    <fieldset><legend>Heads</legend>
    <div class="heads" id="heads" role="toolbar" aria-label="Heads"></div></fieldset>
    <button type="button" id="all">All heads</button>
    <label class="check"><input type="checkbox" id="single" checked>One head at a time</label>
    <label>Least weight<input type="range" id="least" min="0" max="0.5" step="0.01" value="0.02"
      aria-valuetext="0.02"></label>
    <label class="check" id="special-label"><input type="checkbox" id="special" checked>Special
      tokens</label>
    <label id="pairs-label">Pairs<select id="pairs">
      <option value="">all</option><option value="00">within A</option>
      <option value="01">A attends to B</option><option value="10">B attends to A</option>
      <option value="11">within B</option></select></label>
    </div>
    """#

  /// The two views, and their equivalents as tables.
  static let views = #"""
    <p class="readout" id="readout"></p>
    <p class="note screen" id="cut"></p>
    <p class="hidden" id="live" aria-live="polite"></p>
    <div class="sides" aria-hidden="true"><span>attends</span><span id="which"></span>
    <span>is attended to</span></div>
    <div class="scroller" id="scroller">
    <div class="columns" id="tokens">
    <ul id="queries" role="listbox" aria-label="Tokens that attend"></ul>
    <div><canvas id="lines" role="img" aria-label="Lines between the tokens; the table below has
      their weights"></canvas>
    <div id="strips"></div></div>
    <ul id="keys" role="listbox" aria-label="Tokens attended to"></ul>
    </div>
    </div>
    <figure class="map" id="map" hidden><canvas role="img" aria-label="The weights of a token's
      patches, over the image; the table below has them"></canvas>
    <figcaption id="map-note"></figcaption></figure>
    <details id="weights"><summary>The weights as a table</summary>
    <div id="weights-table" class="ranks" tabindex="0" role="region"
      aria-label="Weights"></div></details>
    </section>
    <section aria-labelledby="neuron-view" id="neurons" hidden>
    <h2 id="neuron-view">Queries and keys</h2>
    <p class="note">How a weight comes about: the query of the token that attends times the key of each
    token, number by number, added up, and sent through a softmax.
    <span class="positive">Above zero</span>, <span class="negative">below zero</span>; the stronger
    the colour, the larger the number.</p>
    <div class="legend controls">
    <label>Token that attends<select id="query"></select></label></div>
    <p class="note" id="neurons-note"></p>
    <div class="ranks neurons" id="neurons-table" tabindex="0" role="region"
      aria-labelledby="neuron-view"></div>
    <p class="readout" id="neurons-readout"></p>
    </section>
    <div class="beside">
    <section aria-labelledby="model-view">
    <h2 id="model-view">All heads</h2>
    <p class="note" id="grid-note"></p>
    <div class="grid" id="grid"></div>
    </section>
    <section aria-labelledby="ranking" id="ranks-section">
    <h2 id="ranking">What breaks without a head</h2>
    <p class="note" id="ranks-note"></p>
    <div class="ranks" id="ranks" tabindex="0" role="region" aria-labelledby="ranking"></div>
    </section>
    </div>
    </main>
    """#
}
