#!/usr/bin/env bash
# A non-empty rope_scaling in config.json replaces rope_parameters as a whole: the base of the rotation
# that stood in rope_parameters is lost, and the default, 10000, is used without a word. A checkpoint
# written by transformers 5 to which somebody adds the older key by hand turns at other speeds.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.15.0 transformers==5.24.0
cd "$folder"
HF_HUB_OFFLINE=1 TRANSFORMERS_VERBOSITY=error env/bin/python - <<'CODE'
import json

import transformers

print("transformers", transformers.__version__)


def read(**keys):
    config = {
        "model_type": "llama", "hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 4,
        "intermediate_size": 32, "vocab_size": 50, **keys}
    with open("config.json", "w") as file:
        json.dump(config, file)
    return transformers.AutoConfig.from_pretrained(".").rope_parameters


new = {"rope_parameters": {"rope_type": "default", "rope_theta": 500000.0}}
scaled = {"rope_scaling": {"rope_type": "linear", "factor": 2.0}}
alone, both, top = read(**new), read(**new, **scaled), read(**new, **scaled, rope_theta=300000.0)
print("rope_parameters alone:", alone)
print("with rope_scaling beside it:", both)
print("with rope_theta at the top as well:", top)
assert alone["rope_theta"] == 500000.0
assert both == {"rope_type": "linear", "factor": 2.0, "rope_theta": 10000.0}
assert top["rope_theta"] == 300000.0
CODE
