"""Teaches the details: numbers of cells for each trained caption, the layer that lays them over the picture, a refiner and an upsampler that read them.

    python enlarged.py --minutes 8      # the drawings at twice the native size
    python details.py --start ../../resources/models/galley-draft/draft.safetensors --minutes 60 [--out work/details]

The generator stays as it is: what it makes of each drawing is drawn once, in its natural colours and in some that a seed, other words or a wish
may give. An encoder, which is not needed afterwards, sees what the picture lacks and writes the numbers of those cells that lack most. In the last third
of the time they are rounded, the layers get used to that, and each drawing's own numbers go on by gradients of their own, straight through the rounding
(Bengio et al. 2013). Weights that have details go on with theirs in this way from the beginning: where a cell is to have more numbers than it has, the
new ones begin with the principal components of what the picture lacks. Resumable, like train.py, with the same log and now.safetensors.
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
from safetensors.torch import load_file
from torch import nn

import augment
import enlarged
import shipped
from batches import Batches
from model import DETAIL_CELL, DETAIL_LEVELS, DraftConfig, DraftModel, premultiplied
from train import SAVE_EVERY, forgiving, load_data, rate, sharp_loss_of

HERE = pathlib.Path(__file__).parent
BATCH = 16
VIEWS = 4          # of each drawing, the first one in natural colours
CELLS = 75         # of a drawing, on average
FEWEST, MOST = 32, 160
FAIRNESS = 0.7     # 0: cells go where most is missing, 1: every drawing gets about as many
NATURAL = 0.5      # share of the batches' rows that show natural colours
WITHOUT = 0.1      # share without details, as captions between trained ones have none
ROUNDED = 0.35     # last share of the time, with rounded numbers, which then learn by themselves
STEP = 0.05        # of such a number at a visit, at first
PREVIEWS = 0.2     # share of pictures that are enlarged as the preview of one step is, not refined
CROP = 8           # cells of a side of what is enlarged: the upsampler looks at places, not at pictures


class Encoder(nn.Module):
    """Target and picture [B, 4, H, W] → numbers [B, C, H/8, W/8]: the principal components of what is missing, and what a small network adds."""

    def __init__(self, channels, components):
        super().__init__()
        self.linear = nn.Conv2d(4 * DETAIL_CELL**2, channels, 1, bias=False)
        self.linear.weight.data.copy_(components[:, :, None, None])
        widths = (128, 96, 128, 128, channels)
        layers = []
        for i in range(4):
            layers += [nn.Conv2d(widths[i], widths[i + 1], 3, 2 if i == 1 else 1, 1)]
            if i < 3:
                layers += [nn.GroupNorm(8, widths[i + 1]), nn.SiLU()]
        nn.init.zeros_(layers[-1].weight)
        nn.init.zeros_(layers[-1].bias)
        self.layers = nn.Sequential(*layers)

    def forward(self, target, picture):
        missing = target - picture
        seen = torch.cat([F.pixel_unshuffle(4 * missing, 4), F.pixel_unshuffle(picture * 2 - 1, 4)], dim=1)
        return self.linear(F.pixel_unshuffle(missing, DETAIL_CELL)) + self.layers(seen)


def levels(numbers):
    """Numbers → 0 … 15, as the weights file has them."""
    return (numbers * 4 + DETAIL_LEVELS // 2).round().clamp(0, DETAIL_LEVELS - 1)


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
        tensors = shipped.dequantised(load_file(args.start))
        self.texts = tensors.pop("captions")
        tensors.pop("untaught", None)
        self.lists = shipped.lists_of(self.texts)
        known = shipped.Details(tensors, shipped.names_of(self.lists)) if shipped.DETAILS[0] in tensors else None
        if not enlarged.FILE.exists():
            raise SystemExit(f"{enlarged.FILE} is missing: make it with enlarged.py.")
        if "upsampler.conv_in.weight" not in tensors:
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
        self.state, self.numbers = {"seconds": 0.0, "step": 0}, None  # numbers: [N, C, H/8, W/8], once the encoder has done its part
        if known:
            self.masks, self.numbers = self.known_details(known)
            self.add_numbers(known.numbers)
        else:
            self.masks = self.choose_cells()
        self.say(f"{len(self.rows)} drawings, {int(self.masks.any(dim=(1, 2, 3)).sum())} with details in {int(self.masks.sum())} cells")
        components = torch.zeros(self.config.detail_channels, 4 * DETAIL_CELL**2) if known else self.components(self.lacking(), self.config.detail_channels)
        self.encoder = Encoder(self.config.detail_channels, components).to(self.device, memory_format=torch.channels_last)
        if not known:  # what the encoder's linear part takes apart the first layer puts together again
            self.model.detail.conv_out.weight.data.copy_(torch.linalg.pinv(self.encoder.linear.weight[:, :, 0, 0])[:, :, None, None])
        self.learning = [parameter for part in taught for parameter in part.parameters()]
        self.optimizer = torch.optim.AdamW([*self.learning, *self.encoder.parameters()], lr=0, betas=(0.9, 0.98), weight_decay=0.001, fused=True)
        self.checkpoint = self.out / "checkpoint.pt"
        if self.checkpoint.exists():
            saved = torch.load(self.checkpoint, map_location=self.device, weights_only=True)
            self.state = saved["state"]
            for part in ("model", "encoder", "optimizer"):
                getattr(self, part).load_state_dict(saved[part])
            self.numbers = saved["numbers"]
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

    def parts(self, size=64):
        """Natural pictures, so many at once: yields their numbers and what `seen` says."""
        for index in torch.arange(len(self.rows)).split(size):
            yield index, *self.seen(torch.zeros_like(index), index)

    def lonely(self):
        """Whether a caption has one drawing alone, in none of the model's styles → bool [N]. In a style it has no details, and of several drawings it is the
        seed that chooses: then no one's details would be right."""
        styled = torch.tensor([row["style"] in augment.STYLES[1:] for row in self.rows], device=self.device)
        plain = collections.Counter(row["caption"] for row, style in zip(self.rows, styled.tolist()) if not style)
        return torch.tensor([plain[row["caption"]] == 1 for row in self.rows], device=self.device) & ~styled

    def choose_cells(self):
        """The cells that lack most, of drawings that are alone → bool [N, 1, H/8, W/8]."""
        energy = torch.cat([F.pixel_unshuffle(target - picture, DETAIL_CELL).square().sum(dim=1, keepdim=True) for _, _, target, picture, _ in self.parts()])
        # Busy drawings lack most, and show it least.
        score = (energy / energy.sum(dim=(1, 2, 3), keepdim=True) ** FAIRNESS).flatten(1)
        ranks = score.argsort(dim=1, descending=True).argsort(dim=1)
        order = torch.where(ranks < FEWEST, torch.inf, torch.where(ranks < MOST, score, -torch.inf))[self.alone]
        limit = order.flatten().sort(descending=True).values[CELLS * len(order)]
        chosen = (ranks < FEWEST) | ((score > limit) & (ranks < MOST))
        return (chosen & self.alone[:, None]).view(energy.shape)

    def known_details(self, known):
        """Of weights that have details → masks as choose_cells() makes them, numbers [N, C, H/8, W/8] with zeros where there are to be more."""
        row_of = dict(zip((texts[0] for texts in self.lists), known.places))
        side = known.side
        masks, numbers = torch.zeros(len(self.rows), 1, side, side, dtype=torch.bool), torch.zeros(len(self.rows), self.config.detail_channels, side, side)
        for i in self.alone.nonzero()[:, 0].tolist():
            row = row_of[self.rows[i]["caption"]]
            masks[i, 0] = known.masks[known.lines[row]].view(side, side)
            numbers[i, :known.numbers] = known.of(row)
        return masks.to(self.device), numbers.to(self.device)

    @torch.no_grad()
    def lacking(self, refined=False):
        """What chosen cells lack of natural pictures, with the details and the refiner or without → [M, 256]."""
        cells = []
        for index, _, target, picture, cond in self.parts():
            if refined:
                with self.half():
                    picture = premultiplied(picture + self.model.detail(self.numbers[index]).float())
                    picture = premultiplied(picture + self.model.refiner(picture, cond, self.numbers[index]).float())
            cells.append(F.pixel_unshuffle(target - picture, DETAIL_CELL).movedim(1, -1)[self.masks[index, 0]])
        return torch.cat(cells)

    @staticmethod
    def components(cells, count):
        """Of what cells lack, so many principal components, scaled so that hardly any number is beyond what can be said → [count, 256]"""
        _, vectors = torch.linalg.eigh(cells.T @ cells)
        vectors = vectors.flip(1)[:, :count].T
        return vectors / (3 * (cells @ vectors.T).std(dim=0))[:, None] * 2

    def add_numbers(self, before):
        """Fills in those numbers of each cell that it did not have `before`, and what the first layer makes of them."""
        if before == self.config.detail_channels:
            return
        cells = self.lacking(refined=True)
        components = self.components(cells, self.config.detail_channels - before)
        self.model.detail.conv_out.weight.data[:, before:] = torch.linalg.pinv(components)[:, :, None, None]
        self.numbers.movedim(1, -1)[:, :, :, before:][self.masks[:, 0]] = (cells @ components.T).clamp(-2, 1.75)

    def encoded(self, index):
        _, target, picture, _ = self.seen(torch.zeros_like(index), index)
        return self.encoder(target, picture).float() * self.masks[index]

    @torch.no_grad()
    def written(self):
        """The encoder's numbers of all drawings, not rounded."""
        with self.half():
            return torch.cat([self.encoded(index) for index in torch.arange(len(self.rows)).split(64)])

    def rounded(self, numbers, index):
        """As the weights file will have them."""
        return (levels(numbers) - DETAIL_LEVELS // 2) / 4 * self.masks[index]

    def learn_numbers(self, own, index, share):
        """A step down of those that a batch showed, as long for a drawing that is nearly right as for one that is not."""
        grad = own.grad
        length = (grad.square().sum(dim=(1, 2, 3), keepdim=True) / (self.masks[index].sum(dim=(1, 2, 3), keepdim=True) * grad.shape[1]).clamp(min=1)).sqrt()
        left = min(1, (1 - share) / ROUNDED)
        self.numbers[index] = (own.detach() - STEP * left * grad / length.clamp(min=1e-12)).clamp(-2, 1.75)

    def step(self):
        share = self.state["seconds"] / self.total
        if share >= 1 - ROUNDED and self.numbers is None:
            self.numbers = self.written()
        for group in self.optimizer.param_groups:
            group["lr"] = rate(share, self.state["step"], 0.001)
        index = torch.randperm(len(self.rows))[:BATCH]
        view = torch.where(torch.rand(BATCH) < NATURAL, 0, torch.randint(1, VIEWS, (BATCH,)))
        large, target, picture, cond = self.seen(view, index)
        given = (torch.rand(BATCH, 1, 1, 1, device=self.device) >= WITHOUT).float()
        with self.half():
            if self.numbers is None:
                numbers = self.encoded(index)
                numbers = (numbers.clamp(-2, 1.75) + (torch.rand_like(numbers) - 0.5) / 4) * self.masks[index]
            else:
                own = self.numbers[index].requires_grad_(True)
                numbers = own + (self.rounded(own, index) - own).detach()
                # What is right in natural colours is what they are to say.
                numbers = torch.where(view[:, None, None, None].to(self.device) == 0, numbers, numbers.detach()) * self.masks[index]
            numbers = numbers * given
            laid = picture + self.model.detail(numbers).float()
            shown = premultiplied(laid)
            refined = shown + self.model.refiner(shown, cond, numbers).float()
            preview = (torch.rand(BATCH, 1, 1, 1, device=self.device) < PREVIEWS).float()
            y, x = torch.randint(numbers.shape[2] - CROP + 1, (2,)).tolist()
            small, cells = crop(torch.lerp(premultiplied(refined), shown, preview), y, x, DETAIL_CELL), crop(numbers, y, x, 1)
            doubled, large = self.model.upsampler(small, cells).float(), crop(large, y, x, 2 * DETAIL_CELL)
            # A place at the rim sees nothing beyond it: what it would have seen counts only where the picture ends there.
            rows, columns = (slice(2 * DETAIL_CELL * (at > 0), 2 * DETAIL_CELL * (CROP - (at + CROP < numbers.shape[2]))) for at in (y, x))
            doubled, large = doubled[:, :, rows, columns], large[:, :, rows, columns]
        loss = sum(weight * (sharp_loss_of(out, wanted) + 8 * F.mse_loss(out, wanted))
                   for weight, out, wanted in ((1.0, forgiving(doubled, large), large), (0.5, forgiving(refined, target), target), (0.3, forgiving(laid, target), target)))
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.learning, 1.0)
        self.optimizer.step()
        if self.numbers is not None:
            self.learn_numbers(own, index, share)
        self.state["step"] += 1
        return loss.detach()

    @torch.no_grad()
    def measure(self, every=8):
        """PSNR of every eighth natural drawing with details: the generator's, in one step and in two; in two steps at twice the size."""
        index = torch.arange(len(self.rows))[self.masks.any(dim=(1, 2, 3)).cpu()][::every]
        psnr = []
        for part in index.split(32):
            large, target, picture, cond = self.seen(torch.zeros_like(part), part)
            with self.half():
                numbers = self.rounded(self.encoded(part) if self.numbers is None else self.numbers[part], part)
                laid = premultiplied(picture + self.model.detail(numbers).float())
                refined = premultiplied(laid + self.model.refiner(laid, cond, numbers).float())
                shown = premultiplied(self.model.upsampler(refined, numbers).float())
            pairs = ((picture, target), (laid, target), (refined, target), (shown, large))
            psnr.append(torch.stack([-10 * (out - wanted).square().mean(dim=(1, 2, 3)).log10() for out, wanted in pairs]))
        return [round(value, 2) for value in torch.cat(psnr, dim=1).mean(dim=1).tolist()]

    def save(self):
        partial = self.out / "partial.pt"
        torch.save({"state": self.state, "numbers": self.numbers, **{part: getattr(self, part).state_dict() for part in ("model", "encoder", "optimizer")}}, partial)
        partial.replace(self.checkpoint)
        # In the order of the captions: which cells have numbers, and the numbers of those cells, two in a byte.
        numbers = self.numbers if self.numbers is not None else self.written()
        row_of = {row["caption"]: i for i, row in enumerate(self.rows) if self.masks[i].any()}
        none = torch.zeros_like(self.masks[0])
        masks = torch.stack([self.masks[row_of[texts[0]]] if texts[0] in row_of else none for texts in self.lists])
        chosen = torch.cat([numbers[row_of[texts[0]]].movedim(0, -1)[self.masks[row_of[texts[0]], 0]] for texts in self.lists if texts[0] in row_of])
        tensors = {key: value.detach().cpu() for key, value in self.model.state_dict().items()}
        shipped.save({**tensors, "captions": self.texts, **shipped.packed_details(masks[:, 0].cpu(), levels(chosen).cpu())}, self.out / "now.safetensors", metadata=shipped.METADATA)

    def run(self):
        losses, next_save = [], self.before + SAVE_EVERY
        while self.state["seconds"] < self.total:
            losses.append(self.step())
            self.state["seconds"] = self.before + time.monotonic() - self.begin
            if len(losses) == 100:
                line = {"step": self.state["step"], "pictures": self.state["step"] * BATCH, "seconds": round(self.state["seconds"], 1),
                        "sharpening": self.numbers is not None, "loss": round(torch.stack(losses).mean().item(), 5)}
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
