#!/usr/bin/env bash
# What SqueezeBERT returns as attentions are the scores that enter the softmax: negative numbers, rows
# that do not sum to one. Every other encoder of transformers returns the softmax there.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.15.0 transformers==5.24.0
cd "$folder"
HF_HUB_OFFLINE=1 TRANSFORMERS_VERBOSITY=error env/bin/python - <<'CODE'
import torch
import transformers
from transformers import SqueezeBertConfig, SqueezeBertModel

print("transformers", transformers.__version__, "torch", torch.__version__)
torch.manual_seed(0)
groups = dict.fromkeys(
    ["q_groups", "k_groups", "v_groups", "post_attention_groups", "intermediate_groups", "output_groups"],
    1)
config = SqueezeBertConfig(
    vocab_size=50, hidden_size=32, embedding_size=32, num_hidden_layers=1, num_attention_heads=2,
    intermediate_size=32, **groups)
model = SqueezeBertModel(config).eval()
with torch.no_grad():
    found = model(torch.tensor([[1, 2, 3]]), output_attentions=True).attentions[0]
print("attentions of head 0:")
print(found[0, 0])
print("sums of its rows:", found[0, 0].sum(-1))
assert (found < 0).any() and not torch.allclose(found.sum(-1), torch.ones(1, 2, 3))
assert torch.allclose(found.softmax(-1).sum(-1), torch.ones(1, 2, 3))
CODE
