// The neurons of a head: a query, the keys, and their products number by number.
const MOST_KEYS = 24, SAID = 3;

// Gives the vectors of a block, as `VectorCode` writes them, one by one.
function vectors(id, width) {
  const text = atob(byId(id).textContent);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = text.charCodeAt(at);
  const view = new DataView(bytes.buffer);
  return (at) => {
    const start = at * (width + 4), largest = view.getFloat32(start, true);
    return Float32Array.from({ length: width },
      (_, place) => largest * view.getInt8(start + 4 + place) / 127);
  };
}

const largestOf = (rows) => Math.max(1e-12, ...rows.map((row) =>
  row.reduce((most, value) => Math.max(most, Math.abs(value)), 0)));

// A strip of colours, a place for each number.
function strip(kind, row, largest) {
  const picture = element("canvas", { "aria-hidden": "true" });
  picture.width = row.length;
  picture.height = 1;
  picture.numbers = { kind, row };
  const context = picture.getContext("2d");
  const image = context.createImageData(row.length, 1);
  const [above, below] = isDark() ? [[138, 184, 255], [255, 157, 112]]
    : [[21, 82, 168], [168, 57, 11]];
  row.forEach((value, at) => image.data.set(
    [...(value < 0 ? below : above), 255 * Math.abs(value) / largest], 4 * at));
  context.putImageData(image, 0, 0);
  return picture;
}

const signed = (value) => (value < 0 ? "−" : "+") + Math.abs(value).toPrecision(2);

const fixed = (value) => value.toFixed(2).replace("-", "−");

// The numbers that a product owes most to.
function strongest(row) {
  return [...row.keys()].sort((a, b) => Math.abs(row[b]) - Math.abs(row[a])).slice(0, SAID)
    .map((at) => at + ": " + signed(row[at])).join(", ");
}

function neuronRows(info, head, query) {
  const place = state.side + "-" + state.layer + "-";
  const levels = pattern(state.side, state.layer, head);
  const q = vectors("queries-" + place + head, info.width)(query);
  const key = vectors("keys-" + place + info.groups[head], info.width);
  const width = side().keys.length;
  const weight = (at) => WEIGHTS[levels[query * width + at]];
  const all = [...side().keys.keys()].filter((at) =>
    isShown(query, at) && !(info.causal && at > query));
  const most = [...all].sort((a, b) => weight(b) - weight(a) || a - b).slice(0, MOST_KEYS);
  const rows = most.sort((a, b) => a - b).map((at) => {
    const k = key(at), product = q.map((value, place) => value * k[place]);
    return {
      at, token: side().keys[at], key: k, product, weight: weight(at),
      sum: product.reduce((sum, value) => sum + value, 0),
    };
  });
  return { q, rows, left: all.length - rows.length };
}

// What is pointed at comes first.
let areNeuronsWaiting = false;
function fillNeurons() {
  if (areNeuronsWaiting) return;
  areNeuronsWaiting = true;
  setTimeout(() => {
    areNeuronsWaiting = false;
    fillNeuronsNow();
  });
}

function fillNeuronsNow() {
  const info = side().neurons[state.layer];
  const head = chosenHeads()[0];
  byId("neurons").hidden = !info;
  if (!info || document.readyState === "loading") return;
  const query = state.query ?? side().queries.length - 1;
  byId("query").value = String(query);
  if (head === undefined) {
    byId("neurons-table").replaceChildren("No head is chosen.");
    return;
  }
  const { q, rows, left } = neuronRows(info, head, query);
  const ofKeys = largestOf(rows.map((row) => row.key));
  const ofProducts = largestOf(rows.map((row) => row.product));
  const best = Math.max(...rows.map((row) => row.weight));
  const name = "“" + spoken(side().queries[query]) + "” (" + query + ")";
  const own = element("tr", null, element("td", null), element("th", { scope: "row" },
    "query of " + name), element("td", null, strip("q", q, largestOf([q]))),
    ...["", "", "", ""].map((text) => element("td", null, text)), element("td", null,
      strongest(q)));
  const lines = rows.map((row) => element("tr",
    row.weight === best ? { class: "strongest" } : null,
    numberCell(String(row.at)), tokenCell(row.token),
    element("td", null, strip("k", row.key, ofKeys)),
    element("td", null, strip("q × k", row.product, ofProducts)),
    numberCell(fixed(row.sum)), numberCell(fixed(row.sum * info.scale)),
    numberCell(weightText(row.weight)), element("td", null, strongest(row.product))));
  byId("neurons-table").replaceChildren(element("table", null,
    element("caption", null, headName(state.layer, head) + ": what " + name + " attends to"
      + (left > 0 ? "; " + left + " weaker keys left out" : "")),
    headCells(["position", "token", "key k", "q × k, number by number", "q · k", "score",
      "weight", "strongest numbers"]), element("tbody", null, own, ...lines)));
  byId("neurons-note").textContent = headName(state.layer, head) + ": " + info.width
    + " numbers a vector; score = q · k × " + +info.scale.toPrecision(4)
    + (info.note ? "; " + info.note : "") + ".";
  byId("neurons-readout").textContent = "";
}

function fillQueries() {
  byId("query").replaceChildren(...side().queries.map((token, at) =>
    element("option", { value: String(at) }, at + " " + spoken(token))));
}

byId("query").addEventListener("change", (event) => {
  state.query = +event.target.value;
  fillNeurons();
});
byId("neurons-table").addEventListener("pointermove", ({ target, offsetX }) => {
  if (!target.numbers) return;
  const { kind, row } = target.numbers;
  const at = Math.max(0, Math.min(row.length - 1,
    Math.floor(offsetX / target.clientWidth * row.length)));
  byId("neurons-readout").textContent = kind + ", number " + at + ": " + signed(row[at]);
});
