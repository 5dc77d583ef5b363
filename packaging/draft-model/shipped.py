"""The weights file: int8 rows with fp16 scales. Writing it, and reading it back as the model that the application runs.

Every tensor of two or more dimensions is I8 of its own shape under its own name, with `<name>.scale`, F16 [rows = dim 0]:
value = int8 · scale. Tensors of one dimension are F32. `captions`, U8, is text: one trained caption a line, other words for it after
it with tabs between them; their vectors follow from the text table. `untaught` is text of the same form: the captions of the pack that
the model was not taught. Words that are nearer to one of these are none that it knows, so that clip art is taken for them.
"""

import hashlib
import json
import pathlib

import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file

from captions import text_table, tokenizer_of
from model import DraftConfig, DraftModel, Grounding, confidence, grounded

HERE = pathlib.Path(__file__).parent
METADATA = {"name": "galley-draft", "licence": "Apache-2.0"}
FOLDER = HERE.parent.parent / "resources" / "models" / "galley-draft"


def quantised(tensors):
    """{name: float tensor} → {name: I8, name.scale: F16} or F32 for vectors."""
    result = {}
    for name, tensor in tensors.items():
        if tensor.dtype == torch.uint8:
            result[name] = tensor
            continue
        if tensor.dim() < 2:
            result[name] = tensor.float().contiguous()
            continue
        rows = tensor.float().flatten(1)
        scale = (rows.abs().amax(dim=1) / 127).clamp(min=1e-7).to(torch.float16)
        values = (rows / scale.float()[:, None]).round().clamp(-127, 127).to(torch.int8)
        result[name], result[name + ".scale"] = values.view(tensor.shape).contiguous(), scale
    return result


def dequantised(tensors):
    """The inverse of `quantised`, up to rounding."""
    result = {}
    for name, tensor in tensors.items():
        if name.endswith(".scale") and name.removesuffix(".scale") in tensors:
            continue
        if tensor.dtype == torch.int8:
            scale = tensors[name + ".scale"].float()
            tensor = tensor.float() * scale.view(-1, *[1] * (tensor.dim() - 1))
        result[name] = tensor
    return result


def text_of(lists):
    """[[caption, another word, …], …] → U8 tensor"""
    return torch.frombuffer(bytearray("\n".join("\t".join(words) for words in lists).encode("utf-8")), dtype=torch.uint8)


def lists_of(tensor):
    """The inverse of `text_of`."""
    return [line.split("\t") for line in bytes(tensor.numpy()).decode("utf-8").split("\n")]


def save(tensors, path, metadata):
    """Writes through a neighbouring file, so that a reader never sees half of it."""
    partial = path.with_suffix(".partial")
    save_file(quantised(tensors), partial, metadata=metadata)
    partial.chmod(0o644)
    partial.replace(path)


def revision():
    """First 12 hexadecimal digits of SHA-256 over the bytes of both weights files."""
    digest = hashlib.sha256()
    for name in ("draft.safetensors", "text.safetensors"):
        digest.update((FOLDER / name).read_bytes())
    return digest.hexdigest()[:12]


def names_of(lists):
    """For each text of all lists the row of the first of its own list."""
    result = []
    for words in lists:
        result += [len(result)] * len(words)
    return result


class Shipped:
    """What the application loads: model, text table, concepts and description."""

    def __init__(self, folder=FOLDER):
        self.description = json.loads((folder / "draft.json").read_text(encoding="utf-8"))
        self.config = DraftConfig.from_json(self.description["config"])
        tensors = dequantised(load_file(folder / "draft.safetensors"))
        lists, untaught = lists_of(tensors.pop("captions")), lists_of(tensors.pop("untaught", torch.zeros(0, dtype=torch.uint8)))
        self.model = DraftModel(self.config).eval().requires_grad_(False)
        self.model.load_state_dict(tensors)
        text = load_file(folder / "text.safetensors")
        self.table, self.tokenizer = text_table(text), tokenizer_of(text)
        self.grounding = Grounding(**self.description.get("grounding", {}))
        self.trained, self.names = [words[0] for words in lists], names_of(lists)
        self.concepts, self.untaught = self.vectors_of(lists), self.vectors_of(untaught)

    def vectors_of(self, lists):
        texts = [text for words in lists for text in words if text]
        return F.normalize(torch.stack([self.sum_of(text) for text in texts]), dim=1) if texts else torch.zeros(0, self.table.shape[1])

    def ids(self, caption):
        return self.tokenizer.encode(caption, add_special_tokens=False).ids

    def sum_of(self, caption):
        return self.table[torch.tensor(self.ids(caption)[:self.config.max_tokens], dtype=torch.long)].sum(dim=0)

    def grounded(self, caption):
        return grounded(caption, self.sum_of, self.concepts, self.names, self.grounding, self.untaught)

    def vector(self, caption):
        """What the model is given for these words."""
        return self.grounded(caption)[0]

    def nearest(self, caption):
        """Largest cosine to a trained caption; 0 where one that was not taught is nearer."""
        return self.grounded(caption)[1]

    def confidence(self, caption):
        fit = self.description["confidence"]
        return confidence(self.nearest(caption), fit["a"], fit["b"])
