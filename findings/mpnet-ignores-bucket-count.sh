#!/usr/bin/env bash
# MPNet makes a table of relative_attention_num_buckets rows, but always sorts distances into 32 buckets:
# rows beyond the 32nd of a larger table are trained by nobody and read by nobody.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.15.0 transformers==5.24.0
cd "$folder"
HF_HUB_OFFLINE=1 TRANSFORMERS_VERBOSITY=error env/bin/python - <<'CODE'
import torch
import transformers
from transformers import MPNetConfig, MPNetModel

print("transformers", transformers.__version__, "torch", torch.__version__)
torch.manual_seed(0)
config = MPNetConfig(
    vocab_size=50, hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
    relative_attention_num_buckets=64)
model = MPNetModel(config).eval()
table = model.encoder.relative_attention_bias.weight
ids = torch.randint(3, 50, (1, 400))
with torch.no_grad():
    before = model(ids).last_hidden_state
    table[32:] += 100
    same = torch.equal(model(ids).last_hidden_state, before)
    table[:32] *= -3
    other = torch.equal(model(ids).last_hidden_state, before)
print("rows of the table:", len(table))
print("400 tokens, rows from the 33rd changed: output the same:", same)
print("rows up to the 32nd changed: output the same:", other)
assert len(table) == 64 and same and not other
CODE
