"""Trains the layer model on the pictures of data.py; resumable, CPU or CUDA, sized by wall-clock minutes.

    python train.py --minutes 60 [--config small.json] [--out work/small] [--rank 0 --world 2]

Three phases: until `coarse_share` of the time the generator's stages but the last, read out at half the size; until
`generator_share` the whole generator; then the refiner on the frozen, averaged generator. All by regression.
A checkpoint is written every 3 minutes and taken up at the next start; only time spent counts. Every 6 minutes a contact sheet
shows targets above results.

On a CPU that others use as well, one single-threaded process a core (same command, --rank 0 … N−1 --world N) is faster than
one process with N threads: the processes average their weights every few steps instead of meeting in every operation.
"""

import argparse
import copy
import csv
import json
import pathlib
import random
import time

import numpy as np
import torch
import torch.distributed
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

import augment
import sheet
from captions import Captions
from model import DraftConfig, DraftModel, premultiplied

HERE = pathlib.Path(__file__).parent
AVERAGE_EVERY = 4  # steps between averages: over the processes, and into the moving average
RESOURCES = HERE.parent.parent / "resources" / "models" / "galley-draft"


def load_data():
    """→ pictures uint8 [N, 4, S, S] premultiplied, captions."""
    pictures = torch.from_numpy(np.load(HERE / "work" / "concepts.npz")["pictures"])
    rows = list(csv.DictReader(open(HERE / "concepts.tsv", encoding="utf-8"), delimiter="\t"))
    return pictures, Captions(rows, load_file(RESOURCES / "text.safetensors"))


class Batches:
    """Draws training batches: plain pictures mostly; the first few rows in a style, the next few in a named colour."""

    def __init__(self, pictures, captions, config, settings, buckets):
        self.pictures, self.captions, self.config = pictures, captions, config
        self.settings, self.buckets = settings, [tuple(b) for b in buckets]
        self.order = []

    def share(self, name):
        """A random whole number of rows whose mean is the wanted share of the batch."""
        return int(self.settings[name] * self.settings["batch"] + random.random())

    def draw(self):
        """→ target [B, 4, H, W], vector [B, 256], style [B], palette [B, 5, 4], noise [B, Z]"""
        count = self.settings["batch"]
        if len(self.order) < count:
            self.order += torch.randperm(len(self.pictures)).tolist()
        index, self.order = self.order[:count], self.order[count:]
        noise = torch.randn(count, self.config.noise_dim)
        style = torch.zeros(count, dtype=torch.long)
        palette = torch.zeros(count, self.config.palette_size, 4)
        color_words = [""] * count
        x = self.pictures[index].float() / 255
        styled = self.share("styled")
        coloured = slice(styled, styled + self.share("coloured"))
        for row in range(coloured.start, coloured.stop):
            color_words[row] = self.choose_color(palette[row])
        if coloured.stop > coloured.start:
            rgb = torch.tensor([augment.COLORS[w] for w in color_words[coloured]]) + 0.05 * torch.randn(coloured.stop - styled, 3)
            given = palette[coloured, 0, 3:]
            palette[coloured, 0, :3] = rgb.clamp(0, 1) * given
            self.add_other_colors(palette[coloured])
            x[coloured] = augment.paint(x[coloured], rgb.clamp(0, 1))
            color_words = [w if w and (not palette[i, 0, 3] or random.random() < 0.5) else "" for i, w in enumerate(color_words)]
        x = augment.vary(x, noise)
        if styled:
            style[:styled] = random.randrange(1, len(augment.STYLES))
            x[:styled] = augment.stylise(x[:styled], int(style[0]))
        if random.random() < self.settings["other_bucket"]:
            width, height = random.choice(self.buckets[1:])
            x = augment.placed(x, (height, width))
        vector = torch.stack([self.captions.draw(i, word) for i, word in zip(index, color_words)])
        return x, vector, style, palette, noise

    @staticmethod
    def choose_color(palette_row):
        """Picks a colour word; marks the palette's first entry as given two times in three."""
        palette_row[0, 3] = float(random.random() < 0.67)
        return random.choice(list(augment.COLORS))

    @staticmethod
    def add_other_colors(palette):
        """Callers may pass a whole palette. The first entry is the wish; the others are filled at random, to be ignored."""
        for row in palette:
            if row[0, 3] and random.random() < 0.5:
                count = random.randrange(1, len(row))
                row[1:1 + count, :3] = torch.rand(count, 3)
                row[1:1 + count, 3] = 1


def forgiving(out, target):
    """`out`, but beyond the range where the target is at its end: clamping will mend that, so it costs nothing."""
    out = torch.where((target <= 0.002) & (out < 0), target, out)
    return torch.where((target >= 0.998) & (out > 1), target, out)


def loss_of(out, target):
    """For the generator. L1 and squared error at full and quarter size, squared error of colour differences, and edges.

    The squared errors pull while a picture is far off and fade as it gets near; L1 alone first settles on grey blobs, and without
    a weight of their own hues come long after shapes.
    """
    out = forgiving(out, target)
    out_small, target_small = F.avg_pool2d(out, 4), F.avg_pool2d(target, 4)
    loss = F.l1_loss(out, target) + F.l1_loss(out_small, target_small)
    loss = loss + 3 * F.mse_loss(out, target) + 3 * F.mse_loss(out_small, target_small)
    loss = loss + 4 * F.mse_loss(out_small[:, :3].diff(dim=1), target_small[:, :3].diff(dim=1))
    return loss + 0.5 * edge_loss(out, target)


def sharp_loss_of(out, target):
    """For the refiner, which starts near: L1 takes the likelier side of an edge where squared error would take the middle."""
    out = forgiving(out, target)
    return 2 * F.l1_loss(out, target) + edge_loss(out, target)


def edge_loss(out, target):
    """L1 on the differences of neighbouring pixels."""
    return sum(F.l1_loss(out.diff(dim=axis), target.diff(dim=axis)) for axis in (2, 3))


def rate(share, peak):
    """Warm-up over 2 %, constant, then linear to nearly zero over the last 45 % of the phase."""
    return peak * min(1.0, share / 0.02, (1.0 - share) / 0.45 + 0.004)


class CoarseHead(nn.Module):
    """Reads the picture at half size out of the last stage but one; only the first phase needs it."""

    def __init__(self, config):
        super().__init__()
        self.norm = nn.GroupNorm(config.groups, config.channels[-2])
        self.conv = nn.Conv2d(config.channels[-2], 16, 3, padding=1)

    def forward(self, generator, cond, height, width):  # → [B, 4, height / 2, width / 2]
        x = generator.features(cond, height, width, len(generator.stages) - 1)
        return F.pixel_shuffle(self.conv(F.silu(self.norm(x))), 2)


def average_over_processes(parameters, clock):
    """Replaces all parameters, and the clock, by their means over the processes."""
    if not torch.distributed.is_initialized():
        return clock
    flat = torch.cat([p.detach().flatten() for p in parameters] + [torch.tensor([clock])])
    torch.distributed.all_reduce(flat)
    flat /= torch.distributed.get_world_size()
    for parameter, values in zip(parameters, flat[:-1].split([p.numel() for p in parameters])):
        parameter.detach().copy_(values.view_as(parameter))
    return flat[-1].item()


class Trainer:
    """Models, optimizers, clock and files of one run."""

    def __init__(self, args):
        self.plan = json.loads(args.config.read_text())
        self.settings, self.out, self.rank = self.plan["training"], args.out, args.rank
        self.total = args.minutes * 60
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.config = DraftConfig.from_json(self.plan["model"])
        self.model = DraftModel(self.config).to(self.device, memory_format=torch.channels_last)
        self.head = CoarseHead(self.config).to(self.device, memory_format=torch.channels_last)
        self.ema = copy.deepcopy(self.model).requires_grad_(False)
        self.pictures, self.captions = load_data()
        self.batches = Batches(self.pictures, self.captions, self.config, self.settings, self.plan["buckets"])
        generator_side = [p for n, p in self.model.named_parameters() if not n.startswith("refiner.")]
        self.parameters = [generator_side + list(self.head.parameters()), list(self.model.refiner.parameters())]
        self.optimizers = [torch.optim.AdamW(p, lr=0, betas=(0.9, 0.98), weight_decay=0.01, fused=True) for p in self.parameters]
        self.state = {"seconds": 0.0, "step": 0, "phase": 0}
        self.parts = {"model": self.model, "head": self.head, "ema": self.ema,
                      "generator_optimizer": self.optimizers[0], "refiner_optimizer": self.optimizers[1]}
        self.checkpoint = self.out / "checkpoint.pt"
        self.out.mkdir(parents=True, exist_ok=True)
        if self.checkpoint.exists():
            saved = torch.load(self.checkpoint, map_location=self.device, weights_only=True)
            self.state = saved.pop("state")
            for name, values in saved.items():
                self.parts[name].load_state_dict(values)

    def save(self):
        partial = self.out / "partial.pt"
        torch.save({"state": self.state, **{name: part.state_dict() for name, part in self.parts.items()}}, partial)
        partial.replace(self.checkpoint)

    def enter_phase(self):
        """→ whether the refiner is trained, learning rate at this moment"""
        share, coarse, generator = (self.state["seconds"] / self.total, self.settings["coarse_share"],
                                    self.settings["generator_share"])
        phase = int(share >= coarse) + int(share >= generator)
        if phase == 2 and self.state["phase"] < 2:
            self.model.load_state_dict(self.ema.state_dict())  # the refiner learns on the averaged generator
        self.state["phase"] = phase
        share = (share - generator) / (1 - generator) if phase == 2 else share / generator
        return phase == 2, rate(share, self.settings["learning_rate"])

    def loss(self):
        x, vector, style, palette, noise = (t.to(self.device) for t in self.batches.draw())
        size, phase = x.shape[-2:], self.state["phase"]
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            with torch.set_grad_enabled(phase < 2):
                cond = self.model.condition(vector, style, palette, noise)
                out = self.head(self.model.generator, cond, *size) if phase == 0 else self.model.generator(cond, *size)
            if phase == 2:
                out = premultiplied(out)
                out = out + self.model.refiner(out, cond)
                return sharp_loss_of(out.float(), x)
        return loss_of(out.float(), F.avg_pool2d(x, 2) if phase == 0 else x)

    def step(self, refining, learning_rate):
        optimizer, parameters = self.optimizers[refining], self.parameters[refining]
        for group in optimizer.param_groups:
            group["lr"] = learning_rate
        loss = self.loss()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        self.state["step"] += 1
        return loss.item()

    def average(self, refining):
        self.state["seconds"] = average_over_processes(self.parameters[refining], self.state["seconds"])
        decay = min(self.settings["ema"] ** AVERAGE_EVERY, self.state["step"] / (self.state["step"] + 20))
        with torch.no_grad():
            torch._foreach_lerp_(list(self.ema.parameters()), list(self.model.parameters()), 1 - decay)

    def report(self, running):
        line = {"step": self.state["step"], "seconds": round(self.state["seconds"]), "phase": self.state["phase"],
                "loss": round(float(np.mean(running)), 5)}
        with open(self.out / "log.jsonl", "a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")

    def draw_sheet(self, name):
        sheet.write(self.ema, self.pictures, self.captions, self.out / f"sheet-{name}.png", steps=2)

    def run(self):
        last, running = time.monotonic(), []
        next_save, next_sheet = self.state["seconds"] + 180, self.state["seconds"] + 360
        while self.state["seconds"] < self.total:
            refining, learning_rate = self.enter_phase()
            for _ in range(AVERAGE_EVERY):
                running.append(self.step(refining, learning_rate))
            now = time.monotonic()
            self.state["seconds"] += now - last
            last = now
            self.average(refining)
            if self.rank:
                continue
            if self.state["step"] % 100 == 0:
                self.report(running)
                running = []
            if self.state["seconds"] >= next_save:
                next_save += 180
                self.save()
            if self.state["seconds"] >= next_sheet and self.state["phase"]:
                next_sheet = self.state["seconds"] + 360
                self.draw_sheet(f"{self.state['seconds'] / 60:02.0f}")
        if not self.rank:
            self.save()
            self.draw_sheet("end")


def main(args):
    if args.world > 1:
        torch.set_num_threads(1)
        torch.distributed.init_process_group("gloo", init_method=f"tcp://127.0.0.1:{args.port}", rank=args.rank,
                                             world_size=args.world)
    torch.manual_seed(0)
    trainer = Trainer(args)
    torch.manual_seed(args.rank + trainer.state["step"])
    random.seed(args.rank + trainer.state["step"])
    trainer.run()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--config", type=pathlib.Path, default=HERE / "small.json")
    parser.add_argument("--out", type=pathlib.Path, default=HERE / "work" / "small")
    parser.add_argument("--rank", type=int, default=0)
    parser.add_argument("--world", type=int, default=1)
    parser.add_argument("--port", type=int, default=29417)
    main(parser.parse_args())
