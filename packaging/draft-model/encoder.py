"""The judge of the evaluation: an image encoder of its own, which puts cut-outs beside their captions.

    python encoder.py [--seconds 60]                      → encoder.safetensors
    python encoder.py --trainer --out work/features.safetensors     another one, for the loss on features of train.py: it never saw what is held out

It learns from the whole pack, held-out rows too, by contrast (InfoNCE): each picture with its caption's vector, and with another
view of itself. Views differ by crop, turn, flip, blur, light and ground, and not by what the generator is taught (styles, wished colours),
so that a picture is not judged by the trainer's own tricks. `evaluate.py` reads it; the application does not.
"""

import argparse
import pathlib
import time

import torch
import torch.nn.functional as F
from torch import nn

import augment
import data
import shipped
from captions import Captions

HERE = pathlib.Path(__file__).parent
FILE = HERE / "encoder.safetensors"
SIZE = 64
TEMPERATURE = 0.07


class Encoder(nn.Module):
    """[B, 4, 64, 64] premultiplied → unit vectors [B, 128]; caption vectors [B, 256] → unit vectors [B, 128]."""

    def __init__(self, widths=(32, 64, 112, 160)):
        super().__init__()
        layers, before = [], 4
        for width in widths:
            layers += [nn.Conv2d(before, width, 3, 2, 1), nn.GroupNorm(8, width), nn.SiLU(),
                       nn.Conv2d(width, width, 3, 1, 1), nn.GroupNorm(8, width), nn.SiLU()]
            before = width
        self.layers = nn.Sequential(*layers)
        self.picture_out = nn.Linear(before * 4, 128)
        self.text_in, self.text_out = nn.Linear(256, 256), nn.Linear(256, 128)

    def pictures(self, x):
        """On a middle grey, so that white and black things are seen."""
        x = F.adaptive_avg_pool2d(x, SIZE)
        x = torch.cat([x[:, :3] + 0.5 * (1 - x[:, 3:]), x[:, 3:]], dim=1)
        return F.normalize(self.picture_out(F.avg_pool2d(self.layers(x * 2 - 1), 2).flatten(1)), dim=1)

    def texts(self, vectors):
        return F.normalize(self.text_out(F.silu(self.text_in(vectors * 16))), dim=1)


def viewed(x):
    """Another look at each picture, premultiplied [B, 4, S, S] → [B, 4, 64, 64]."""
    count, device = len(x), x.device

    def uniform(low, high):
        return low + (high - low) * torch.rand(count, device=device)

    turn, scale = uniform(-0.35, 0.35), uniform(0.95, 1.5)
    flip = torch.where(uniform(0, 1) < 0.5, -1.0, 1.0)
    theta = torch.stack([torch.stack([scale * flip * turn.cos(), -scale * turn.sin(), uniform(-0.15, 0.15)], dim=1),
                         torch.stack([scale * flip * turn.sin(), scale * turn.cos(), uniform(-0.15, 0.15)], dim=1)], dim=1)
    grid = F.affine_grid(theta, (count, 4, SIZE, SIZE), align_corners=False)
    x = F.grid_sample(F.adaptive_avg_pool2d(x, SIZE), grid, mode="bilinear", align_corners=False)
    x = augment.turn_hue(x, uniform(-0.2, 0.2), uniform(0.75, 1.15))
    soft = F.avg_pool2d(x, 3, 1, 1)
    softer = F.interpolate(F.avg_pool2d(x, 4), scale_factor=4, mode="bilinear")
    pick = uniform(0, 1)[:, None, None, None]
    x = torch.where(pick < 0.25, soft, torch.where(pick < 0.4, softer, x))
    return (x + 0.03 * torch.randn_like(x)).clamp(0, 1)


def train(seconds, trainer=False, batch=384):
    torch.manual_seed(int(trainer))
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    pictures, rows = data.load(2 * SIZE)
    if trainer:
        kept = [i for i, row in enumerate(rows) if not row["held"]]
        pictures, rows = pictures[kept], [rows[i] for i in kept]
    pictures = torch.from_numpy(pictures).to(device)
    captions = Captions(rows, shipped.load(shipped.TEXT))
    vectors = torch.stack([captions.vector(name) for name in captions.names]).to(device)
    of_row = torch.tensor(captions.of_row, device=device)
    encoder = Encoder().to(device)
    optimizer = torch.optim.AdamW(encoder.parameters(), lr=1e-3, weight_decay=0.02)
    begin, step, spent = time.monotonic(), 0, 0.0
    while spent < seconds:
        for group in optimizer.param_groups:
            group["lr"] = 1e-3 * min(1.0, (step + 1) / 100) * (1 - 0.98 * spent / seconds)
        index = torch.randint(len(pictures), (batch,), device=device)
        x = pictures[index].float() / 255
        one, other = encoder.pictures(viewed(x)), encoder.pictures(viewed(x))
        noisy = F.normalize(vectors + 0.02 * torch.randn_like(vectors), dim=1)
        loss = F.cross_entropy(one @ encoder.texts(noisy).T / TEMPERATURE, of_row[index])
        loss = loss + F.cross_entropy(one @ other.T / TEMPERATURE, torch.arange(batch, device=device))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        step += 1
        if step % 100 == 0:
            print(f"step {step}, {spent:.0f} s, loss {loss.item():.3f}", flush=True)
        spent = time.monotonic() - begin
    return encoder.cpu().eval().state_dict() | {"captions": shipped.text_of([[name] for name in captions.names])}


def load(file=FILE):
    """The judge, or another encoder; `captions` are those that it learnt."""
    tensors = shipped.dequantised(shipped.load(file))
    encoder = Encoder().eval().requires_grad_(False)
    encoder.captions = [texts[0] for texts in shipped.lists_of(tensors.pop("captions"))]
    encoder.load_state_dict(tensors)
    return encoder


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--out", type=pathlib.Path, default=FILE)
    parser.add_argument("--trainer", action="store_true", help="leave out what is held out, begin with another seed")
    options = parser.parse_args()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    shipped.save(train(options.seconds, options.trainer), options.out, metadata={"name": "galley-draft judge"})
