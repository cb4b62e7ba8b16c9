// The grid of layers and heads, each a small picture of its pattern.
const changeOf = (layer, head) => side().changes[layer]?.[head];
const largestChange = () => Math.max(1e-12, ...side().changes.flat()
  .filter((change) => typeof change === "number").map(Math.abs));
const hasChanges = () => side().changes.length > 0;

function drawThumbnail(target) {
  const { layer, head } = target.parentNode.dataset;
  const [rows, columns] = side().thumbnail;
  const levels = atob(side().thumbnails[layer][head]);
  target.width = columns;
  target.height = rows;
  const context = target.getContext("2d");
  const image = context.createImageData(columns, rows);
  const [red, green, blue] = headRGB(layer, head);
  for (let at = 0; at < levels.length; at++) {
    image.data.set([red, green, blue, levels.charCodeAt(at)], 4 * at);
  }
  context.putImageData(image, 0, 0);
}

// Pictures are drawn a few at a time once the rest stands, and all of them before printing.
const waiting = new Set();
function drawWaiting() {
  for (const picture of [...waiting].slice(0, 48)) {
    waiting.delete(picture);
    drawThumbnail(picture);
  }
  if (waiting.size) setTimeout(drawWaiting);
}

function headLabel(layer, head) {
  const change = changeOf(layer, head);
  return headName(layer, head)
    + (hasChanges() ? ", " + facts.metric + " changes by " + changeText(change) : "");
}

function changeNode(layer, head, largest) {
  const change = changeOf(layer, head);
  const share = typeof change === "number" ? Math.abs(change) / largest : 0;
  const node = element("span", { class: change > 0 ? "up" : "down" }, changeText(change));
  node.style.fontWeight = share > 0.5 ? "700" : "400";
  return node;
}

function gridCell(layer, head, largest) {
  const picture = element("canvas", { "aria-hidden": "true" });
  const button = element("button", {
    type: "button", tabindex: "-1", "aria-label": headLabel(layer, head),
    "data-layer": String(layer), "data-head": String(head),
  }, picture);
  waiting.add(picture);
  if (hasChanges()) button.append(changeNode(layer, head, largest));
  return element("td", { role: "gridcell" }, button);
}

function fillGrid() {
  const numbers = [...new Set(side().heads.flat())].sort((a, b) => a - b);
  const largest = largestChange();
  const heading = element("tr", { role: "row" },
    element("th", { role: "columnheader" }, element("span", { class: "hidden" }, "layer")),
    ...numbers.map((number) =>
      element("th", { role: "columnheader", scope: "col" }, "H" + number)));
  waiting.clear();
  const rows = side().heads.map((own, layer) => element("tr", { role: "row" },
    element("th", { role: "rowheader", scope: "row" }, "L" + side().layers[layer]),
    ...numbers.map((number) => own.includes(number)
      ? gridCell(layer, own.indexOf(number), largest)
      : element("td", { role: "gridcell" }))));
  byId("grid").replaceChildren(element("table", {
    role: "grid", "aria-label": side().name + ": heads by layer",
  }, element("thead", { role: "rowgroup" }, heading),
  element("tbody", { role: "rowgroup" }, ...rows)));
  byId("grid-note").textContent = "Each picture is a head: rows attend to columns"
    + (hasChanges() ? ", and below it the change of " + facts.metric
      + " when the head is set to zero" : "")
    + ". A click or Enter opens it above; arrow keys go from head to head.";
  markGrid();
  setTimeout(drawWaiting);
}

const gridButton = (layer, head) =>
  byId("grid").querySelector(`[data-layer="${layer}"][data-head="${head}"]`);

function markGrid() {
  const chosen = chosenHeads();
  for (const button of byId("grid").querySelectorAll("button")) {
    const isOpen = +button.dataset.layer === state.layer
      && state.heads.has(+button.dataset.head);
    button.setAttribute("aria-current", String(isOpen));
    button.tabIndex = -1;
  }
  const first = gridButton(state.layer, chosen[0] ?? 0);
  if (first) first.tabIndex = 0;
}

function openHead(layer, head) {
  state.layer = layer;
  state.heads = new Set([head]);
  byId("layer").value = String(layer);
  fillHeads();
  refresh();
  say(headLabel(layer, head) + " is open.");
}

byId("grid").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  openHead(+button.dataset.layer, +button.dataset.head);
  byId("head-view").scrollIntoView({ block: "start" });
});

byId("grid").addEventListener("keydown", (event) => {
  const button = event.target.closest("button");
  if (!button || event.ctrlKey || event.altKey || event.metaKey) return;
  let layer = +button.dataset.layer, head = +button.dataset.head;
  const layers = side().heads.length, number = headNumber(layer, head);
  switch (event.key) {
    case "ArrowUp": layer = Math.max(0, layer - 1); break;
    case "ArrowDown": layer = Math.min(layers - 1, layer + 1); break;
    case "ArrowLeft": head = Math.max(0, head - 1); break;
    case "ArrowRight": head = Math.min(side().heads[layer].length - 1, head + 1); break;
    case "Home": head = 0; break;
    case "End": head = side().heads[layer].length - 1; break;
    default: return;
  }
  event.preventDefault();
  // Another layer may have other heads: the nearest one, then.
  if (layer !== +button.dataset.layer) {
    const distance = (one) => Math.abs(headNumber(layer, one) - number);
    head = [...side().heads[layer].keys()].sort((a, b) => distance(a) - distance(b))[0];
  }
  const next = gridButton(layer, head);
  button.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
});
