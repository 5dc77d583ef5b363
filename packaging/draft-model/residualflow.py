"""Tried, and not in the product: a flow on what one step of the model leaves over, drawn from noise in a few steps.

    python residualflow.py --minutes 10     trains it beside the shipped weights, prints the figures of evaluate.py --weights

The residual r of a cut-out to the generator's picture is learnt by rectified flow (Liu et al. 2022): x(t) = (1 − t) ε + t r, the network
says r − ε, and `steps` Euler steps lead from noise to a residual. The network is the refiner's, which also sees x(t), with t in its condition.
"""

import argparse
import json
import math
import random
import time

import torch
import torch.nn.functional as F
from torch import nn

import evaluate
from batches import Batches
from model import ResnetBlock, premultiplied
from shipped import HERE, Shipped
from train import load_data, rate

PATCH, CHANNELS, BLOCKS, TIMES = 4, 96, 3, 16
BATCH, LEARNING_RATE, SHORTEST = 16, 1e-3, 1 / 64
SPREAD = 0.08  # of residuals: they are divided by it


class Flow(nn.Module):
    """x(t) [B, 4, H, W], t [B], the picture so far [B, 4, H, W], the condition → velocity [B, 4, H, W]"""

    def __init__(self, config):
        super().__init__()
        self.conv_in = nn.Conv2d(2 * 4 * PATCH**2, CHANNELS, 3, padding=1)
        self.time = nn.Linear(2 * TIMES, config.cond_dim)
        self.resnets = nn.ModuleList(ResnetBlock(CHANNELS, config.cond_dim, config.groups) for _ in range(BLOCKS))
        self.norm_out = nn.GroupNorm(config.groups, CHANNELS)
        self.conv_out = nn.Conv2d(CHANNELS, 4 * PATCH**2, 3, padding=1)
        nn.init.zeros_(self.conv_out.weight)
        nn.init.zeros_(self.conv_out.bias)

    def forward(self, x, t, picture, cond):
        angle = t[:, None] * math.pi * 2 ** (torch.arange(TIMES) / 2)
        cond = cond + self.time(torch.cat([angle.sin(), angle.cos()], dim=1))
        h = self.conv_in(F.pixel_unshuffle(torch.cat([x, picture * 2 - 1], dim=1), PATCH))
        for resnet in self.resnets:
            h = resnet(h, cond)
        return F.pixel_shuffle(self.conv_out(F.silu(self.norm_out(h))), PATCH)


class Flowing(nn.Module):
    """The shipped model, of which every step after the first is one of the flow; called like it."""

    def __init__(self, model):
        super().__init__()
        self.model, self.config, self.flow = model, model.config, Flow(model.config)

    def first(self, vector, style, palette, noise, height, width):
        cond = self.model.condition(vector, style, palette, noise)
        return premultiplied(self.model.generator(cond, height, width)), cond

    def forward(self, vector, style, palette, noise, height, width, steps=2, detail=None):
        """`detail` is not used: the flow is to find what the generator leaves over."""
        picture, cond = self.first(vector, style, palette, noise, *self.config.drawn_size(height, width))
        if steps == 1:
            return self.model.show(picture)
        x = torch.randn(picture.shape, generator=torch.Generator().manual_seed(0))
        count = steps - 1
        for step in range(count):
            x = x + self.flow(x, torch.full((len(x),), step / count), picture, cond) / count
        return self.model.show(premultiplied(picture + SPREAD * x))


def loss_of(model, target, inputs, half):
    with torch.no_grad(), half():
        picture, cond = model.first(*inputs, *target.shape[-2:])
    picture, cond = picture.float(), cond.float()
    residual, noise = (target - picture) / SPREAD, torch.randn_like(target)
    t = torch.rand(len(target)).clamp(SHORTEST, 1 - SHORTEST)
    part = t[:, None, None, None]
    with half():
        velocity = model.flow((1 - part) * noise + part * residual, t, picture, cond)
    return F.mse_loss(velocity.float(), residual - noise)


def main(minutes):
    torch.manual_seed(0)
    random.seed(0)
    shipped = Shipped()
    plan = json.loads((HERE / "full.json").read_text())
    settings = plan["training"] | {"batch": BATCH, "other_bucket": 0.0}
    pictures, rows, captions = load_data(plan["native"], set(shipped.trained))
    batches = Batches(pictures, rows, captions, shipped.config, settings, plan["buckets"], torch.device("cpu"))
    model = Flowing(shipped.model)
    optimizer = torch.optim.AdamW(model.flow.parameters(), lr=0, betas=(0.9, 0.98), fused=True)

    def half():
        return torch.autocast("cpu", dtype=torch.bfloat16, enabled=torch.ops.mkldnn._is_mkldnn_bf16_supported())

    begin, spent, step, losses = time.monotonic(), 0.0, 0, []
    while spent < 60 * minutes:
        for group in optimizer.param_groups:
            group["lr"] = rate(spent / (60 * minutes), step, LEARNING_RATE)
        target, *inputs = batches.draw()
        loss = loss_of(model, target, inputs, half)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        step, spent = step + 1, time.monotonic() - begin
        if step % 100 == 0:
            print(f"step {step}, {spent:.0f} s, loss {sum(losses) / len(losses):.4f}", flush=True)
            losses = []
    (HERE / "work").mkdir(exist_ok=True)
    torch.save(model.flow.state_dict(), HERE / "work" / "residualflow.pt")
    print(f"{step} steps, {step * BATCH} pictures seen")
    shipped.model = model.eval()
    return shipped


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    trained = main(parser.parse_args().minutes)
    with torch.no_grad():
        print(json.dumps(evaluate.quick(trained), indent=2))
