"""Writes the fixed evaluation list and its reference pictures for tests without Python.

    python references.py

eval60.tsv: every 13th concept or so, 60 in all, chosen by position and not by result. tests/data/draft-eval/: atlas.png, 200
trained cut-outs of 48 × 48 px, straight alpha, 20 a row, the 60 first and 140 others behind them; atlas.tsv says which is where.
"""

import csv
import hashlib

import numpy as np
import torch
from PIL import Image

from evaluate import COMPARED, small
from shipped import HERE
from train import load_data

FOLDER = HERE.parent.parent / "tests" / "data" / "draft-eval"
PER_ROW = 20


def straight(x):
    """Premultiplied [B, 4, H, W] in 0…1 → uint8 [B, H, W, 4]"""
    rgb = (x[:, :3] / x[:, 3:].clamp(min=1 / 512)).clamp(0, 1)
    rgb = rgb * (x[:, 3:] >= 1 / 512)
    return (torch.cat([rgb, x[:, 3:]], dim=1) * 255).round().to(torch.uint8).permute(0, 2, 3, 1).numpy()


def main():
    pictures, captions = load_data()
    count = len(pictures)
    sixty = torch.linspace(6, count - 7, 60).long().tolist()
    others = [i for i in torch.linspace(0, count - 1, 215).long().tolist() if i not in sixty][:140]
    chosen = sixty + others
    tiles = straight(small(pictures[chosen].float() / 255).view(-1, 4, COMPARED, COMPARED))
    FOLDER.mkdir(parents=True, exist_ok=True)
    rows = [np.concatenate(list(tiles[i:i + PER_ROW]), axis=1) for i in range(0, len(tiles), PER_ROW)]
    Image.fromarray(np.concatenate(rows)).save(FOLDER / "atlas.png", optimize=True)
    with open(FOLDER / "atlas.tsv", "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter="\t", lineterminator="\n")
        writer.writerow(["tile", "id", "caption"])
        writer.writerows([tile, captions.ids[i], captions.names[i]] for tile, i in enumerate(chosen))
    with open(HERE / "eval60.tsv", "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter="\t", lineterminator="\n")
        writer.writerow(["caption", "id", "sha256"])
        writer.writerows([captions.names[i], captions.ids[i], hashlib.sha256(tiles[tile].tobytes()).hexdigest()]
                         for tile, i in enumerate(sixty))
    print(len(sixty), "of", count, (FOLDER / "atlas.png").stat().st_size, "bytes")


if __name__ == "__main__":
    main()
