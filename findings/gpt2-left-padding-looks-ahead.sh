#!/usr/bin/env bash
# In eager GPT-2 the rows of padded queries attend uniformly to every key, later ones and padding among
# them: the mask adds the least number of the type to all of them, and the softmax cannot tell. Means
# over all rows of output_attentions of a left-padded batch count these rows.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.15.0 transformers==5.24.0
cd "$folder"
HF_HUB_OFFLINE=1 TRANSFORMERS_VERBOSITY=error env/bin/python - <<'CODE'
import torch
import transformers
from transformers import GPT2Config, GPT2LMHeadModel

print("transformers", transformers.__version__, "torch", torch.__version__)
torch.manual_seed(0)
config = GPT2Config(n_embd=32, n_layer=1, n_head=2, vocab_size=50, n_positions=16)
config._attn_implementation = "eager"
model = GPT2LMHeadModel(config).eval()
with torch.no_grad():
    output = model(
        torch.tensor([[0, 0, 5, 6]]), attention_mask=torch.tensor([[0, 0, 1, 1]]),
        output_attentions=True)
pattern = output.attentions[0][0, 0]
print("two padding tokens, then two of text; rows are queries:")
print(pattern)
assert torch.allclose(pattern[:2], torch.full((2, 4), 0.25))
assert torch.allclose(pattern[2], torch.tensor([0.0, 0.0, 1.0, 0.0]))
CODE
