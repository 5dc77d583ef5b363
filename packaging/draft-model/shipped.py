"""The weights file: int8 rows with fp16 scales. Writing it, and reading it back as the model that the application runs.

Every tensor of two or more dimensions is I8 of its own shape under its own name, with `<name>.scale`, F16 [rows = dim 0]:
value = int8 · scale. Tensors of one dimension are F32. `captions`, U8, is text: one trained caption a line, other words for it after
it with tabs between them; their vectors follow from the text table. `untaught` is text of the same form: the captions of the pack that
the model was not taught. Words that are nearer to one of these are none that it knows, so that clip art is taken for them.

`detail.masks`, U8 [captions, cells / 8], says by bits, the lowest first, which cells of a caption's picture have numbers, row by row; `detail.levels`,
U8 [channels / 2, all such cells], has levels −8 … 7 of them in that order, eight more than they are, the first of two channels in the lower four bits;
`detail.scales`, F32 [captions]: number = scale · sign(level) · |level|^(4/3), coarser where it is large, as in AAC (ISO/IEC 14496-3).

Both files of the application are packed with Zstandard, and end in .zst.
"""

import hashlib
import json
import pathlib

import torch
import torch.nn.functional as F
import zstandard
from safetensors.torch import load as load_bytes, save as save_bytes

import sheet
from captions import text_table, tokenizer_of
from model import DETAIL_CELL, DraftConfig, DraftModel, Grounding, Upsampler, confidence, grounded

HERE = pathlib.Path(__file__).parent
METADATA = {"name": "galley-draft", "licence": "Apache-2.0"}
FOLDER = HERE.parent.parent / "resources" / "models" / "galley-draft"
DRAFT, TEXT = (FOLDER / name for name in ("draft.safetensors.zst", "text.safetensors.zst"))
DETAILS = ("detail.masks", "detail.levels", "detail.scales")
ZERO_LEVEL, LAST_LEVEL = 8, 15  # as the file has them


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


def value_of(levels):
    """What levels −8 … 7 stand for, before their scale. In double precision, so that the last bit is the same everywhere."""
    return (levels.sign() * levels.double().abs() ** (4 / 3)).float()


def level_of(values):
    """The inverse of `value_of`, not rounded."""
    return values.sign() * values.abs() ** (3 / 4)


def packed_details(masks, levels, scales):
    """bool [captions, h, w], the levels −8 … 7 of those cells [M, channels] and F32 [captions] → the tensors of the file."""
    bits = masks.flatten(1).unflatten(1, (-1, 8)).to(torch.uint8) << torch.arange(8, dtype=torch.uint8)
    low, high = (levels + ZERO_LEVEL).to(torch.uint8).T.unflatten(0, (-1, 2)).unbind(dim=1)
    return dict(zip(DETAILS, (bits.sum(dim=2, dtype=torch.uint8), (low | high << 4).contiguous(), scales)))


def details_of_some(tensors, stays):
    """The details in `tensors` of those captions that stay, bool [captions]; {} where there are none."""
    if DETAILS[0] not in tensors:
        return {}
    masks, levels, scales = (tensors[name] for name in DETAILS)
    return dict(zip(DETAILS, (masks[stays], levels[:, stays.repeat_interleave(unpacked_masks(masks).sum(dim=1))].contiguous(), scales[stays])))


def unpacked_masks(packed):
    """The bits of `detail.masks` → bool [captions, cells]"""
    return (packed[:, :, None] >> torch.arange(8, dtype=torch.uint8) & 1).flatten(1).bool()


def unpacked_levels(packed):
    """Bytes of `detail.levels` [channels / 2, M] → levels −8 … 7 [channels, M]"""
    return torch.stack([packed & 15, packed >> 4], dim=1).flatten(0, 1).float() - ZERO_LEVEL


def widened(tensors, config):
    """Weights that were made before there were details or an upsampler, or with another number of details: zeros in their places, and an upsampler that only
    enlarges."""
    if config.upsampler_channels:
        tensors = {f"upsampler.{key}": value for key, value in Upsampler(config).state_dict().items()} | tensors
        tensors["upsampler.conv_in.weight"] = tensors["upsampler.conv_in.weight"][:, :16]  # it was once given the details too
    shape = (4 * DETAIL_CELL**2, config.detail_channels, 1, 1)
    if config.detail_channels and ("detail.conv_out.weight" not in tensors or tensors["detail.conv_out.weight"].shape != shape):
        old = tensors["refiner.conv_in.weight"][:, :64]
        wide = torch.cat([old, old.new_zeros(len(old), config.detail_channels, *old.shape[2:])], dim=1)
        tensors = tensors | {"detail.conv_out.weight": torch.zeros(shape), "refiner.conv_in.weight": wide}
    return tensors


def load(path):
    """Tensors of a safetensors file, packed with Zstandard or not."""
    data = path.read_bytes()
    return load_bytes(zstandard.decompress(data) if path.suffix == ".zst" else data)


def write(tensors, path, metadata=METADATA):
    """A safetensors file, packed where its name says so, through a neighbouring file: a reader never sees half of it."""
    data = save_bytes(tensors, metadata=metadata)
    partial = path.with_suffix(".partial")
    partial.write_bytes(zstandard.ZstdCompressor(level=19, write_checksum=True).compress(data) if path.suffix == ".zst" else data)
    partial.replace(path)


def save(tensors, path, metadata=METADATA):
    write(quantised(tensors), path, metadata)


def revision():
    """First 12 hexadecimal digits of SHA-256 over the bytes of both weights files."""
    digest = hashlib.sha256()
    for path in (DRAFT, TEXT):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def names_of(lists):
    """For each text of all lists the row of the first of its own list."""
    result = []
    for words in lists:
        result += [len(result)] * len(words)
    return result


class Details:
    """The numbers of cells of each trained caption; takes its tensors out of `tensors`. `names` of the captions' texts."""

    def __init__(self, tensors, names):
        masks, self.levels, self.scales = (tensors.pop(name) for name in DETAILS)
        self.masks = unpacked_masks(masks)
        ends = self.masks.sum(dim=1).cumsum(0).tolist()
        self.places = dict(zip(sorted(set(names)), zip([0, *ends], ends)))
        self.lines = {row: line for line, row in enumerate(self.places)}
        self.side, self.channels = round(self.masks.shape[1] ** 0.5), 2 * len(self.levels)

    def levels_of(self, row):
        """Of the caption whose first text is in `row` → [channels, side, side]"""
        levels = torch.zeros(self.channels, self.side**2)
        begin, end = self.places[row]
        levels[:, self.masks[self.lines[row]]] = unpacked_levels(self.levels[:, begin:end])
        return levels.unflatten(1, (self.side, self.side))

    def of(self, row):
        """The numbers; zeros for None."""
        if row is None:
            return torch.zeros(self.channels, self.side, self.side)
        return self.scales[self.lines[row]] * value_of(self.levels_of(row))


class Shipped:
    """What the application loads: model, text table, concepts and description."""

    def __init__(self, folder=FOLDER, weights=None):
        """`weights`: another file in the place of draft.safetensors.zst, of the same configuration."""
        self.description = json.loads((folder / "draft.json").read_text(encoding="utf-8"))
        self.config = DraftConfig.from_json(self.description["config"])
        tensors = dequantised(load(weights or folder / DRAFT.name))
        lists, untaught = lists_of(tensors.pop("captions")), lists_of(tensors.pop("untaught", torch.zeros(0, dtype=torch.uint8)))
        self.details = Details(tensors, names_of(lists)) if DETAILS[0] in tensors else None
        self.model = DraftModel(self.config).eval().requires_grad_(False)
        self.model.load_state_dict(tensors)
        text = load(folder / TEXT.name)
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

    def render(self, phrases, **options):
        """Pictures of the native size as the application asks for them; options of `sheet.render`."""
        native = self.description["native"]
        found = [self.grounded(phrase) for phrase in phrases]
        details = torch.stack([self.details.of(row) for _, _, row in found]) if self.details else None
        return sheet.render(self.model, torch.stack([vector for vector, _, _ in found]), (native, native), details=details, **options)

    def detail(self, caption):
        """What the model is given beside the vector, for pictures of the native size in no style → [channels, h, w], None for a model without details."""
        return self.details and self.details.of(self.grounded(caption)[2])

    def nearest(self, caption):
        """Largest cosine to a trained caption; 0 where one that was not taught is nearer."""
        return self.grounded(caption)[1]

    def confidence(self, caption):
        fit = self.description["confidence"]
        return confidence(self.nearest(caption), fit["a"], fit["b"])
