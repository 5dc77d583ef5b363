"""Training batches of the layer model, drawn on the device that trains: pictures, captions, styles, colours, seeds."""

import random

import torch
import torch.nn.functional as F

import augment
from captions import PREFIXES
from model import GROUNDING

CHOOSING_NOISE = 2  # the number of a seed that says which of a caption's drawings it is


class Batches:
    """Plain pictures mostly; the first few rows in a style, the next few in a wished colour."""

    def __init__(self, pictures, rows, captions, config, settings, buckets, device, known=()):
        """`pictures` uint8 [N, 4, S, S] premultiplied, `rows` of data.concepts() in the same order, `known` captions of the weights to begin with."""
        self.config, self.settings, self.buckets, self.device = config, settings, [tuple(b) for b in buckets], device
        self.pictures = pictures.to(device)
        sums = [[captions.sum_of(text) for text in texts] for texts in captions.texts]
        begins = torch.tensor([len(own) for own in sums]).cumsum(0) - torch.tensor([len(own) for own in sums])
        self.sums = torch.stack([one for own in sums for one in own]).to(device)
        self.prefixes = torch.stack([captions.sum_of(word) for word in PREFIXES]).to(device)
        self.color_sums = torch.stack([captions.sum_of(word) for word in augment.COLORS]).to(device)
        self.colors = torch.tensor(list(augment.COLORS.values()), device=device)
        of_row = torch.tensor(captions.of_row)
        self.begin = begins[of_row].to(device)
        self.count = torch.tensor([len(own) for own in sums])[of_row].to(device)
        self.style = torch.tensor([augment.STYLES.index(r["style"]) if r["style"] in augment.STYLES else 0 for r in rows])
        self.slot, self.slots = self.drawings(of_row, self.style)
        self.style, self.slot, self.slots = self.style.to(device), self.slot.to(device), self.slots.to(device)
        self.only = self.lonely(of_row, self.style.cpu()).to(device)
        self.order = torch.empty(0, dtype=torch.long, device=device)
        # What the weights at the beginning do not know is seen more often.
        often = torch.tensor([1 if not known or row["caption"] in known else settings.get("fresh", 1) for row in rows], device=device)
        self.pool = torch.arange(len(rows), device=device).repeat_interleave(often)

    @staticmethod
    def drawings(of_row, style):
        """Which of the drawings of its caption in its style each picture is, and of how many."""
        keys = (of_row * len(augment.STYLES) + style).tolist()
        seen, slot = {}, []
        for key in keys:
            slot.append(seen.get(key, 0))
            seen[key] = slot[-1] + 1
        return torch.tensor(slot).float(), torch.tensor([seen[key] for key in keys]).float()

    @staticmethod
    def lonely(of_row, style):
        """Whether a caption has no drawing in colour, so that its outline or silhouette is what the words alone mean."""
        colored = {caption for caption, own in zip(of_row.tolist(), style.tolist()) if not own}
        return torch.tensor([caption not in colored for caption in of_row.tolist()])

    def share(self, name):
        """A random whole number of rows whose mean is the wanted share of the batch."""
        return int(self.settings[name] * self.settings["batch"] + random.random())

    def draw_index(self):
        """Every picture as often as every other, new ones some times as often."""
        while len(self.order) < self.settings["batch"]:
            self.order = torch.cat([self.order, self.pool[torch.randperm(len(self.pool), device=self.device)]])
        index, self.order = self.order.split([self.settings["batch"], len(self.order) - self.settings["batch"]])
        return index

    def draw_words(self, index):
        """Sums of table rows: the name six times in ten, else another word for it; some with words before them; most drawn to the name, as
        `grounded` of model.py will do."""
        count = self.count[index]
        word = (torch.rand(len(index), device=self.device) * count).long().clamp(max=count - 1)
        word = torch.where(torch.rand(len(index), device=self.device) < 0.6, torch.zeros_like(word), word)
        before = self.prefixes[torch.randint(len(self.prefixes), (len(index),), device=self.device)]
        own = self.sums[self.begin[index] + word] + before * (torch.rand(len(index), 1, device=self.device) < 0.3)
        name = F.normalize(self.sums[self.begin[index]], dim=1)
        drawn = F.normalize(F.normalize(own, dim=1) + GROUNDING * name, dim=1) * own.norm(dim=1, keepdim=True)
        return torch.where(torch.rand(len(index), 1, device=self.device) < self.settings.get("grounded", 0.0), drawn, own)

    def wishes(self, count):
        """→ colours [count, 3], words for them [count, 256] (zeros where none is said), whether the palette gives them [count]"""
        def rand(*shape):
            return torch.rand(*shape, device=self.device)
        word = torch.randint(len(self.colors), (count,), device=self.device)
        named = (self.colors[word] + 0.05 * torch.randn(count, 3, device=self.device)).clamp(0, 1)
        hue = (rand(count, 1) + torch.tensor([0.0, 2 / 3, 1 / 3], device=self.device)) % 1 * 6
        pure = (hue - 3).abs().sub(1).clamp(0, 1)
        any_color = (1 - rand(count, 1) * (1 - pure)) * (0.25 + 0.75 * rand(count, 1))
        is_named, given, said = rand(count) < 0.6, rand(count) < 0.75, rand(count) < 0.6
        given = given | ~is_named
        said = is_named & (said | ~given)
        return torch.where(is_named[:, None], named, any_color), self.color_sums[word] * said[:, None], given

    def draw(self):
        """→ target [B, 4, H, W], vector [B, 256], style [B], palette [B, 5, 4], noise [B, Z]"""
        index = self.draw_index()
        words = self.draw_words(index)
        noise = torch.randn(len(index), self.config.noise_dim, device=self.device)
        place = (self.slot[index] + torch.rand(len(index), device=self.device)) / self.slots[index]
        noise[:, CHOOSING_NOISE] = torch.special.ndtri(place.clamp(1e-4, 1 - 1e-4))
        plain = self.only[index] & (torch.rand(len(index), device=self.device) < 0.5)
        style = torch.where(plain, torch.zeros_like(index), self.style[index])
        palette = torch.zeros(len(index), self.config.palette_size, 4, device=self.device)
        x = augment.vary(self.pictures[index].float() / 255, noise)
        x = self.colored(x, words, palette, slice(self.styled_rows(x, style), None))
        if random.random() < self.settings["other_bucket"]:
            width, height = random.choice(self.buckets[1:])
            x = augment.placed(x, (height, width))
        return x, F.normalize(words, dim=1), style, palette, noise

    def styled_rows(self, x, style):
        """Draws the first rows in styles, in place → how many."""
        share = self.share("styled")
        for number in range(1, len(augment.STYLES)):
            rows = slice(share * (number - 1) // (len(augment.STYLES) - 1), share * number // (len(augment.STYLES) - 1))
            if rows.stop > rows.start:
                style[rows] = number
                x[rows] = augment.stylise(x[rows], number)
        return share

    def colored(self, x, words, palette, rows):
        """Gives the first of `rows` a wished colour; writes it into `words` and `palette`."""
        rows = slice(rows.start, min(len(x), rows.start + self.share("coloured")))
        count = rows.stop - rows.start
        if count:
            rgb, said, given = self.wishes(count)
            words[rows] += said
            palette[rows, 0] = torch.cat([rgb, torch.ones_like(rgb[:, :1])], dim=1) * given[:, None]
            # Callers may pass a whole palette. The first colour is the wish; the others are to be ignored.
            others = torch.cat([torch.rand(count, self.config.palette_size - 1, 3, device=self.device),
                                torch.ones(count, self.config.palette_size - 1, 1, device=self.device)], dim=2)
            used = (torch.rand(count, 1, device=self.device) < 0.5) & given[:, None]
            used = used & (torch.rand(count, self.config.palette_size - 1, device=self.device) < 0.5)
            palette[rows, 1:] = others * used[:, :, None]
            x[rows] = augment.paint(x[rows], rgb)
        return x
