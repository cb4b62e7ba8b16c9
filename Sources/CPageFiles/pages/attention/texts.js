// Tokens and numbers as text: nothing invisible, nothing that turns its surroundings.
const UNSEEN = new RegExp("[\\u0080-\\u009f\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202f"
  + "\\u205f-\\u206f\\u3000\\ufe00-\\ufe0f\\ufeff\\ufff9-\\ufffb\\u{e0000}-\\u{e01ef}]", "gu");
const named = (character) =>
  "‹U+" + character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0") + "›";

// A token's text without its outer spaces, in signs that can be seen.
function visible(text) {
  const shown = text
    .replace(/\n/g, "↵").replace(/\t/g, "⇥")
    .replace(/[\u0000-\u001f]/g, (c) => String.fromCharCode(0x2400 + c.charCodeAt(0)))
    .replace(/\u007f/g, "␡").replace(/\u00a0/g, "⍽").replace(UNSEEN, named);
  return /^\p{M}/u.test(shown) ? "◌" + shown : shown;
}

// The parts of a token: spaces before it, the text, spaces behind it.
function parts(text) {
  const [, before, inner, after] = /^( *)([^]*?)( *)$/.exec(text);
  return [before.replace(/ /g, "␣"), visible(inner), after.replace(/ /g, "␣")];
}

// A token as words: for labels and for what is read aloud.
function spoken(token) {
  const text = parts(token[0])[1];
  return text === "" ? (token[0] === "" ? "empty" : "space") : text;
}

function tokenNode(token) {
  const node = document.createDocumentFragment();
  const [before, inner, after] = parts(token[0]);
  const space = (text) => {
    if (text === "") return;
    const part = document.createElement("span");
    part.className = "space";
    part.textContent = text;
    node.append(part);
  };
  space(before);
  const body = document.createElement("bdi");
  body.textContent = inner;
  node.append(body);
  space(after);
  return node;
}

function weightText(weight) {
  if (weight >= 0.995) return "1.00";
  if (weight >= 0.0995) return weight.toFixed(2);
  if (weight >= 0.00095) return weight.toFixed(weight < 0.00995 ? 4 : 3);
  return weight > 0 ? "<0.001" : "0";
}

function changeText(change) {
  if (typeof change !== "number") return "unknown";
  const size = Math.abs(change);
  if (size === 0) return "0";
  const digits = size >= 0.001 && size < 1000 ? String(+size.toPrecision(2))
    : size.toExponential(1);
  return (change < 0 ? "−" : "+") + digits;
}

function element(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (key === "class") node.className = value;
    else if (key in node && typeof value !== "string") node[key] = value;
    else node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}
