// What is chosen, and what follows from it.
const state = {
  side: 0, layer: 0, heads: new Set([0]), least: 0.02, special: true, pairs: "",
  // The token whose lines are shown: { list: "queries" or "keys", at: 3 }.
  held: null, near: null, other: null,
  // The token whose query is shown below; the last one while it is null.
  query: null,
};
const side = () => facts.sides[state.side];
const chosenHeads = () => [...state.heads].sort((a, b) => a - b);
// Layers and heads are counted as the page has them; these are the model's numbers.
const headNumber = (layer, head) => side().heads[layer][head];
const layerName = (layer) => side().prefix + "L" + side().layers[layer];
const headName = (layer, head) =>
  layerName(layer) + "." + side().infix + "H" + headNumber(layer, head);
// The chosen heads in words; of many only how many.
function headNames(separator) {
  const heads = chosenHeads();
  if (heads.length <= 4) {
    return heads.map((head) => headName(state.layer, head)).join(separator);
  }
  const all = side().heads[state.layer].length === heads.length ? "all " : "";
  return layerName(state.layer) + (side().infix ? ".cross" : "") + ": " + all + heads.length
    + " heads";
}
const focusToken = () => state.near ?? state.held;

const dark = matchMedia("(prefers-color-scheme: dark)");
let onPaper = false;
const isDark = () => dark.matches && !onPaper;
// Neighbouring heads get hues that are far apart; red, green and blue from 0 to 255.
function headRGB(layer, head) {
  const hue = (215 + headNumber(layer, head) * 137.508) % 360;
  const [saturation, lightness] = isDark() ? [0.85, 0.7] : [0.75, 0.38];
  const strength = saturation * Math.min(lightness, 1 - lightness);
  return [0, 8, 4].map((part) => {
    const at = (part + hue / 30) % 12;
    return Math.round(255 * (lightness
      - strength * Math.max(-1, Math.min(at - 3, 9 - at, 1))));
  });
}
const headColour = (head) => `rgb(${headRGB(state.layer, head)})`;

const isHidden = (token) => !state.special && token[1] === 1;
const inSentence = (token, which) =>
  state.pairs === "" || token[1] === 1 || String(token[2]) === state.pairs[which];
// Whether the pair of a query and a key is shown.
const isShown = (query, key) => shownQuery[query] && shownKey[key];
let shownQuery = [], shownKey = [];
function findShown() {
  shownQuery = side().queries.map((token) => !isHidden(token) && inSentence(token, 0));
  shownKey = side().keys.map((token) => !isHidden(token) && inSentence(token, 1));
}

// The mean weight of a pair over the chosen heads; NaN while there is nothing to read.
function meanWeight(query, key) {
  const heads = chosenHeads();
  let sum = 0;
  for (const head of heads) {
    const levels = pattern(state.side, state.layer, head);
    if (!levels) return NaN;
    sum += WEIGHTS[levels[query * side().keys.length + key]];
  }
  return heads.length ? sum / heads.length : NaN;
}

// The pairs of a token with those of the other column that are shown, strongest first.
function partners(focus) {
  const isQuery = focus.list === "queries";
  const others = isQuery ? side().keys : side().queries;
  const found = [];
  let hidden = 0;
  others.forEach((_, at) => {
    const [query, key] = isQuery ? [focus.at, at] : [at, focus.at];
    const weight = meanWeight(query, key);
    if (isShown(query, key)) found.push({ at, weight }); else hidden += weight;
  });
  found.sort((a, b) => b.weight - a.weight || a.at - b.at);
  return { found, hidden };
}

let say = () => {};
{
  let waiting = 0;
  // What screen readers read aloud; of many changes in a row the last.
  say = (text) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { byId("live").textContent = text; }, 120);
  };
}
