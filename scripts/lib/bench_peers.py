"""Times other programs on the benchmark's checkpoint: bench_peers.py FOLDER

With `similarity` for the folder, similarities of representations alone.

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


def median(work, count=5):
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

    print("transformers-start", median(start, 1))
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

    print("torch-gradients-64", median(step, 3))


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

    print("torch-step", median(step, 20))


def numpy_similarities():
    """Similarities of two views in float64, as usually written: products of centred columns for
    kernel alignment, singular value decompositions of the views for correlations."""
    import numpy
    from numpy.linalg import norm, svd

    def centred(view):
        return view - view.mean(0)

    def biased(x, y):
        x, y = centred(x), centred(y)
        return norm(y.T @ x) ** 2 / (norm(x.T @ x) * norm(y.T @ y))

    def unbiased(x, y):
        x, y = centred(x), centred(y)
        n = len(x)
        squares = [(view * view).sum(1) for view in (x, y)]

        def dependence(a, b, p, q):
            shared = p @ q
            crossed = p.sum() * q.sum() / ((n - 1) * (n - 2)) - 2 / (n - 2) * shared
            return (norm(a.T @ b) ** 2 - shared + crossed) / (n * (n - 3))

        own = [dependence(v, v, s, s) for v, s in zip((x, y), squares)]
        return dependence(x, y, *squares) / numpy.sqrt(own[0] * own[1])

    def gaussian(x, y):
        def kernel(view):
            squares = (view * view).sum(1)
            distances = numpy.maximum(squares[:, None] + squares - 2 * (view @ view.T), 0)
            median = numpy.median(distances[numpy.triu_indices(len(view), 1)])
            values = numpy.exp(-distances / (2 * 0.25 * median))
            values -= values.mean(0)
            return values - values.mean(1)[:, None]

        k, l = kernel(x), kernel(y)
        return (k * l).sum() / numpy.sqrt((k * k).sum() * (l * l).sum())

    def basis(view, share=None):
        left, values, _ = svd(centred(view), full_matrices=False)
        kept = (values > 1e-10 * values[0]).sum()
        if share is not None:
            parts = numpy.cumsum(values ** 2) / (values ** 2).sum()
            kept = numpy.searchsorted(parts, share) + 1
        return left[:, :kept]

    def cca(x, y, share=None):
        return svd(basis(x, share).T @ basis(y, share), compute_uv=False).mean()

    def pwcca(x, y):
        u, v = basis(x), basis(y)
        left, rho, right = svd(u.T @ v, full_matrices=False)
        values = []
        for variates, view in ((u @ left, centred(x)), (v @ right.T, centred(y))):
            weights = numpy.abs(variates.T @ view).sum(1)
            values.append((weights * rho).sum() / weights.sum())
        return values

    def procrustes(x, y):
        x, y = centred(x), centred(y)
        return norm(x.T @ y, "nuc") / (norm(x) * norm(y))

    measures = {
        "cka-biased": biased, "cka": unbiased, "cka-rbf": gaussian, "cca": cca, "pwcca": pwcca,
        "svcca": lambda x, y: cca(x, y, 0.99), "procrustes": procrustes}
    random = numpy.random.default_rng(1)
    for rows, first, second in ((2000, 64, 64), (8000, 256, 256), (2000, 768, 768), (4000, 128, 512)):
        x = random.standard_normal((rows, first))
        y = x @ random.standard_normal((first, second)) / first ** 0.5
        y += random.standard_normal((rows, second))
        for name, measure in measures.items():
            # A kernel of all pairs of 8000 points takes half a gigabyte, three times.
            if name != "cka-rbf" or rows <= 4000:
                print(f"numpy-{name}-{rows}x{first}x{second}", median(lambda: measure(x, y), 3))


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


measures = (transformers_times, torch_gradients, torch_training, llama_times, numpy_similarities)
if folder == "similarity":
    measures = (numpy_similarities,)
for measure in measures:
    try:
        measure()
    except ImportError as missing:
        print(f"left out: {missing}", file=sys.stderr)
