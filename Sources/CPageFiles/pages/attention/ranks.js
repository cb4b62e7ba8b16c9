// The heads with their changes as a table that can be sorted.
const sorting = { by: "size", isDown: true };
const SORTS = {
  head: (one) => one.layer * 4096 + one.head,
  change: (one) => one.change ?? NaN,
  size: (one) => Math.abs(one.change ?? NaN),
};

function rankedHeads() {
  const all = side().heads.flatMap((numbers, layer) => numbers.map(
    (_, head) => ({ layer, head, change: numberOrNone(changeOf(layer, head)) })));
  const value = SORTS[sorting.by];
  // Unknown changes stand last, whichever way the rest is sorted.
  return all.sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) - Number.isNaN(y);
    return (sorting.isDown ? y - x : x - y) || SORTS.head(a) - SORTS.head(b);
  });
}

const numberOrNone = (value) => typeof value === "number" ? value : null;

function sortHeader(by, text, isNumber) {
  const isSorted = sorting.by === by;
  const button = element("button", { type: "button" },
    text + (isSorted ? (sorting.isDown ? " ▼" : " ▲") : ""));
  button.addEventListener("click", () => {
    sorting.isDown = isSorted ? !sorting.isDown : by !== "head";
    sorting.by = by;
    fillRanks();
    byId("ranks").querySelector(`th[data-by=${by}] button`).focus();
    say("Sorted by " + text + (sorting.isDown ? ", largest first." : ", smallest first."));
  });
  return element("th", {
    scope: "col", "data-by": by, class: isNumber ? "number" : "",
    "aria-sort": isSorted ? (sorting.isDown ? "descending" : "ascending") : "none",
  }, button);
}

function fillRanks() {
  byId("ranks-section").hidden = !hasChanges();
  if (!hasChanges()) return;
  const rows = rankedHeads().map(({ layer, head, change }) => {
    const open = element("button", { type: "button" }, headName(layer, head));
    open.addEventListener("click", () => openHead(layer, head));
    const text = changeText(change);
    return element("tr", null, element("td", null, open),
      element("td", { class: "number " + (change > 0 ? "up" : "down") }, text),
      numberCell(change === null ? "unknown" : text.replace(/^[+−]/, "")));
  });
  byId("ranks").replaceChildren(element("table", null,
    element("caption", null, side().name + ": change of " + facts.metric),
    element("thead", null, element("tr", null, sortHeader("head", "head"),
      sortHeader("change", "change", true), sortHeader("size", "size", true))),
    element("tbody", null, ...rows)));
  byId("ranks-note").textContent = "The change of " + facts.metric + " from "
    + String(+facts.baseline.toPrecision(4)) + " when one head's output is set to zero, for this "
    + "prompt alone: one text has no interval, and zero is a value that a head never takes.";
}
