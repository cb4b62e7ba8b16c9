// The two columns of tokens: pointing, keys, holding.
const lists = { queries: byId("queries"), keys: byId("keys") };
const otherList = (list) => list === "queries" ? "keys" : "queries";

function fillTokens() {
  for (const [name, list] of Object.entries(lists)) {
    list.replaceChildren(...side()[name].map((token, at) => {
      const item = element("li", {
        role: "option", tabindex: at === 0 ? "0" : "-1", "aria-selected": "false",
        "aria-label": spoken(token) + ", position " + at,
      });
      const place = element("span", { class: "place", "aria-hidden": "true" }, String(at));
      if (name === "queries") item.append(place, tokenNode(token));
      else item.append(tokenNode(token), place);
      return item;
    }));
  }
}

function markTokens() {
  for (const [name, list] of Object.entries(lists)) {
    const shown = name === "queries" ? shownQuery : shownKey;
    [...list.children].forEach((item, at) => {
      const isHeld = state.held?.list === name && state.held.at === at;
      item.classList.toggle("off", !shown[at]);
      item.setAttribute("aria-selected", String(isHeld));
    });
  }
}

// What is said of the token or pair that was pointed at.
function describe() {
  const focus = focusToken();
  if (!focus || !state.heads.size) {
    return state.heads.size ? "" : "No head is chosen.";
  }
  const [held, other] = [state.held, state.other];
  const heads = headNames(", ");
  const quoted = (list, at) => "“" + spoken(side()[list][at]) + "” (" + at + ")";
  if (held && other) {
    const [query, key] = held.list === "queries" ? [held.at, other.at] : [other.at, held.at];
    const mean = state.heads.size > 1 ? ", mean of " : ", ";
    return quoted("queries", query) + " attends to " + quoted("keys", key) + " with "
      + weightText(meanWeight(query, key)) + mean + heads + ".";
  }
  const { found, hidden } = partners(focus);
  const strongest = found.slice(0, 3)
    .map(({ at, weight }) => quoted(otherList(focus.list), at) + " " + weightText(weight));
  const verb = focus.list === "queries" ? " attends most to " : " gets most from ";
  const rest = focus.list === "queries" && hidden > 0.0005
    ? "; " + weightText(hidden) + " goes to tokens that are not shown" : "";
  return quoted(focus.list, focus.at) + verb + (strongest.join(", ") || "nothing shown")
    + rest + " (" + heads + ").";
}

function showFocus(isSpoken) {
  const text = describe();
  byId("readout").textContent = text;
  if (isSpoken) say(text);
  draw();
  drawMap();
}

function point(list, at, isSpoken) {
  if (state.held && state.held.list !== list) {
    state.near = null;
    state.other = { list, at };
  } else {
    state.other = null;
    state.near = { list, at };
  }
  showFocus(isSpoken);
}

function unpoint() {
  state.near = state.other = null;
  showFocus(false);
}

function hold(list, at) {
  const isSame = state.held?.list === list && state.held.at === at;
  state.held = isSame ? null : { list, at };
  if (list === "queries") state.query = at;
  state.near = state.other = null;
  if (isSame) state.near = { list, at };
  markTokens();
  showFocus(true);
  fillWeights();
  fillNeurons();
}

function letGo() {
  if (!state.held) return;
  state.held = state.other = null;
  markTokens();
  showFocus(false);
  say("Let go.");
  fillWeights();
}

const itemOf = (target) => target instanceof Element ? target.closest("li") : null;
const indexOf = (item) => [...item.parentNode.children].indexOf(item);

function focusItem(list, at) {
  const items = lists[list].children;
  const item = items[Math.max(0, Math.min(items.length - 1, at))];
  for (const old of lists[list].querySelectorAll("[tabindex='0']")) old.tabIndex = -1;
  item.tabIndex = 0;
  item.focus();
}

function tokenKey(list, at, key) {
  const page = Math.max(1, Math.floor(byId("scroller").clientHeight / rowHeight()) - 1);
  switch (key) {
    case "ArrowDown": focusItem(list, at + 1); break;
    case "ArrowUp": focusItem(list, at - 1); break;
    case "PageDown": focusItem(list, at + page); break;
    case "PageUp": focusItem(list, at - page); break;
    case "Home": focusItem(list, 0); break;
    case "End": focusItem(list, Infinity); break;
    case "ArrowRight": if (list === "queries") focusItem("keys", at); break;
    case "ArrowLeft": if (list === "keys") focusItem("queries", at); break;
    case "Enter": case " ": hold(list, at); break;
    case "Escape": letGo(); break;
    default: return false;
  }
  return true;
}

for (const [name, list] of Object.entries(lists)) {
  list.addEventListener("pointerover", (event) => {
    const item = itemOf(event.target);
    if (item) point(name, indexOf(item), false);
  });
  list.addEventListener("pointerleave", unpoint);
  list.addEventListener("focusin", (event) => {
    const item = itemOf(event.target);
    if (item) point(name, indexOf(item), true);
  });
  list.addEventListener("focusout", unpoint);
  list.addEventListener("click", (event) => {
    const item = itemOf(event.target);
    if (item) hold(name, indexOf(item));
  });
  list.addEventListener("keydown", (event) => {
    const item = itemOf(event.target);
    if (!item || event.ctrlKey || event.altKey || event.metaKey) return;
    if (tokenKey(name, indexOf(item), event.key)) event.preventDefault();
  });
}
