// The weights of one token over the image that the prompt is.
let pixels = null;

// The image as it was read, drawn once.
function imageCanvas() {
  if (pixels || !facts.image) return pixels;
  const [height, width] = facts.image;
  pixels = element("canvas", null);
  [pixels.width, pixels.height] = [width, height];
  const bytes = atob(byId("pixels").textContent);
  const context = pixels.getContext("2d");
  const image = context.createImageData(width, height);
  for (let at = 0; at < width * height; at++) {
    image.data.set([0, 1, 2].map((part) => bytes.charCodeAt(3 * at + part)), 4 * at);
    image.data[4 * at + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return pixels;
}

// Patches that get less are darker; the one with the most is as bright as the image.
function drawMap() {
  const patches = side().patches;
  byId("map").hidden = !patches;
  if (!patches || document.readyState === "loading" || !state.heads.size) return;
  const [rows, columns] = patches;
  const focus = focusToken() ?? { list: "queries", at: 0 };
  const first = side().keys.length - rows * columns;
  const weights = Array.from({ length: rows * columns }, (_, at) =>
    focus.list === "queries" ? meanWeight(focus.at, first + at) : meanWeight(first + at, focus.at));
  const largest = Math.max(1e-12, ...weights);
  const target = byId("map").querySelector("canvas");
  const scale = Math.max(1, Math.floor(320 / Math.max(rows, columns)));
  [target.width, target.height] = [columns * scale, rows * scale];
  const context = target.getContext("2d");
  context.imageSmoothingEnabled = false;
  const image = imageCanvas();
  if (image) context.drawImage(image, 0, 0, target.width, target.height);
  weights.forEach((weight, at) => {
    const [x, y] = [at % columns * scale, Math.floor(at / columns) * scale];
    context.globalAlpha = image ? 0.85 * (1 - weight / largest) : weight / largest;
    context.fillStyle = image ? "#000" : headColour(chosenHeads()[0]);
    context.fillRect(x, y, scale, scale);
  });
  if (focus.at >= first) {
    const at = focus.at - first;
    context.globalAlpha = 1;
    context.lineWidth = Math.max(2, scale / 12);
    context.strokeStyle = "#ff3b30";
    context.strokeRect(at % columns * scale + 1, Math.floor(at / columns) * scale + 1,
      scale - 2, scale - 2);
  }
  const name = "“" + spoken(side()[focus.list][focus.at]) + "”";
  byId("map-note").textContent = (focus.list === "queries"
    ? "Where " + name + " looks" : "Who looks at " + name) + " in the image ("
    + headNames(", ")
    + "): the brightest patch has " + weightText(largest) + ".";
}
