extension AttentionPage {
  /// The lines, drawn for the part of the columns that is in view.
  static let scriptLines = #"""
    const canvas = byId("lines");
    const scroller = byId("scroller");
    const rowHeight = () =>
      parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--row"));
    const STEPS = 24, MOST = 6000, PATH = 16;
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
      const { keys, row, top, left, right } = view;
      const y = (at) => (at + 0.5) * row - top;
      const steps = Array.from({ length: STEPS + 1 }, () => []);
      eachPair(focus, view, (query, key) => {
        const level = levels[query * keys + key];
        if (level < least || !isShown(query, key)) return;
        steps[Math.ceil(WEIGHTS[level] * STEPS)].push(y(query), y(key));
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

    function drawNow() {
      const heads = chosenHeads();
      const patterns = heads.map((head) => pattern(state.side, state.layer, head));
      const row = rowHeight();
      const rows = Math.max(side().queries.length, side().keys.length);
      const width = canvas.parentElement.clientWidth;
      const height = onPaper ? rows * row : Math.min(rows * row, scroller.clientHeight);
      const ratio = onPaper ? 2 : Math.min(2, devicePixelRatio || 1);
      if (canvas.width !== Math.round(width * ratio)
        || canvas.height !== Math.round(height * ratio)) {
        canvas.width = Math.round(width * ratio);
        canvas.height = Math.round(height * ratio);
        canvas.style.height = height + "px";
      }
      const context = canvas.getContext("2d");
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, width, height);
      if (patterns.includes(null)) return;
      const top = onPaper ? 0 : scroller.scrollTop;
      const focus = onPaper ? state.held : focusToken();
      const margin = focus ? Math.min(90, width / 3) : 4;
      const view = {
        queries: side().queries.length, keys: side().keys.length, row, top, width,
        left: focus?.list === "keys" ? margin : 4,
        right: width - (focus?.list === "queries" ? margin : 4),
        first: Math.floor(top / row), last: Math.ceil((top + height) / row),
      };
      const least = leastLevel(patterns, focus, view);
      heads.forEach((head, index) =>
        drawLines(context, headColour(head), patterns[index], least, focus, view));
      byId("cut").textContent = WEIGHTS[least] > state.least + 0.01
        ? "Only weights from " + weightText(WEIGHTS[least]) + " are drawn; point at a token for all."
        : "";
      if (focus && heads.length) drawWeights(context, focus, view, heads, patterns);
    }

    scroller.addEventListener("scroll", draw, { passive: true });
    new ResizeObserver(draw).observe(scroller);
    """#
}
