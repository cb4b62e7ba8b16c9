// Reads patterns as `PatternCode` writes them, each when it is wanted.
const facts = JSON.parse(document.getElementById("facts").textContent);
const byId = (id) => document.getElementById(id);
const RUNS = 10, SIGNS = 256 + RUNS, LONGEST = 12;

// A table that gives, for the next twelve bits, the sign and the length of its code.
function table(lengths) {
  const entries = new Uint16Array(1 << LONGEST);
  let code = 0;
  for (let length = 1; length <= LONGEST; length++) {
    for (let sign = 0; sign < SIGNS; sign++) {
      if (lengths[sign] !== length) continue;
      const first = code << (LONGEST - length);
      entries.fill(sign << 4 | length, first, first + (1 << (LONGEST - length)));
      code++;
    }
    code <<= 1;
  }
  return entries;
}

// The levels of a pattern, query by query.
function unpack(text, queries, keys) {
  const bytes = atob(text);
  const isTriangle = bytes.charCodeAt(0) & 1, isFromAbove = bytes.charCodeAt(0) & 2;
  const lengths = new Uint8Array(SIGNS);
  for (let pair = 0; pair < SIGNS / 2; pair++) {
    const both = bytes.charCodeAt(1 + pair);
    lengths[2 * pair] = both >> 4;
    lengths[2 * pair + 1] = both & 15;
  }
  const entries = table(lengths);
  const levels = new Uint8Array(queries * keys);
  let place = 1 + SIGNS / 2, bits = 0, pending = 0, zeros = 0;
  for (let query = 0; query < queries; query++) {
    const row = query * keys, end = row + (isTriangle ? query + 1 : keys);
    for (let at = row; at < end; at++) {
      let level = 0;
      if (zeros > 0) {
        zeros--;
      } else {
        while (bits < LONGEST) {
          pending = pending << 8 | (place < bytes.length ? bytes.charCodeAt(place) : 0);
          pending &= 0xfffff;
          place++;
          bits += 8;
        }
        const entry = entries[pending >> (bits - LONGEST) & 0xfff];
        bits -= entry & 15;
        level = entry >> 4;
        if (level > 255) {
          zeros = (1 << (level - 255)) - 1;
          level = 0;
        }
      }
      levels[at] = isFromAbove && query > 0 ? level + levels[at - keys] : level;
    }
  }
  return levels;
}

const unpacked = new Map();
const KEPT = 64;

// The levels of a head; null while the page is still being read.
function pattern(side, layer, head) {
  if (document.readyState === "loading") return null;
  const key = side + "." + layer + "." + head;
  let levels = unpacked.get(key);
  if (levels) {
    unpacked.delete(key);
  } else {
    const { queries, keys } = facts.sides[side];
    const text = byId("pattern-" + side + "-" + layer + "-" + head).textContent;
    levels = unpack(text, queries.length, keys.length);
  }
  unpacked.set(key, levels);
  if (unpacked.size > KEPT) unpacked.delete(unpacked.keys().next().value);
  return levels;
}

const WEIGHTS = Float32Array.from({ length: 256 }, (_, level) => (level / 255) ** 2);
