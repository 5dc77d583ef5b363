"""The layer model: caption → RGBA cut-out. This file is the definition; core/diffusion/models/draft* is its C++ twin.

Interface, fixed for every configuration (design: draft model §2):

    (caption vector 256, style, palette 5 × RGB + mask, seed, steps) → premultiplied RGBA [4, H, W] in 0…1, and a confidence.

`steps` = 1 is the generator alone, with the details of a trained caption laid over it; each further step adds one pass of the refiner, a residual on the picture so far, so that
every intermediate picture is a valid preview. What is shown goes through the upsampler, which doubles its size; what is refined does not. Height and width are those of what is shown,
multiples of 32. Module names are the keys of the weights file. All convolutions but the details' are 3×3 with padding 1.

From a caption to its vector: WordPiece ids without [CLS]/[SEP], the first `max_tokens` of them; the mean of their rows of
the static table (int8 × row scale, frequency weight folded in); divided by its Euclidean length (zeros for no tokens).

The seed: torch.Generator("cpu").manual_seed(seed), torch.randn([1, noise_dim], float32). In C++ that is
at::detail::createCPUGenerator(seed) and torch::randn({1, noise_dim}, generator): the same numbers on every machine. Seed 0 has zeros in the first two places.

The order of the condition's input, [B, 256 + 32 + 20 + 16]: text_encoder(vector) · style_embedding(style) · the palette
flattened as R0 G0 B0 M0 R1 … M4 (RGB 0…1; all four zero where absent) · noise.
"""

import dataclasses
import math

import torch
import torch.nn.functional as F
from torch import nn


@dataclasses.dataclass
class DraftConfig:
    """Dimensions; `draft.json` holds them under "config"."""

    vocab_size: int = 27734
    max_tokens: int = 24
    text_dim: int = 256
    text_hidden: int = 512
    style_count: int = 8          # id 0 is "no style"
    style_dim: int = 32
    palette_size: int = 5
    noise_dim: int = 16
    cond_dim: int = 512
    basis: int = 8                # cosines per axis of the stem
    stem_channels: int = 48
    channels: tuple = (256, 128, 64, 32)   # at H/16, H/8, H/4, H/2; any number of stages, each twice the one before
    blocks: tuple = (2, 2, 2, 1)
    refiner_channels: int = 96
    refiner_blocks: int = 3
    groups: int = 8
    detail_channels: int = 0      # numbers of a detail cell; 0: the model has no details
    upsampler_channels: int = 0   # 0: pictures are shown at the generator's size
    upsampler_blocks: int = 3

    @property
    def enlargement(self):
        """How many times as wide and high as the generator's a picture is that is shown."""
        return 2 if self.upsampler_channels else 1

    def drawn_size(self, *sides):
        """Sides of a picture that is shown → sides of what the generator draws for it."""
        return tuple(side // self.enlargement for side in sides)

    @classmethod
    def from_json(cls, values):
        """The "config" object of draft.json or the "model" object of a training configuration."""
        return cls(**{key: tuple(value) if isinstance(value, list) else value for key, value in values.items()})


def cosine_basis(height, width, count, dtype, device):
    """The first `count` × `count` two-dimensional cosines at the pixel centres of any grid → [count², height·width].

    b[i·count + j] = cos(π i y) · cos(π j x), y = (row + ½)/height, x = (column + ½)/width: positions are computed per
    grid, never learnt per pixel, so one set of weights serves every size and aspect ratio.
    """
    k = torch.arange(count, dtype=torch.float32, device=device)
    y = (torch.arange(height, dtype=torch.float32, device=device) + 0.5) / height
    x = (torch.arange(width, dtype=torch.float32, device=device) + 0.5) / width
    by = torch.cos(math.pi * k[:, None] * y[None, :])  # [count, height]
    bx = torch.cos(math.pi * k[:, None] * x[None, :])  # [count, width]
    basis = by[:, None, :, None] * bx[None, :, None, :]  # [count, count, height, width]
    return basis.reshape(count * count, height * width).to(dtype)


class TextEncoder(nn.Module):
    """Two small layers on top of the static caption vector, which comes in scaled to unit variance: v + W2 silu(W1 v)."""

    def __init__(self, config):
        super().__init__()
        self.scale = math.sqrt(config.text_dim)
        self.linear1 = nn.Linear(config.text_dim, config.text_hidden)
        self.linear2 = nn.Linear(config.text_hidden, config.text_dim)

    def forward(self, vector):  # [B, 256] unit vectors → [B, 256]
        x = vector * self.scale
        return x + self.linear2(F.silu(self.linear1(x)))


class ResnetBlock(nn.Module):
    """x + conv2(silu(film(norm2(conv1(silu(norm1(x))))))), film(h) = h · (1 + scale) + shift, both from the condition."""

    def __init__(self, channels, cond_dim, groups):
        super().__init__()
        self.norm1 = nn.GroupNorm(groups, channels)
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.cond_proj = nn.Linear(cond_dim, 2 * channels)  # scale first, then shift
        self.norm2 = nn.GroupNorm(groups, channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x, cond):  # [B, C, H, W], [B, cond_dim] → [B, C, H, W]
        h = self.conv1(F.silu(self.norm1(x)))
        scale, shift = self.cond_proj(cond)[:, :, None, None].chunk(2, dim=1)
        h = self.norm2(h) * (1 + scale) + shift
        return x + self.conv2(F.silu(h))


class Stage(nn.Module):
    """One resolution of the generator: a convolution to its width, then its blocks."""

    def __init__(self, in_channels, channels, blocks, config):
        super().__init__()
        self.conv_in = nn.Conv2d(in_channels, channels, 3, padding=1)
        self.resnets = nn.ModuleList(ResnetBlock(channels, config.cond_dim, config.groups) for _ in range(blocks))

    def forward(self, x, cond):
        x = self.conv_in(x)
        for resnet in self.resnets:
            x = resnet(x, cond)
        return x


class Generator(nn.Module):
    """Condition → unbounded premultiplied RGBA in one pass.

    The stem writes cosine coefficients, which `cosine_basis` turns into the coarsest grid. Stages follow, nearest ×2 between
    them; the last one is at half the picture's size and a pixel shuffle brings its 16 channels to RGBA.
    """

    def __init__(self, config):
        super().__init__()
        self.config = config
        self.stem = nn.Linear(config.cond_dim, config.stem_channels * config.basis**2)
        widths = (config.stem_channels, *config.channels)
        self.stages = nn.ModuleList(
            Stage(widths[i], widths[i + 1], config.blocks[i], config) for i in range(len(config.channels)))
        self.norm_out = nn.GroupNorm(config.groups, config.channels[-1])
        self.conv_out = nn.Conv2d(config.channels[-1], 16, 3, padding=1)

    def features(self, cond, height, width, stages):
        """The first `stages` stages → [B, channels[stages − 1], H / 2^n, W / 2^n], n = all stages + 1 − `stages`."""
        factor = 2 ** len(self.stages)
        h, w = height // factor, width // factor
        basis = cosine_basis(h, w, self.config.basis, cond.dtype, cond.device)
        x = self.stem(cond).unflatten(1, (self.config.stem_channels, -1))  # [B, C, basis²]
        x = (x @ basis).unflatten(2, (h, w))                               # [B, C, h, w]
        x = x.contiguous(memory_format=torch.channels_last)
        for index, stage in enumerate(self.stages[:stages]):
            if index:
                x = F.interpolate(x, scale_factor=2, mode="nearest")
            x = stage(x, cond)
        return x

    def forward(self, cond, height, width):  # [B, cond_dim] → [B, 4, height, width]
        x = self.features(cond, height, width, len(self.stages))
        return F.pixel_shuffle(self.conv_out(F.silu(self.norm_out(x))), 2)  # [B, 16, H/2, W/2] → [B, 4, H, W]


class Refiner(nn.Module):
    """A residual on the picture, computed on 4×4 patches that know their detail: sharper than one pass. Its last layer starts at zero."""

    def __init__(self, config):
        super().__init__()
        self.conv_in = nn.Conv2d(64 + config.detail_channels, config.refiner_channels, 3, padding=1)
        self.resnets = nn.ModuleList(
            ResnetBlock(config.refiner_channels, config.cond_dim, config.groups) for _ in range(config.refiner_blocks))
        self.norm_out = nn.GroupNorm(config.groups, config.refiner_channels)
        self.conv_out = nn.Conv2d(config.refiner_channels, 64, 3, padding=1)
        nn.init.zeros_(self.conv_out.weight)
        nn.init.zeros_(self.conv_out.bias)

    def forward(self, picture, cond, detail=None):  # premultiplied [B, 4, H, W], [B, C, H/8, W/8] → [B, 4, H, W]
        x = F.pixel_unshuffle(picture * 2 - 1, 4)  # [B, 64, H/4, W/4]
        if detail is not None:
            x = torch.cat([x, F.interpolate(detail, scale_factor=DETAIL_CELL // 4, mode="nearest")], dim=1)
        x = self.conv_in(x)
        for resnet in self.resnets:
            x = resnet(x, cond)
        return F.pixel_shuffle(self.conv_out(F.silu(self.norm_out(x))), 4)


DETAIL_CELL = 8  # pixels of a cell's side


class Detail(nn.Module):
    """What the generator forgets of a drawing: the numbers of each cell → its 8×8 pixels, to be added to the picture.

    The numbers belong to a trained caption, as an embedding does to a word, and were learnt with the weights (details.py): generative latent
    optimization (Bojanowski et al. 2018), but for what is left over. They are zeros where the generator does well enough, for every other caption,
    for styles, and for any size but the native one.
    """

    def __init__(self, config):
        super().__init__()
        self.conv_out = nn.Conv2d(config.detail_channels, 4 * DETAIL_CELL**2, 1, bias=False)

    def forward(self, detail):  # [B, C, H/8, W/8] → [B, 4, H, W]
        return F.pixel_shuffle(self.conv_out(detail), DETAIL_CELL)


class UpsamplerBlock(nn.Module):
    """x + conv2(silu(conv1(silu(x)))). Without a norm, as in EDSR (Lim et al. 2017): what a place looks like does not depend on the rest of the picture."""

    def __init__(self, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x):
        return x + self.conv2(F.silu(self.conv1(F.silu(x))))


class Upsampler(nn.Module):
    """The picture that is shown, at twice the generator's size: what a bilinear enlargement lacks, computed on 2×2 patches."""

    def __init__(self, config):
        super().__init__()
        self.conv_in = nn.Conv2d(16, config.upsampler_channels, 3, padding=1)
        self.blocks = nn.ModuleList(UpsamplerBlock(config.upsampler_channels) for _ in range(config.upsampler_blocks))
        self.conv_out = nn.Conv2d(config.upsampler_channels, 64, 3, padding=1)
        nn.init.zeros_(self.conv_out.weight)
        nn.init.zeros_(self.conv_out.bias)

    def forward(self, picture):  # premultiplied [B, 4, H, W] → [B, 4, 2H, 2W], unbounded
        x = F.pixel_unshuffle(picture * 2 - 1, 2)  # [B, 16, H/2, W/2]
        x = self.conv_in(x.contiguous(memory_format=torch.channels_last))
        for block in self.blocks:
            x = block(x)
        residual = F.pixel_shuffle(self.conv_out(F.silu(x)), 4)
        return F.interpolate(picture, scale_factor=2, mode="bilinear") + residual


class DraftModel(nn.Module):
    """Everything behind the caption vector."""

    def __init__(self, config):
        super().__init__()
        self.config = config
        self.text_encoder = TextEncoder(config)
        self.style_embedding = nn.Embedding(config.style_count, config.style_dim)
        in_dim = config.text_dim + config.style_dim + 4 * config.palette_size + config.noise_dim
        self.cond_in = nn.Linear(in_dim, config.cond_dim)
        self.cond_out = nn.Linear(config.cond_dim, config.cond_dim)
        self.generator = Generator(config)
        self.refiner = Refiner(config)
        self.detail = Detail(config) if config.detail_channels else None
        self.upsampler = Upsampler(config) if config.upsampler_channels else None

    def condition(self, vector, style, palette, noise):
        """[B, 256], [B] int64, [B, 5, 4], [B, noise_dim] → [B, cond_dim]."""
        parts = [self.text_encoder(vector), self.style_embedding(style), palette.flatten(1), noise]
        return F.silu(self.cond_out(F.silu(self.cond_in(torch.cat(parts, dim=1)))))

    def no_detail(self, picture):
        """Zeros for pictures [B, 4, H, W]; None for a model without details."""
        size = (len(picture), self.config.detail_channels, picture.shape[2] // DETAIL_CELL, picture.shape[3] // DETAIL_CELL)
        return picture.new_zeros(size) if self.detail else None

    def forward(self, vector, style, palette, noise, height, width, steps=2, detail=None):
        """`detail` [B, C, h/8, w/8], None: none → premultiplied RGBA [B, 4, height, width] with 0 ≤ RGB ≤ A ≤ 1. h, w: `drawn_size` of height and width."""
        cond = self.condition(vector, style, palette, noise)
        x = self.generator(cond, *self.config.drawn_size(height, width))
        if detail is not None:
            x = x + self.detail(detail)
        else:
            detail = self.no_detail(x)
        x = premultiplied(x)
        for _ in range(steps - 1):
            x = premultiplied(x + self.refiner(x, cond, detail))
        return self.show(x)

    def show(self, picture):
        """What is shown of a picture [B, 4, h, w] after any step."""
        return premultiplied(self.upsampler(picture)) if self.upsampler else picture


def premultiplied(x):
    """Clamps [B, 4, H, W] to what a premultiplied picture may be: alpha to 0…1, colours to 0…alpha."""
    alpha = x[:, 3:].clamp(0, 1)
    return torch.cat([torch.minimum(x[:, :3].clamp(min=0), alpha), alpha], dim=1)


def noise_from_seed(seed, config):
    """[1, noise_dim] standard normal numbers of torch's CPU generator (mt19937), the same on every device. Seed 0 draws in natural colours: the two that vary
    them are 0."""
    generator = torch.Generator("cpu").manual_seed(seed)
    noise = torch.randn([1, config.noise_dim], generator=generator, dtype=torch.float32)
    if seed == 0:
        noise[:, :2] = 0
    return noise


def caption_vector(ids, table, max_tokens=24):
    """Token ids of one caption (no special tokens) → unit vector [256]; zeros for an empty caption.

    `table` [vocab, 256] is the static text table in floats: its int8 rows times its row scales.
    """
    if len(ids) == 0:
        return torch.zeros(table.shape[1])
    return F.normalize(table[torch.as_tensor(ids[:max_tokens])].mean(dim=0), dim=0)


GROUNDING = 2.0  # weight of the trained caption against the words, in training
DRAWN = 16.0     # the same in what ships: a caption's details fit the picture of its own words, and others' words are to get it too


@dataclasses.dataclass
class Grounding:
    """`draft.json` holds it under "grounding": how near words are drawn to the trained caption that they mean."""

    weight: float = 0.0   # of the trained caption against the words; 0: words are taken as they are
    start: float = 1.0    # smallest cosine at which words mean a trained caption
    colors: tuple = ()    # words that say how a thing looks and not what it is


def grounded(caption, sum_of, concepts, names, grounding, untaught=None):
    """→ unit vector [256] of a caption for the model, cosine of the trained caption that is nearest to it, row of that caption if the words were moved to it.

    Between two trained captions the model draws a blend of both. Words that are near one, or near another word for it, are therefore
    moved to it; words for colours stay out of this and are added again. `sum_of` gives the sum of a text's table rows [256], `names`
    for each row of `concepts` that of the caption it is another word for. The cosine is 0 for words that are as near to a row of `untaught`: what there is
    clip art of, and the model was not taught.
    """
    own, extra = sum_of(caption), torch.zeros(concepts.shape[1])
    whole = own
    cosines = concepts @ F.normalize(own, dim=0)
    words = caption.split()
    plain = [word for word in words if word.lower() not in grounding.colors]
    if plain and len(plain) < len(words):
        rest = sum_of(" ".join(plain))
        rest_cosines = concepts @ F.normalize(rest, dim=0)
        if rest_cosines.max() > cosines.max() + 1e-6:  # a "red rose" that was taught is no rose in red
            own, cosines, extra = rest, rest_cosines, sum_of(" ".join(word for word in words if word.lower() in grounding.colors))
    nearest = cosines.max().item()
    # All words count here: a "red carpet" is no carpet in red. Where both are as near, clip art is the safe choice.
    known = untaught is None or len(untaught) == 0 or all((untaught @ F.normalize(words, dim=0)).max().item() < nearest - 1e-6 for words in (whole, own))
    row = None
    if grounding.weight and nearest >= grounding.start:
        row = names[cosines.argmax()]
        own = F.normalize(F.normalize(own, dim=0) + grounding.weight * concepts[row], dim=0) * own.norm()
    return F.normalize(own + extra, dim=0), nearest if known else 0.0, row


def confidence(nearest, a, b):
    """σ(a · cosine of the nearest trained caption + b) → 0…1."""
    return 1 / (1 + math.exp(-(a * nearest + b)))
