"""Writes the reference pictures of tests without Python.

    python references.py

tests/data/draft-eval/: atlas.png, 140 trained cut-outs of 48 × 48 px, straight alpha and in 256 colours, 20 a row: first the 60 that the tests ask for, spread
evenly over the pack and not chosen by result, then 80 others; atlas.tsv says which is where.
"""

import csv

import numpy as np
import torch
from PIL import Image

from evaluate import COMPARED, small
from data import HERE
from shipped import Shipped
from train import load_data

FOLDER = HERE.parent.parent / "tests" / "data" / "draft-eval"
PER_ROW = 20


def straight(x):
    """Premultiplied [B, 4, H, W] in 0…1 → uint8 [B, H, W, 4]"""
    rgb = (x[:, :3] / x[:, 3:].clamp(min=1 / 512)).clamp(0, 1)
    rgb = rgb * (x[:, 3:] >= 1 / 512)
    return (torch.cat([rgb, x[:, 3:]], dim=1) * 255).round().to(torch.uint8).permute(0, 2, 3, 1).numpy()


def paletted(image, colors=256, rounds=12):
    """uint8 [H, W, 4] → a picture with a palette, by k-means over premultiplied colours: a quarter of the bytes, 5 levels off in the mean square."""
    x = torch.from_numpy(image).flatten(0, 1).float()
    x = torch.cat([x[:, :3] * x[:, 3:] / 255, x[:, 3:]], dim=1).round()
    values, which, counts = x.unique(dim=0, return_inverse=True, return_counts=True)
    weight = counts.float()
    centres = values[torch.multinomial(weight.sqrt(), colors, generator=torch.Generator().manual_seed(0))]
    for _ in range(rounds):
        nearest = torch.cat([torch.cdist(part, centres).argmin(dim=1) for part in values.split(8192)])
        total = torch.zeros(colors).index_add_(0, nearest, weight)
        sums = torch.zeros(colors, 4).index_add_(0, nearest, values * weight[:, None])
        centres = torch.where(total[:, None] > 0, sums / total.clamp(min=1)[:, None], centres)
    straight_colors = (centres[:, :3] * 255 / centres[:, 3:].clamp(min=0.5)).clamp(0, 255)
    palette = torch.cat([straight_colors, centres[:, 3:]], dim=1).round().to(torch.uint8)
    result = Image.fromarray(nearest[which].view(image.shape[:2]).to(torch.uint8).numpy())
    result.putpalette(palette.numpy().tobytes(), "RGBA")
    return result


def main():
    pictures, rows, captions = load_data(128, set(Shipped().trained))
    # A caption with one drawing, and that in colour: there the seed and the style decide nothing.
    alone = [i for i, row in enumerate(rows) if row["style"] == "colour" and captions.of_row.count(captions.of_row[i]) == 1]
    sixty = [alone[i] for i in torch.linspace(6, len(alone) - 7, 60).long().tolist()]
    others = [i for i in (alone[k] for k in torch.linspace(0, len(alone) - 1, 130).long().tolist()) if i not in sixty][:80]
    chosen = sixty + others
    tiles = straight(small(pictures[chosen].float() / 255).view(-1, 4, COMPARED, COMPARED))
    FOLDER.mkdir(parents=True, exist_ok=True)
    lines = [np.concatenate(list(tiles[i:i + PER_ROW]), axis=1) for i in range(0, len(tiles), PER_ROW)]
    paletted(np.concatenate(lines)).save(FOLDER / "atlas.png", optimize=True)
    with open(FOLDER / "atlas.tsv", "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter="\t", lineterminator="\n")
        writer.writerow(["tile", "id", "caption"])
        writer.writerows([tile, rows[i]["id"], rows[i]["caption"]] for tile, i in enumerate(chosen))
    print(len(sixty), "of", len(rows), (FOLDER / "atlas.png").stat().st_size, "bytes")


if __name__ == "__main__":
    main()
