// The controls, and the beginning.
function fillHeads() {
  byId("heads").replaceChildren(...side().heads[state.layer].map((number, head) => {
    const button = element("button", {
      type: "button", tabindex: "-1", "aria-pressed": String(state.heads.has(head)),
      "aria-label": headLabel(state.layer, head),
    }, "H" + number);
    button.style.setProperty("--head", headColour(head));
    button.addEventListener("click", () => choose(head));
    return button;
  }));
  const first = byId("heads").children[chosenHeads()[0] ?? 0];
  if (first) first.tabIndex = 0;
}

function choose(head) {
  if (byId("single").checked) state.heads = new Set([head]);
  else if (!state.heads.delete(head)) state.heads.add(head);
  [...byId("heads").children].forEach((button, index) =>
    button.setAttribute("aria-pressed", String(state.heads.has(index))));
  refresh();
}

// Arrow keys go through the heads; one of them is in the order of Tab.
byId("heads").addEventListener("keydown", (event) => {
  const buttons = [...byId("heads").children];
  const at = buttons.indexOf(event.target);
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (at < 0 || !step) return;
  event.preventDefault();
  const next = buttons[(at + step + buttons.length) % buttons.length];
  buttons[at].tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
});

// Draws again what depends on side, layer, heads and filters.
function refresh() {
  findShown();
  markTokens();
  markGrid();
  byId("which").textContent = headNames(" ");
  byId("readout").textContent = describe();
  draw();
  drawMap();
  fillWeights();
  fillNeurons();
}

function showSide(index) {
  state.side = index;
  state.held = state.near = state.other = state.query = null;
  const strongest = hasChanges() ? rankedHeads()[0] : { layer: 0, head: 0 };
  state.layer = strongest.layer;
  state.heads = new Set([strongest.head]);
  byId("layer").replaceChildren(...side().heads.map((_, layer) =>
    element("option", { value: String(layer) }, layerName(layer))));
  byId("layer").value = String(state.layer);
  const tokens = [...side().queries, ...side().keys];
  byId("special-label").hidden = !tokens.some((token) => token[1] === 1);
  byId("pairs-label").hidden = !tokens.some((token) => token[2] === 1);
  fillTokens();
  fillQueries();
  fillHeads();
  findShown();
  fillGrid();
  fillRanks();
  refresh();
  scroller.scrollTop = 0;
}

byId("side").replaceChildren(...facts.sides.map((one, index) =>
  element("option", { value: String(index) }, one.name)));
byId("side-label").hidden = facts.sides.length < 2;
byId("side").addEventListener("change", (event) => showSide(+event.target.value));
byId("layer").addEventListener("change", (event) => {
  state.layer = +event.target.value;
  state.heads = new Set(chosenHeads().filter((head) => head < side().heads[state.layer].length));
  if (!state.heads.size) state.heads.add(0);
  fillHeads();
  refresh();
});
byId("all").addEventListener("click", () => {
  byId("single").checked = false;
  state.heads = new Set(side().heads[state.layer].keys());
  fillHeads();
  refresh();
  say("All heads are shown.");
});
byId("single").addEventListener("change", (event) => {
  if (!event.target.checked || state.heads.size < 2) return;
  state.heads = new Set([chosenHeads()[0]]);
  fillHeads();
  refresh();
});
byId("least").addEventListener("input", (event) => {
  state.least = +event.target.value;
  event.target.setAttribute("aria-valuetext", event.target.value);
  draw();
});
byId("special").addEventListener("change", (event) => {
  state.special = event.target.checked;
  refresh();
});
byId("pairs").addEventListener("change", (event) => {
  state.pairs = event.target.value;
  refresh();
});

function recolour() {
  fillHeads();
  waiting.clear();
  for (const picture of byId("grid").querySelectorAll("canvas")) drawThumbnail(picture);
  fillNeuronsNow();
  drawMap();
}
dark.addEventListener("change", () => {
  recolour();
  draw();
});
// On paper: dark lines on white, all rows, nothing that needs pointing.
function paper(isPaper) {
  onPaper = isPaper;
  recolour();
  byId("strips").replaceChildren();
  const rows = Math.max(side().queries.length, side().keys.length);
  document.documentElement.style.setProperty("--row", isPaper
    ? Math.max(11, Math.min(24, Math.floor(760 / rows))) + "px" : "24px");
  drawNow();
}
addEventListener("beforeprint", () => paper(true));
addEventListener("afterprint", () => paper(false));

showSide(0);
document.addEventListener("DOMContentLoaded", () => {
  drawNow();
  drawMap();
  fillNeurons();
  performance.mark("drawn");
});
