"""Trains the layer model on the clip-art pack; resumable, CPU or CUDA, sized by wall-clock minutes.

    python train.py --minutes 9 [--config full.json] [--out work/full] [--start ../../resources/models/galley-draft/draft.safetensors.zst]

Generator and refiner learn together by regression; for the last `sharp_share` of the time a small discriminator sharpens what
the refiner makes. A checkpoint is written every 3 minutes and taken up at the next start; only time spent counts. `work/full` also
gets the averaged weights as the application reads them (before.safetensors: those before the discriminator), a log and contact
sheets, targets above results. With --start "warm" of the configuration's training settings counts, and captions that these weights do
not know are seen "fresh" times as often as others. Details belong to the pictures of one generator: teach them anew afterwards (details.py).

    python train.py --start WEIGHTS --teach sushi elephant --minutes 25 --out work/taught

teaches weights a few captions more, which a CPU has the time for: those that they know are repeated, the others of the pack stay out, and
"teach" counts in the place of "warm".

    python train.py --start WEIGHTS --only refiner --set sharp_share=0 perception=0.5 --minutes 10 --out work/features

tries one thing at a time: one part learns and the others stay, with settings in the place of the configuration's.
"""

import argparse
import copy
import json
import math
import pathlib
import random
import time

import torch
import torch.nn.functional as F
from torch import nn

import data
import encoder
import sheet
import shipped
from batches import Batches
from captions import Captions
from model import DraftConfig, DraftModel, premultiplied

HERE = pathlib.Path(__file__).parent
WARM_UP = 200  # steps
SAVE_EVERY = 180  # seconds
FEATURES = HERE / "work" / "features.safetensors"


def load_data(size, taught=None):
    """→ trained pictures uint8 [N, 4, S, S] premultiplied, their rows of data.concepts(), their captions; those of `taught` captions alone, where it is given."""
    pictures, rows = data.load(size)
    kept = [i for i, row in enumerate(rows) if not row["held"] and (taught is None or row["caption"] in taught)]
    rows = [rows[i] for i in kept]
    return torch.from_numpy(pictures[kept]), rows, Captions(rows, shipped.load(shipped.TEXT))


def forgiving(out, target):
    """`out`, but beyond the range where the target is at its end: clamping will mend that, so it costs nothing."""
    out = torch.where((target <= 0.002) & (out < 0), target, out)
    return torch.where((target >= 0.998) & (out > 1), target, out)


def loss_of(out, target):
    """L1 and squared error at full, half and an eighth of the size, squared error of colour differences, and edges.

    The squared errors pull while a picture is far off and fade as it gets near; L1 alone first settles on grey blobs, and without
    a weight of their own hues come long after shapes.
    """
    loss = edge_loss(out, target)
    for factor in (1, 2, 8):
        small, small_target = (F.avg_pool2d(x, factor) if factor > 1 else x for x in (out, target))
        loss = loss + F.l1_loss(small, small_target) + 2 * F.mse_loss(small, small_target)
    return loss + 4 * F.mse_loss(small[:, :3].diff(dim=1), small_target[:, :3].diff(dim=1))


def sharp_loss_of(out, target):
    """For the refiner, which starts near: L1 takes the likelier side of an edge where squared error would take the middle."""
    return 2 * F.l1_loss(out, target) + 2 * edge_loss(out, target)


def edge_loss(out, target):
    """L1 on the differences of neighbouring pixels."""
    return sum(F.l1_loss(out.diff(dim=axis), target.diff(dim=axis)) for axis in (2, 3))


def rate(share, step, peak):
    """Warm-up by steps, constant for a fifth of the time, then half a cosine to a hundredth."""
    fall = max(0.0, (share - 0.2) / 0.8)
    return peak * min(1.0, (step + 1) / WARM_UP) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1.0, fall))))


class Perception:
    """How differently a network sees two pictures: squared distance of its features, each of length 1 over the channels, at three depths (Johnson
    et al. 2016, scaled as in Zhang et al. 2018). The network is an encoder.py --trainer, not the judge, who would then judge its own pupil."""

    DEPTHS = (6, 12, 18)  # layers, of which a stage of the encoder has six

    def __init__(self, device):
        if not FEATURES.exists():
            raise SystemExit(f"{FEATURES} is missing: make it with encoder.py --trainer --out {FEATURES}.")
        self.layers = encoder.load(FEATURES).to(device).layers

    def __call__(self, out, target):  # premultiplied [B, 4, H, W] twice
        x = torch.cat([premultiplied(out), target])
        x = torch.cat([x[:, :3] + 0.5 * (1 - x[:, 3:]), x[:, 3:]], dim=1) * 2 - 1
        loss = 0.0
        for depth, layer in enumerate(self.layers[:self.DEPTHS[-1]], start=1):
            x = layer(x)
            if depth in self.DEPTHS:
                seen, wanted = F.normalize(x.float(), dim=1).chunk(2)
                loss = loss + ((seen - wanted) ** 2).sum(dim=1).mean()
        return loss


class Discriminator(nn.Module):
    """Judges patches of 34 pixels, with and without their alpha: is this how a drawing looks close by?"""

    def __init__(self, width=64):
        super().__init__()
        channels = [4, width, 2 * width, 4 * width]
        layers = []
        for i in range(3):
            layers += [nn.utils.parametrizations.spectral_norm(nn.Conv2d(channels[i], channels[i + 1], 4, 2 if i < 2 else 1, 1)),
                       nn.LeakyReLU(0.2)]
        self.layers = nn.Sequential(*layers, nn.utils.parametrizations.spectral_norm(nn.Conv2d(channels[3], 1, 4, 1, 1)))

    def forward(self, x):  # [B, 4, H, W] → [B, 1, h, w]
        return self.layers(x * 2 - 1)


class Sharpener(nn.Module):
    """A discriminator that learns beside a model, and what it wishes of the model's pictures."""

    def __init__(self, device, width=64, sharpness=0.25):
        super().__init__()
        self.judge, self.sharpness = Discriminator(width).to(device, memory_format=torch.channels_last), sharpness
        self.register_buffer("balance", torch.zeros((), device=device))
        self.optimizer = torch.optim.AdamW(self.judge.parameters(), lr=2e-4, betas=(0.5, 0.98), weight_decay=0.0, fused=True)
        self.steps = 0

    def get_extra_state(self):
        return self.optimizer.state_dict()

    def set_extra_state(self, state):
        self.optimizer.load_state_dict(state)

    def pull(self, out, target, loss):
        """Teaches the discriminator with hinges → the model's part, whose pull on the picture is `sharpness` times that of `loss`. Called under autocast."""
        shown = premultiplied(out)
        real, fake = self.judge(target).float(), self.judge(shown.detach()).float()
        judged = F.relu(1 - real).mean() + F.relu(1 + fake).mean()
        self.optimizer.zero_grad(set_to_none=True)
        judged.backward()
        self.optimizer.step()
        self.judge.requires_grad_(False)
        wish = -self.judge(shown).float().mean()
        self.judge.requires_grad_(True)
        if self.steps % 20 == 0:
            norms = [torch.autograd.grad(part, out, retain_graph=True)[0].norm() for part in (loss, wish)]
            self.balance.copy_((norms[0] / norms[1].clamp(min=1e-9)).clamp(max=100.0))
        self.steps += 1
        return self.sharpness * self.balance * wish


class Trainer:
    """Models, optimizers, clock and files of one run."""

    def __init__(self, args):
        self.begin = time.monotonic()
        self.plan = json.loads(args.config.read_text())
        self.settings, self.out, self.total = self.plan["training"], args.out, args.minutes * 60
        if args.teach and not args.start:
            raise SystemExit("--teach adds captions to weights: name these with --start.")
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.config = DraftConfig.from_json(self.plan["model"])
        self.model, known = DraftModel(self.config), set()
        if args.start:
            self.settings |= self.settings.get("teach" if args.teach else "warm", {})
            tensors = shipped.dequantised(shipped.load(args.start))
            known = {texts[0] for texts in shipped.lists_of(tensors.pop("captions"))}
            for name in ("untaught", *shipped.DETAILS):
                tensors.pop(name, None)
            self.model.load_state_dict(shipped.widened(tensors, self.config))
        if unknown := args.set.keys() - self.settings.keys():
            raise SystemExit(f"--set: {args.config.name} has no training setting {', '.join(sorted(unknown))}.")
        self.settings |= args.set
        if args.only:
            self.model.requires_grad_(False)
            self.model.get_submodule(args.only).requires_grad_(True)
        self.perception = Perception(self.device) if self.settings["perception"] else None
        self.model = self.model.to(self.device, memory_format=torch.channels_last)
        self.ema = copy.deepcopy(self.model).requires_grad_(False)
        self.sharpener = Sharpener(self.device, sharpness=self.settings["sharpness"])
        self.pictures, self.rows, self.captions = load_data(self.plan["native"], known | set(args.teach) if args.teach else None)
        self.batches = Batches(self.pictures, self.rows, self.captions, self.config, self.settings, self.plan["buckets"], self.device,
                               known)
        missing = set(args.teach) - set(self.captions.names)
        if missing:
            raise SystemExit(f"The pack has no trained drawing of {', '.join(sorted(missing))}.")
        self.say(f"{len(self.rows)} pictures of {len(self.captions.names)} captions, {len(self.batches.pool) - len(self.rows)} more views for new ones")
        self.optimizer = self.adam(self.model.parameters(), (0.9, 0.98), 0.01)
        self.state = {"seconds": 0.0, "step": 0, "sharpening": False}
        self.parts = {"model": self.model, "ema": self.ema, "sharpener": self.sharpener, "optimizer": self.optimizer}
        self.checkpoint = self.out / "checkpoint.pt"
        self.out.mkdir(parents=True, exist_ok=True)
        if self.checkpoint.exists():
            saved = torch.load(self.checkpoint, map_location=self.device, weights_only=True)
            self.state = saved.pop("state")
            for name, values in saved.items():
                self.parts[name].load_state_dict(values)
        self.spent_before = self.state["seconds"]
        self.outputs = self.both_steps
        if self.device.type == "cuda" and args.compile:
            self.outputs = torch.compile(self.both_steps, dynamic=False)
        self.square = tuple(self.plan["buckets"][0])

    @staticmethod
    def adam(parameters, betas, decay):
        return torch.optim.AdamW(parameters, lr=0, betas=betas, weight_decay=decay, fused=True)

    def say(self, words):
        print(f"{time.monotonic() - self.begin:.1f} s: {words}", flush=True)

    def half(self):
        """bf16 where it is fast."""
        return torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.device.type == "cuda" or torch.ops.mkldnn._is_mkldnn_bf16_supported())

    def both_steps(self, vector, style, palette, noise, height, width):
        """→ what the generator makes, unclamped, and what the refiner makes of it, unclamped."""
        cond = self.model.condition(vector, style, palette, noise)
        first = self.model.generator(cond, height, width)
        shown = premultiplied(first)
        return first, shown + self.model.refiner(shown, cond, self.model.no_detail(shown))

    def save(self):
        partial = self.out / "partial.pt"
        torch.save({"state": self.state, **{name: part.state_dict() for name, part in self.parts.items()}}, partial)
        partial.replace(self.checkpoint)
        self.save_weights("now.safetensors")

    def save_weights(self, name):
        tensors = {key: value.detach().cpu() for key, value in self.ema.state_dict().items()}
        shipped.save({**tensors, "captions": shipped.text_of(self.captions.texts)}, self.out / name)

    def step(self):
        """One batch → loss as a tensor, so that nothing waits for the device."""
        share = self.state["seconds"] / self.total
        sharpening = share >= 1 - self.settings["sharp_share"]
        if sharpening and not self.state["sharpening"]:
            self.save_weights("before.safetensors")
        self.state["sharpening"] = sharpening
        for group in self.optimizer.param_groups:
            group["lr"] = rate(share, self.state["step"], self.settings["learning_rate"])
        x, *inputs = self.batches.draw()
        height, width = x.shape[-2:]
        # Only the square shape is worth a compilation.
        outputs = self.outputs if (width, height) == self.square else self.both_steps
        with self.half():
            first, second = outputs(*inputs, height, width)
        first, second = first.float(), second.float()
        loss = loss_of(forgiving(first, x), x) + sharp_loss_of(forgiving(second, x), x)
        if self.perception:
            with self.half():
                loss = loss + self.settings["perception"] * self.perception(second, x)
        whole = loss
        if sharpening:
            with self.half():
                whole = loss + self.sharpener.pull(second, x, loss)
        self.optimizer.zero_grad(set_to_none=True)
        whole.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.state["step"] += 1
        self.average()
        return loss.detach()

    @torch.no_grad()
    def average(self):
        decay = min(self.settings["ema"], self.state["step"] / (self.state["step"] + 20))
        torch._foreach_lerp_(list(self.ema.parameters()), list(self.model.parameters()), 1 - decay)

    def report(self, losses):
        line = {"step": self.state["step"], "pictures": self.state["step"] * self.settings["batch"], "seconds": round(self.state["seconds"], 1), "sharpening": self.state["sharpening"],
                "loss": round(torch.stack(losses).mean().item(), 5)}
        with open(self.out / "log.jsonl", "a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")
        print(line, flush=True)

    def run(self):
        losses, next_save = [], self.spent_before + SAVE_EVERY
        while self.state["seconds"] < self.total:
            losses.append(self.step())
            if len(losses) == 1 and not self.spent_before and self.state["step"] == 1:
                self.say("first step done")
            if self.device.type == "cuda" and self.state["step"] % 10 == 0:
                torch.cuda.synchronize()  # the host must not run ahead of the clock
            self.state["seconds"] = self.spent_before + time.monotonic() - self.begin
            if len(losses) == self.settings["report_every"]:
                self.report(losses)
                losses = []
            if self.state["seconds"] >= next_save:
                next_save += SAVE_EVERY
                self.save()
        self.save()
        sheet.write(self.ema.eval(), self.pictures, self.rows, self.captions, self.out / "sheet.png")
        seen = self.state["step"] * self.settings["batch"]
        print(f"{self.state['step']} steps, {seen} pictures seen, {seen / self.state['seconds']:.0f} a second")


def setting(text):
    name, number = text.split("=")
    return name, json.loads(number)


def main(args):
    args.set = dict(args.set)
    torch.manual_seed(0)
    torch.set_float32_matmul_precision("high")
    trainer = Trainer(args)
    torch.manual_seed(trainer.state["step"])
    random.seed(trainer.state["step"])
    trainer.run()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--config", type=pathlib.Path, default=HERE / "full.json")
    parser.add_argument("--out", type=pathlib.Path, default=HERE / "work" / "full")
    parser.add_argument("--start", type=pathlib.Path, help="weights to begin with")
    parser.add_argument("--teach", nargs="+", default=[], metavar="CAPTION", help="captions that the weights of --start do not know")
    parser.add_argument("--only", choices=["generator", "refiner"], help="the part of the model that learns")
    parser.add_argument("--set", nargs="+", default=[], type=setting, metavar="NAME=NUMBER", help="settings of the configuration, changed")
    parser.add_argument("--no-compile", dest="compile", action="store_false")
    main(parser.parse_args())
