"""Times other programs on the benchmark's checkpoint: bench_peers.py FOLDER

Prints `name seconds` lines (medians) for what is installed; what is not is left out.
"""

import os
import statistics
import subprocess
import sys
import time

folder = sys.argv[1]
ids = [(i * 7919) % 50257 for i in range(128)]
os.environ["HF_HUB_OFFLINE"] = "1"

START = """
import sys, torch
torch.set_num_threads(2)
from transformers import GPT2LMHeadModel
model = GPT2LMHeadModel.from_pretrained(sys.argv[1]).eval()
with torch.no_grad():
    model(torch.tensor([[(i * 7919) % 50257 for i in range(16)]])).logits
"""


def median(work, count=9):
    work()
    times = []
    for _ in range(count):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def transformers_times():
    import torch
    from transformers import GPT2LMHeadModel

    def start():
        subprocess.run([sys.executable, "-c", START, folder], check=True, capture_output=True)

    print("transformers-start", median(start, 3))
    torch.set_num_threads(2)
    model = GPT2LMHeadModel.from_pretrained(folder).eval()
    tokens = torch.tensor([ids])
    with torch.no_grad():
        print("transformers-128", median(lambda: model(tokens).logits))


def torch_gradients():
    """Forward and backward for all parameters, into the memory of the step before."""
    import torch
    from transformers import GPT2LMHeadModel

    torch.set_num_threads(2)
    model = GPT2LMHeadModel.from_pretrained(folder).eval()
    tokens = torch.tensor([ids[:64]])
    targets = (7 * tokens[0] + 3) % 50257

    def step():
        model.zero_grad(set_to_none=False)
        logits = model(tokens, use_cache=False).logits[0]
        torch.nn.functional.cross_entropy(logits, targets, reduction="sum").backward()

    print("torch-gradients-64", median(step, 7))


def torch_training():
    """One AdamW step of a model of the shape that the built-in ones have."""
    import torch
    from transformers import GPT2Config, GPT2LMHeadModel

    torch.set_num_threads(2)
    model = GPT2LMHeadModel(GPT2Config(
        n_layer=4, n_head=4, n_embd=128, n_positions=128, vocab_size=1024, resid_pdrop=0,
        embd_pdrop=0, attn_pdrop=0)).train()
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.1)
    rows = torch.randint(0, 1024, (16, 129))

    def step():
        optimiser.zero_grad(set_to_none=False)
        logits = model(rows[:, :-1]).logits
        torch.nn.functional.cross_entropy(
            logits.reshape(-1, 1024), rows[:, 1:].reshape(-1)).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()

    print("torch-step", median(step, 40))


def numpy_similarities():
    """Similarities of two views in float64, by singular value decompositions as usually written."""
    import numpy

    random = numpy.random.default_rng(1)
    x = random.standard_normal((8000, 256))
    y = x @ random.standard_normal((256, 256)) / 16 + random.standard_normal((8000, 256))

    def pwcca():
        xc, yc = x - x.mean(0), y - y.mean(0)
        ux, sx, _ = numpy.linalg.svd(xc, full_matrices=False)
        uy, sy, _ = numpy.linalg.svd(yc, full_matrices=False)
        ux, uy = ux[:, sx > 1e-10 * sx[0]], uy[:, sy > 1e-10 * sy[0]]
        left, rho, right = numpy.linalg.svd(ux.T @ uy, full_matrices=False)
        values = []
        for variates, view in ((ux @ left, xc), (uy @ right.T, yc)):
            weights = numpy.abs(variates.T @ view).sum(1)
            values.append((weights * rho).sum() / weights.sum())
        return values

    def cka():
        xc, yc = x - x.mean(0), y - y.mean(0)
        norm = numpy.linalg.norm
        return norm(yc.T @ xc) ** 2 / (norm(xc.T @ xc) * norm(yc.T @ yc))

    print("numpy-pwcca", median(pwcca, 5))
    print("numpy-cka", median(cka))


def write_gguf(path):
    """The same weights in llama.cpp's format."""
    import gguf
    import numpy
    from safetensors.numpy import load_file

    weights = load_file(os.path.join(folder, "model.safetensors"))
    writer = gguf.GGUFWriter(path, "gpt2")
    writer.add_context_length(1024)
    writer.add_embedding_length(768)
    writer.add_feed_forward_length(3072)
    writer.add_block_count(12)
    writer.add_head_count(12)
    writer.add_layer_norm_eps(1e-5)
    writer.add_vocab_size(50257)
    writer.add_file_type(0)
    writer.add_tokenizer_model("none")
    names = {"wte.weight": "token_embd.weight", "wpe.weight": "position_embd.weight"}
    parts = {"ln_f": "output_norm", "ln_1": "attn_norm", "ln_2": "ffn_norm", "attn.c_attn": "attn_qkv",
             "attn.c_proj": "attn_output", "mlp.c_fc": "ffn_up", "mlp.c_proj": "ffn_down"}
    for name, value in weights.items():
        name = name.removeprefix("transformer.")
        stem, kind = name.rsplit(".", 1)
        if kind == "weight" and ".c_" in stem:
            value = value.T
        block = ""
        if stem.startswith("h."):
            _, layer, stem = stem.split(".", 2)
            block = f"blk.{layer}."
        target = names.get(name) or f"{block}{parts[stem]}.{kind}"
        writer.add_tensor(target, numpy.ascontiguousarray(value, dtype=numpy.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def llama_times():
    from llama_cpp import Llama

    path = os.path.join(folder, "model.gguf")
    if not os.path.exists(path):
        write_gguf(path)
    model = Llama(path, n_threads=2, n_threads_batch=2, n_ctx=1024, logits_all=False, verbose=False)

    def prompt():
        model.reset()
        model.eval(ids)

    print("llama.cpp-128", median(prompt))


for measure in (transformers_times, torch_gradients, torch_training, llama_times, numpy_similarities):
    try:
        measure()
    except ImportError as missing:
        print(f"left out: {missing}", file=sys.stderr)
