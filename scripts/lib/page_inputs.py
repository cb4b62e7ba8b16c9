"""The pages that are tried, and the numbers that they must show, as the program itself gives them."""

import json
import os
import random
import struct
import subprocess

PROMPT = "the old captain sees the small dog and the captain likes the dog ."
HOSTILE = ("</script><script>alert(1)</script> <!-- & \\u{202E}abc\\u{202C} e\\u{301} "
           "\\u{5E9}\\u{5DC}\\u{5D5}\\u{5DD} \\u{0}\\u{7}\\u{200B}\\n\\t x")

# Scripts that run from right to left or without spaces, signs of several code points, a long word.
WORDS = "שלום עולם مرحبا 漢字かな 👩‍👩‍👧 naïve &amp; supercalifragilisticexpialidocious"
VIT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Tests", "Fixtures",
                   "Stacks", "vit-oblong")

SCRIPT = """
load "tiny-lm"
let p = prompt PROMPT
report attention p to: "causal.html"
save (capture p L*.H*.pattern) "patterns.json"
save (sweep p over: heads() do: zero measure: loss) "changes.json"
save (capture p L1.H2.q) "queries.json"
save (capture p L1.H2.k) "keys.json"
report attention p to: "chosen.html" heads: [L1.H3, L3]
report attention "the" to: "short.html"
report attention HOSTILE to: "hostile.html" ablations: false
report attention (prompt WORDS) to: "words.html" ablations: false
report geometry (corpus "english" count: 60 seed: 1) to: "geometry.html" seed: 1
load "tiny-mlm"
mask (prompt "the dog sees the captain" pair: "the captain likes it") @3
  | report attention to: "pair.html"
load "tiny-mt"
report attention (prompt "the dog sees the captain" target_ids: [5, 6, 7]) to: "sides.html"
load VIT
let images = read_tensor VIT_IMAGES name: "pixel_values"
report attention (prompt image: images[0]) to: "image.html" measure: entropy
load "random-tiny"
report geometry "the cat" to: "little.html" title: "A little <page>"
"""


def run(program, folder, script):
    environment = dict(os.environ, XDG_STATE_HOME=folder, XDG_CACHE_HOME=folder)
    path = os.path.join(folder, "pages.probe")
    with open(path, "w") as file:
        file.write(script)
    done = subprocess.run([program, path], cwd=folder, env=environment, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        raise SystemExit(f"the program failed:\n{done.stdout}")


def checkpoint(folder, layers=12, heads=12, width=48, vocabulary=600, positions=512):
    """A GPT-2 with random numbers, many heads and little else."""
    os.makedirs(folder)
    generator = random.Random(7)
    tensors = {"wte.weight": [vocabulary, width], "wpe.weight": [positions, width],
               "ln_f.weight": [width], "ln_f.bias": [width]}
    for layer in range(layers):
        block = f"h.{layer}."
        tensors |= {
            block + "ln_1.weight": [width], block + "ln_1.bias": [width],
            block + "attn.c_attn.weight": [width, 3 * width], block + "attn.c_attn.bias": [3 * width],
            block + "attn.c_proj.weight": [width, width], block + "attn.c_proj.bias": [width],
            block + "ln_2.weight": [width], block + "ln_2.bias": [width],
            block + "mlp.c_fc.weight": [width, 4 * width], block + "mlp.c_fc.bias": [4 * width],
            block + "mlp.c_proj.weight": [4 * width, width], block + "mlp.c_proj.bias": [width]}
    header, data = {}, bytearray()
    for name, shape in tensors.items():
        size = shape[0] * (shape[1] if len(shape) > 1 else 1)
        if "ln_" in name and name.endswith("weight"):
            values = [1.0] * size
        else:
            values = [generator.gauss(0, 0.5) for _ in range(size)]
        header[name] = {"dtype": "F32", "shape": shape,
                        "data_offsets": [len(data), len(data) + 4 * size]}
        data += struct.pack(f"<{size}f", *values)
    text = json.dumps(header).encode()
    with open(os.path.join(folder, "model.safetensors"), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)
    with open(os.path.join(folder, "config.json"), "w") as file:
        json.dump({"model_type": "gpt2", "n_layer": layers, "n_head": heads, "n_embd": width,
                   "n_positions": positions, "vocab_size": vocabulary,
                   "layer_norm_epsilon": 1e-5, "activation_function": "gelu_new"}, file)


def make(program, folder, large):
    script = SCRIPT.replace("PROMPT", json.dumps(PROMPT)).replace("HOSTILE", f'"{HOSTILE}"')
    script = script.replace("WORDS", f'"{WORDS}"')
    script = script.replace("VIT_IMAGES", json.dumps(os.path.join(VIT, "reference.safetensors")))
    script = script.replace("VIT", json.dumps(VIT))
    run(program, folder, script)
    place = lambda name: os.path.join(folder, name)
    made = {"general": [place(name) for name in
                        ["causal.html", "hostile.html", "words.html", "pair.html", "sides.html",
                         "chosen.html", "short.html", "image.html", "geometry.html",
                         "little.html"]]}
    made |= {name: place(name + ".html") for name in
             ["causal", "hostile", "pair", "sides", "chosen", "image", "words"]}
    for name in ["patterns", "changes", "queries", "keys"]:
        with open(place(name + ".json")) as file:
            made[name] = json.load(file)
    if large:
        checkpoint(place("wide"))
        run(program, folder, 'load "wide"\nreport attention (prompt ids: (0..511 | each '
            '{ it * 37 % 600 })) to: "large.html"\n')
        made["large"] = place("large.html")
    return made
