// The table that says what the lines show.
const MOST_ROWS = 50;

function fillWeights() {
  if (!byId("weights").open) return;
  const place = byId("weights-table");
  const heads = chosenHeads();
  const patterns = heads.map((head) => pattern(state.side, state.layer, head));
  if (!heads.length || patterns.includes(null)) {
    place.replaceChildren("No head is chosen.");
    return;
  }
  place.replaceChildren(state.held ? heldTable(state.held, heads, patterns)
    : strongestTable(heads, patterns));
}

const headCells = (names) => element("thead", null,
  element("tr", null, ...names.map((name) => element("th", { scope: "col" }, name))));
const tokenCell = (token) => {
  const cell = element("td", null);
  cell.append(tokenNode(token));
  return cell;
};
const numberCell = (text) => element("td", { class: "number" }, text);

// The weights of the held token, strongest first.
function heldTable(held, heads, patterns) {
  const isQuery = held.list === "queries";
  const width = side().keys.length;
  const { found } = partners(held);
  const list = otherList(held.list);
  const rest = found.slice(MOST_ROWS).reduce((sum, { weight }) => sum + weight, 0);
  const caption = (isQuery ? "What “" : "What attends to “") + spoken(side()[held.list][held.at])
    + "” (position " + held.at + ")" + (isQuery ? " attends to" : "")
    + (found.length > MOST_ROWS
      ? "; " + (found.length - MOST_ROWS) + " more have " + weightText(rest) + " together" : "");
  const rows = found.slice(0, MOST_ROWS).map(({ at }) => element("tr", null,
    numberCell(String(at)), tokenCell(side()[list][at]),
    ...patterns.map((levels) => numberCell(weightText(
      WEIGHTS[levels[isQuery ? held.at * width + at : at * width + held.at]])))));
  return element("table", null, element("caption", null, caption),
    headCells(["position", "token", ...heads.map((head) => headName(state.layer, head))]),
    element("tbody", null, ...rows));
}

// For each token that attends, the key that each head gives most.
function strongestTable(heads, patterns) {
  const { queries, keys } = side();
  const rows = [];
  queries.forEach((token, query) => {
    if (!shownQuery[query]) return;
    const cells = patterns.flatMap((levels) => {
      let best = -1;
      keys.forEach((_, key) => {
        const at = query * keys.length;
        if (shownKey[key] && (best < 0 || levels[at + key] > levels[at + best])) best = key;
      });
      if (best < 0) return [element("td", null, "none"), numberCell("")];
      return [tokenCell(keys[best]),
        numberCell(weightText(WEIGHTS[levels[query * keys.length + best]]))];
    });
    rows.push(element("tr", null, numberCell(String(query)), tokenCell(token), ...cells));
  });
  const names = heads.flatMap((head) => [headName(state.layer, head) + " most to", "weight"]);
  return element("table", null,
    element("caption", null, "For each token, what each head gives most weight; hold a token to "
      + "see all of its weights"),
    headCells(["position", "token", ...names]), element("tbody", null, ...rows));
}

byId("weights").addEventListener("toggle", fillWeights);
