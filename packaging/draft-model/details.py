"""Teaches the details: numbers of cells for each trained caption, the layer that lays them over the picture, a refiner that reads them, and an upsampler.

    python enlarged.py --minutes 8      # the drawings at twice the native size
    python details.py --start ../../resources/models/galley-draft/draft.safetensors.zst --minutes 60 [--out work/details]

The generator stays as it is: what it makes of each drawing is drawn once, in its natural colours and in some that a seed, other words or a wish
may give. The numbers begin as a transform coder's: principal components of what the picture lacks (Karhunen-Loève), rounded, the small ones left out.
Those that are left learn on by gradients of their own, straight through the rounding (Bengio et al. 2013), with the layer, the refiner and the upsampler;
in the last part of the time a small discriminator sharpens what is shown. Weights that have as many details go on with theirs. Resumable, like train.py,
with the same log and now.safetensors.
"""

import argparse
import collections
import hashlib
import json
import pathlib
import random
import time

import torch
import torch.nn.functional as F
from torch import nn

import augment
import enlarged
import shipped
from batches import Batches
from model import DETAIL_CELL, DraftConfig, DraftModel, premultiplied
from train import SAVE_EVERY, Sharpener, forgiving, load_data, rate, sharp_loss_of

HERE = pathlib.Path(__file__).parent
BATCH = 16
VIEWS = 4          # of each drawing, the first one in natural colours
STEP = 0.105       # what one level is of a number that is small, for a drawing of which an average share is missing
FAIRNESS = 0.5     # 0: the same step for all; 1: one in proportion to what a drawing lacks. Busy ones lack most, and show it least
NUMBERS = 4        # times what a component is, so that the refiner is given numbers that are about 1
KEPT = 0.65        # levels: smaller numbers are left out
NATURAL = 0.5      # share of the batches' rows that show natural colours
WITHOUT = 0.1      # share without details, as captions between trained ones have none
PACE = 0.15        # levels that a number moves at a visit, at first
PREVIEWS = 0.2     # share of pictures that are enlarged as the preview of one step is, not refined
CROP = 8           # cells of a side of what is enlarged: the upsampler looks at places, not at pictures
SHARPENED = 0.3    # last share of the time, with the discriminator


def crop(pictures, y, x, cell):
    """CROP × CROP cells of so many pixels, from a cell on."""
    return pictures[:, :, y * cell:(y + CROP) * cell, x * cell:(x + CROP) * cell]


class Trainer:
    def __init__(self, args):
        self.begin, self.total, self.out, self.start = time.monotonic(), args.minutes * 60, args.out, args.start
        self.out.mkdir(parents=True, exist_ok=True)
        self.plan = json.loads(args.config.read_text())
        self.config = DraftConfig.from_json(self.plan["model"])
        if not (self.config.detail_channels and self.config.upsampler_channels):
            raise SystemExit(f"{args.config.name} asks for no details or no upsampler: give its model some detail_channels and upsampler_channels.")
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.model = DraftModel(self.config)
        tensors = shipped.dequantised(shipped.load(args.start))
        self.texts = tensors.pop("captions")
        tensors.pop("untaught", None)
        self.lists = shipped.lists_of(self.texts)
        known = shipped.Details(tensors, shipped.names_of(self.lists)) if all(name in tensors for name in shipped.DETAILS) else None
        if known is None or known.channels != self.config.detail_channels:
            known = None
            for name in (*shipped.DETAILS, "detail.conv_out.weight"):
                tensors.pop(name, None)  # what the refiner made of other details is of no use either
        if not enlarged.FILE.exists():
            raise SystemExit(f"{enlarged.FILE} is missing: make it with enlarged.py.")
        if not tensors.get("upsampler.conv_out.weight", torch.zeros(1)).any():
            tensors |= {f"upsampler.{key}": value for key, value in torch.load(enlarged.NETWORK, weights_only=True).items()}
        self.model.load_state_dict(shipped.widened(tensors, self.config))
        self.model.requires_grad_(False)
        taught = [self.model.refiner, self.model.detail, self.model.upsampler]
        for part in taught:
            part.requires_grad_(True)
        self.model = self.model.to(self.device, memory_format=torch.channels_last)
        _, self.rows, self.captions = load_data(32, {texts[0] for texts in self.lists})
        drawn = torch.load(enlarged.FILE, weights_only=True)
        place = {name: i for i, name in enumerate(drawn["ids"])}
        if missing := {row["id"] for row in self.rows} - place.keys():
            raise SystemExit(f"{enlarged.FILE} lacks {len(missing)} drawings of today's list, such as {min(missing)}. Make it anew with enlarged.py.")
        self.pictures = drawn["pictures"][torch.tensor([place[row["id"]] for row in self.rows])]
        self.views = self.draw_views()
        self.alone = self.lonely()
        self.state = {"seconds": 0.0, "step": 0}
        self.checkpoint = self.out / "checkpoint.pt"
        saved = torch.load(self.checkpoint, map_location=self.device, weights_only=True) if self.checkpoint.exists() else None
        # levels [N, C, H/8, W/8], not rounded, of those numbers that are `kept`, bool; scales [N]
        if saved:
            self.state, self.levels, self.kept, self.scales = saved["state"], saved["levels"].float(), saved["kept"], saved["scales"]
        else:
            self.levels, self.kept, self.scales = self.known_details(known) if known else self.analysed()
        self.say(f"{len(self.rows)} drawings, {int(self.masks().sum())} cells, {int(self.kept.sum())} numbers")
        self.learning = [parameter for part in taught for parameter in part.parameters()]
        self.optimizer = torch.optim.AdamW(self.learning, lr=0, betas=(0.9, 0.98), weight_decay=0.001, fused=True)
        self.sharpener = Sharpener(self.device, width=32, sharpness=0.25)
        self.parts = {"model": self.model, "optimizer": self.optimizer, "sharpener": self.sharpener}
        for name, part in self.parts.items() if saved else ():
            part.load_state_dict(saved[name])
        torch.manual_seed(self.state["step"])  # another start goes on, and does not draw the same batches
        self.before, self.begin = self.state["seconds"], time.monotonic()

    def say(self, words):
        print(f"{time.monotonic() - self.begin:.1f} s: {words}", flush=True)

    def half(self):
        return torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.device.type == "cuda" or torch.ops.mkldnn._is_mkldnn_bf16_supported())

    @torch.no_grad()
    def draw_views(self):
        """→ {"target": uint8 [views, N, 4, 2S, 2S], "picture": [views, N, 4, S, S], "cond": float16 [views, N, 512]}, drawn once and kept: they do not depend on
        what is taught."""
        file, partial = self.out / "views.pt", self.out / "partial.pt"
        origin = {"rows": [row["id"] for row in self.rows], "start": hashlib.sha256(self.start.read_bytes()).hexdigest()}
        if file.exists():
            views = torch.load(file, weights_only=True)
            if views.pop("origin", None) != origin:
                raise SystemExit(f"{self.out} holds the pictures of other weights or another list of drawings. Take another --out, or remove it.")
            return views
        torch.manual_seed(0)
        random.seed(0)
        settings = self.plan["training"] | {"batch": 32, "styled": 0.0, "other_bucket": 0.0}
        batches = Batches(self.pictures, self.rows, self.captions, self.config, settings, self.plan["buckets"], self.device)
        count, size = len(self.rows), self.plan["native"]
        views = {name: torch.zeros(VIEWS, count, 4, side, side, dtype=torch.uint8) for name, side in (("target", self.pictures.shape[-1]), ("picture", size))}
        views["cond"] = torch.zeros(VIEWS, count, self.config.cond_dim, dtype=torch.float16)
        for view in range(VIEWS):
            for index in torch.randperm(count).split(32):
                batches.draw_index = lambda: index.to(self.device)
                if view:
                    x, vector, style, palette, noise = batches.draw()
                else:
                    x, vector = self.pictures[index].to(self.device).float() / 255, F.normalize(batches.sums[batches.begin[index]], dim=1)
                    style, palette = batches.style[index], torch.zeros(len(index), self.config.palette_size, 4, device=self.device)
                    noise = torch.zeros(len(index), self.config.noise_dim, device=self.device)
                with self.half():
                    cond = self.model.condition(vector, style, palette, noise)
                    picture = premultiplied(self.model.generator(cond, size, size).float())
                for name, value in (("target", x * 255 + 0.5), ("picture", picture * 255 + 0.5), ("cond", cond)):
                    views[name][view, index] = value.to(views[name].dtype).cpu()
            self.say(f"view {view + 1} of {VIEWS}")
        torch.save(views | {"origin": origin}, partial)
        partial.replace(file)
        return views

    def seen(self, view, index):
        """Large target, target, picture and condition of drawings [B] in views [B]. The picture was clamped, which the model does after the details only: 0.02 dB."""
        target, picture, cond = (self.views[name][view, index].to(self.device).float() for name in ("target", "picture", "cond"))
        return target / 255, enlarged.small_of(target / 255), picture / 255, cond

    def natural_parts(self, size=64):
        """Natural pictures, so many at once: yields their numbers and what `seen` says."""
        for index in torch.arange(len(self.rows)).split(size):
            yield index, *self.seen(torch.zeros_like(index), index)

    def lonely(self):
        """Whether a caption has one drawing alone, in none of the model's styles → bool [N]. In a style it has no details, and of several drawings it is the
        seed that chooses: then no one's details would be right."""
        styled = torch.tensor([row["style"] in augment.STYLES[1:] for row in self.rows], device=self.device)
        plain = collections.Counter(row["caption"] for row, style in zip(self.rows, styled.tolist()) if not style)
        return torch.tensor([plain[row["caption"]] == 1 for row in self.rows], device=self.device) & ~styled

    def masks(self):
        """The cells that have numbers → bool [N, H/8, W/8]"""
        return self.kept.any(dim=1)

    def known_details(self, known):
        """Of weights that have details → what analysed() says."""
        row_of = dict(zip((texts[0] for texts in self.lists), known.places))
        levels, scales = torch.zeros(len(self.rows), known.channels, known.side, known.side), torch.ones(len(self.rows))
        for i in self.alone.nonzero()[:, 0].tolist():
            row = row_of[self.rows[i]["caption"]]
            levels[i], scales[i] = known.levels_of(row), known.scales[known.lines[row]]
        return levels.to(self.device), (levels != 0).to(self.device), scales.to(self.device)

    @torch.no_grad()
    def analysed(self):
        """What the pictures lack, in principal components of its own → levels, which of them are kept, scales. The first layer puts the components together again."""
        lack = torch.cat([F.pixel_unshuffle(target - picture, DETAIL_CELL) for _, _, target, picture, _ in self.natural_parts()])
        energy = lack.square().sum(dim=(1, 2, 3))
        scales = (energy / energy.median()).pow(FAIRNESS / 2).clamp(0.3, 3)
        cells = (lack / scales[:, None, None, None])[self.alone].movedim(1, -1).flatten(0, -2)
        _, vectors = torch.linalg.eigh(cells.T @ cells)
        vectors = vectors.flip(1)[:, :self.config.detail_channels]
        self.model.detail.conv_out.weight.data.copy_(vectors[:, :, None, None] / NUMBERS)
        scales *= NUMBERS * STEP
        levels = shipped.level_of(torch.einsum("nphw,pc->nchw", lack, vectors) * NUMBERS / scales[:, None, None, None])
        levels = levels.clamp(-shipped.ZERO_LEVEL, shipped.LAST_LEVEL - shipped.ZERO_LEVEL)
        kept = (levels.abs() >= KEPT) & self.alone[:, None, None, None]
        return torch.where(kept, torch.where(levels.abs() < 1, levels.sign(), levels), 0), kept, scales

    def numbers_of(self, levels, index):
        """Levels of drawings [B] as the weights file has them → numbers, through which a gradient goes as though nothing were rounded."""
        rounded = levels.detach().round()
        slope = 4 / 3 * rounded.abs().clamp(min=1) ** (1 / 3)
        return (shipped.value_of(rounded) + slope * (levels - levels.detach())) * self.kept[index] * self.scales[index, None, None, None]

    def learn_levels(self, own, index, share):
        """A step down of those that a batch showed, as long for a drawing that is nearly right as for one that is not."""
        grad = own.grad
        length = (grad.square().sum(dim=(1, 2, 3), keepdim=True) / self.kept[index].sum(dim=(1, 2, 3), keepdim=True).clamp(min=1)).sqrt()
        levels = own.detach() - PACE * (1 - share) * grad / length.clamp(min=1e-12)
        self.levels[index] = levels.clamp(-shipped.ZERO_LEVEL, shipped.LAST_LEVEL - shipped.ZERO_LEVEL)

    def step(self):
        share = self.state["seconds"] / self.total
        for group in self.optimizer.param_groups:
            group["lr"] = rate(share, self.state["step"], 0.001)
        index = torch.randperm(len(self.rows))[:BATCH]
        view = torch.where(torch.rand(BATCH) < NATURAL, 0, torch.randint(1, VIEWS, (BATCH,)))
        large, target, picture, cond = self.seen(view, index)
        given = (torch.rand(BATCH, 1, 1, 1, device=self.device) >= WITHOUT).float()
        with self.half():
            own = self.levels[index].requires_grad_(True)
            numbers = self.numbers_of(own, index)
            # What is right in natural colours is what they are to say.
            numbers = torch.where(view[:, None, None, None].to(self.device) == 0, numbers, numbers.detach())
            numbers = numbers * given
            laid = picture + self.model.detail(numbers).float()
            shown = premultiplied(laid)
            refined = shown + self.model.refiner(shown, cond, numbers).float()
            preview = (torch.rand(BATCH, 1, 1, 1, device=self.device) < PREVIEWS).float()
            y, x = torch.randint(numbers.shape[2] - CROP + 1, (2,)).tolist()
            small = crop(torch.lerp(premultiplied(refined), shown, preview), y, x, DETAIL_CELL)
            doubled, large = self.model.upsampler(small).float(), crop(large, y, x, 2 * DETAIL_CELL)
            # A place at the rim sees nothing beyond it: what it would have seen counts only where the picture ends there.
            rows, columns = (slice(2 * DETAIL_CELL * (at > 0), 2 * DETAIL_CELL * (CROP - (at + CROP < numbers.shape[2]))) for at in (y, x))
            doubled, large = doubled[:, :, rows, columns], large[:, :, rows, columns]
        loss = sum(weight * (sharp_loss_of(out, wanted) + 8 * F.mse_loss(out, wanted))
                   for weight, out, wanted in ((1.0, forgiving(doubled, large), large), (0.5, forgiving(refined, target), target), (0.3, forgiving(laid, target), target)))
        whole = loss
        if share >= 1 - SHARPENED:
            with self.half():
                whole = loss + self.sharpener.pull(doubled, large, loss)
        self.optimizer.zero_grad(set_to_none=True)
        whole.backward()
        nn.utils.clip_grad_norm_(self.learning, 1.0)
        self.optimizer.step()
        self.learn_levels(own, index, share)
        self.state["step"] += 1
        return loss.detach()

    @torch.no_grad()
    def measure(self, every=8):
        """PSNR of every eighth natural drawing with details: the generator's, in one step and in two; in two steps at twice the size."""
        index = torch.arange(len(self.rows))[self.kept.flatten(1).any(dim=1).cpu()][::every]
        psnr = []
        for part in index.split(32):
            large, target, picture, cond = self.seen(torch.zeros_like(part), part)
            with self.half():
                numbers = self.numbers_of(self.levels[part], part)
                laid = premultiplied(picture + self.model.detail(numbers).float())
                refined = premultiplied(laid + self.model.refiner(laid, cond, numbers).float())
                shown = premultiplied(self.model.upsampler(refined).float())
            pairs = ((picture, target), (laid, target), (refined, target), (shown, large))
            psnr.append(torch.stack([-10 * (out - wanted).square().mean(dim=(1, 2, 3)).log10() for out, wanted in pairs]))
        return [round(value, 2) for value in torch.cat(psnr, dim=1).mean(dim=1).tolist()]

    def save(self):
        partial = self.out / "partial.pt"
        torch.save({"state": self.state, "levels": self.levels.half(), "kept": self.kept, "scales": self.scales, **{name: part.state_dict() for name, part in self.parts.items()}}, partial)
        partial.replace(self.checkpoint)
        # In the order of the captions: which cells have numbers, and the levels of those cells.
        levels = torch.where(self.kept, self.levels, 0).round()
        row_of = {row["caption"]: i for i, row in enumerate(self.rows) if self.alone[i]}
        index = torch.tensor([row_of.get(texts[0], -1) for texts in self.lists])
        own = torch.where((index >= 0)[:, None, None, None], levels[index].cpu(), 0)
        masks = (own != 0).any(dim=1)
        scales = torch.where(index >= 0, self.scales[index].cpu(), 1)
        tensors = {key: value.detach().cpu() for key, value in self.model.state_dict().items()}
        shipped.save({**tensors, "captions": self.texts, **shipped.packed_details(masks, own.movedim(1, -1)[masks], scales)}, self.out / "now.safetensors")

    def run(self):
        losses, next_save = [], self.before + SAVE_EVERY
        while self.state["seconds"] < self.total:
            losses.append(self.step())
            self.state["seconds"] = self.before + time.monotonic() - self.begin
            if len(losses) == 100:
                line = {"step": self.state["step"], "pictures": self.state["step"] * BATCH, "seconds": round(self.state["seconds"], 1),
                        "sharpening": self.state["seconds"] >= (1 - SHARPENED) * self.total, "loss": round(torch.stack(losses).mean().item(), 5)}
                with open(self.out / "log.jsonl", "a", encoding="utf-8") as log:
                    log.write(json.dumps(line) + "\n")
                print(line, flush=True)
                losses = []
            if self.state["seconds"] >= next_save:
                next_save += SAVE_EVERY
                self.say(f"{self.measure()} dB without details, with, refined, and enlarged")
                self.save()
        self.save()
        self.say(f"{self.measure(1)} dB without details, with, refined, and enlarged; {self.state['step']} steps")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--config", type=pathlib.Path, default=HERE / "full.json")
    parser.add_argument("--start", type=pathlib.Path, required=True, help="weights to begin with")
    parser.add_argument("--out", type=pathlib.Path, default=HERE / "work" / "details")
    Trainer(parser.parse_args()).run()
