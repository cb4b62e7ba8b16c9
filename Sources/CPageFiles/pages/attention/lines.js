// The lines, drawn for the part of the columns that is in view.
const canvas = byId("lines");
const scroller = byId("scroller");
const rowHeight = () =>
  parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--row"));
const STEPS = 24, MOST = 6000, PATH = 16, STRIP = 8;
let isWaiting = false;

function draw() {
  if (isWaiting) return;
  isWaiting = true;
  requestAnimationFrame(() => {
    isWaiting = false;
    drawNow();
  });
}

// Calls `visit` with the pairs of a head that may be drawn: those of one token, or all that have
// an end in view.
function eachPair(focus, view, visit) {
  const { queries, keys, first, last } = view;
  if (focus?.list === "queries") {
    for (let key = 0; key < keys; key++) visit(focus.at, key);
    return;
  }
  if (focus) {
    for (let query = 0; query < queries; query++) visit(query, focus.at);
    return;
  }
  for (let query = 0; query < queries; query++) {
    const isInView = query >= first && query <= last;
    const to = isInView ? keys - 1 : Math.min(keys - 1, last);
    for (let key = isInView ? 0 : Math.max(0, first); key <= to; key++) visit(query, key);
  }
}

// The least level that is drawn: that of the chosen least weight, or a higher one where so many
// lines would be no picture any more.
function leastLevel(patterns, focus, view) {
  const counts = new Uint32Array(256);
  for (const levels of patterns) {
    eachPair(focus, view, (query, key) => { counts[levels[query * view.keys + key]]++; });
  }
  let least = 256, lines = 0;
  while (least > 1 && WEIGHTS[least - 1] >= state.least && lines + counts[least - 1] <= MOST) {
    lines += counts[--least];
  }
  return least;
}

// Draws the lines of a head, strong ones last; lines of about the same strength share a path.
function drawLines(context, colour, levels, least, focus, view) {
  const { keys, row, top, left, right, height } = view;
  const y = (at) => (at + 0.5) * row - top;
  const steps = Array.from({ length: STEPS + 1 }, () => []);
  eachPair(focus, view, (query, key) => {
    const level = levels[query * keys + key];
    if (level < least || !isShown(query, key)) return;
    const [from, to] = [y(query), y(key)];
    if (Math.max(from, to) < 0 || Math.min(from, to) > height) return;
    steps[Math.ceil(WEIGHTS[level] * STEPS)].push(from, to);
  });
  context.strokeStyle = colour;
  steps.forEach((ends, step) => {
    context.globalAlpha = Math.min(1, 0.06 + 0.94 * step / STEPS);
    context.lineWidth = 1 + 2 * step / STEPS;
    // Long paths are slow to paint.
    for (let at = 0; at < ends.length; at += 2 * PATH) {
      context.beginPath();
      for (let end = at; end < Math.min(at + 2 * PATH, ends.length); end += 2) {
        context.moveTo(left, ends[end]);
        context.lineTo(right, ends[end + 1]);
      }
      context.stroke();
    }
  });
  context.globalAlpha = 1;
}

// Beside each token of the other column: a bar for each head, and the mean weight.
function drawWeights(context, focus, view, heads, patterns) {
  const { keys, row, top, width, first, last } = view;
  const isQuery = focus.list === "queries";
  const count = isQuery ? keys : view.queries;
  const bar = Math.min(7, 48 / heads.length);
  context.font = "11px system-ui, Arial, sans-serif";
  context.textBaseline = "middle";
  context.textAlign = isQuery ? "right" : "left";
  for (let at = Math.max(0, first); at <= Math.min(count - 1, last); at++) {
    const [query, key] = isQuery ? [focus.at, at] : [at, focus.at];
    if (!isShown(query, key)) continue;
    let mean = 0;
    heads.forEach((head, index) => {
      const weight = WEIGHTS[patterns[index][query * keys + key]];
      mean += weight / heads.length;
      context.globalAlpha = weight;
      context.fillStyle = headColour(head);
      const x = isQuery ? width - bar * (heads.length - index) : bar * index;
      context.fillRect(x, at * row - top + 2, Math.max(1, bar - 1), row - 4);
    });
    context.globalAlpha = 1;
    if (mean >= Math.max(state.least, 0.01) || state.other?.at === at) {
      context.fillStyle = getComputedStyle(document.body).color;
      const x = bar * heads.length + 4;
      context.fillText(weightText(mean), isQuery ? width - x : x, (at + 0.5) * row - top);
    }
  }
}

// Sizes a canvas and draws what lies in view.
function paint(target, focus, view, patterns, least) {
  const { height } = view;
  const ratio = onPaper ? 2 : Math.min(2, devicePixelRatio || 1);
  const size = [view.width, height].map((length) => Math.round(length * ratio));
  if (target.width !== size[0] || target.height !== size[1]) {
    [target.width, target.height] = size;
    target.style.height = height + "px";
  }
  const context = target.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, view.width, height);
  const heads = chosenHeads();
  heads.forEach((head, index) =>
    drawLines(context, headColour(head), patterns[index], least, focus, view));
  if (focus && heads.length) drawWeights(context, focus, view, heads, patterns);
}

function drawNow() {
  const patterns = chosenHeads().map((head) => pattern(state.side, state.layer, head));
  if (patterns.includes(null)) return;
  const row = rowHeight();
  const rows = Math.max(side().queries.length, side().keys.length);
  const width = canvas.parentElement.clientWidth;
  const height = Math.min(rows * row, scroller.clientHeight);
  const top = onPaper ? 0 : scroller.scrollTop;
  const focus = onPaper ? state.held : focusToken();
  const margin = focus ? Math.min(90, width / 3) : 4;
  const view = {
    queries: side().queries.length, keys: side().keys.length, row, top, width, height,
    left: focus?.list === "keys" ? margin : 4,
    right: width - (focus?.list === "queries" ? margin : 4),
    first: Math.floor(top / row), last: Math.ceil((top + height) / row),
  };
  if (onPaper) [view.first, view.last] = [0, rows];
  const least = leastLevel(patterns, focus, view);
  byId("cut").textContent = WEIGHTS[least] > state.least + 0.01
    ? "Only weights from " + weightText(WEIGHTS[least]) + " are drawn; point at a token for all."
    : "";
  if (!onPaper) {
    paint(canvas, focus, view, patterns, least);
    return;
  }
  // A page cannot break inside a canvas, so there is one for every eight rows, and the
  // style sheet keeps eight tokens together in the same way.
  for (let first = 0; first < rows; first += STRIP) {
    const strip = element("canvas", { "aria-hidden": "true" });
    byId("strips").append(strip);
    const height = Math.min(STRIP, rows - first) * row;
    paint(strip, focus, { ...view, top: first * row, height }, patterns, least);
  }
}

scroller.addEventListener("scroll", draw, { passive: true });
new ResizeObserver(draw).observe(scroller);
