#!/usr/bin/env bash
# The ids in added_tokens.json only say in which order its tokens are added: with a bare vocabulary they
# get the next free ids, and a gap in the file is closed without a word. Rows of the embedding that
# the file points at are then never looked up.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check transformers==5.24.0
cd "$folder"
HF_HUB_OFFLINE=1 TRANSFORMERS_VERBOSITY=error env/bin/python - <<'CODE'
import json

import transformers

print("transformers", transformers.__version__)
pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "c"]
with open("vocab.txt", "w") as file:
    file.write("\n".join(pieces) + "\n")
with open("tokenizer_config.json", "w") as file:
    json.dump({"tokenizer_class": "BertTokenizer"}, file)
with open("added_tokens.json", "w") as file:
    json.dump({"[NEW]": 20, "[TWO]": 12}, file)
tokenizer = transformers.AutoTokenizer.from_pretrained(".")
added = {piece: id for piece, id in tokenizer.get_added_vocab().items() if piece not in pieces}
print("the vocabulary has", len(pieces), "pieces; the file says [TWO] is 12 and [NEW] is 20")
print("added:", added)
print("a [NEW] b:", tokenizer("a [NEW] b").input_ids)
assert added == {"[TWO]": 8, "[NEW]": 9}
CODE
