"""Generated beside clip art for the 64 prompts, both as the application shows them, sides drawn by lot.

    python sidebyside.py            work/sidebyside: index.html and pairs-N.png to look at, picks.tsv to fill in
    python sidebyside.py --tally    what the picks of the tree say

A rater writes left, right or tie into the last column of picks.tsv, without looking at what the lots say; rater, date and revision of the weights
go into its first lines, and the file beside this one. Both pictures get the wished colour as the application gives it (recolour.py); a style
acts on the model alone. They are scaled up smoothly, where the application also steepens edges, for both.
"""

import argparse
import csv
import html
import json
import pathlib
import random

import numpy as np
import torch
from PIL import Image, ImageDraw

import augment
import data
import pack
import recolour
import sheet

HERE = pathlib.Path(__file__).parent
FOLDER, PICKS = HERE / "work" / "sidebyside", HERE / "picks.tsv"
LOTS, SIDE, MARGIN, PER_SHEET = 20261126, 240, 16, 8
FIELDS = ["pair", "prompt", "style", "colour", "pick"]


def prompts():
    return data.table("prompts64.tsv")


def generated_left():
    """For each prompt whether the model's picture is on the left; the same for ever."""
    lots = random.Random(LOTS)
    return [lots.random() < 0.5 for _ in prompts()]


def fitted(image):
    """A picture of the pack as the model's are: premultiplied [4, 128, 128]."""
    return torch.from_numpy(data.fitted(image, 128)).float() / 255


def on_white(pixels):
    """Premultiplied uint8 [H, W, 4] → its visible part in a square on white."""
    rows, columns = (np.flatnonzero((pixels[..., 3] > 8).any(axis=axis)) for axis in (1, 0))
    pixels = pixels[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1] if len(rows) else pixels
    image = Image.fromarray(pixels[..., :3] + (255 - pixels[..., 3:]))  # what is below a premultiplied colour shows through
    scale = SIDE / max(image.size)
    image = image.resize([max(1, round(side * scale)) for side in image.size], Image.BICUBIC)
    square = Image.new("RGB", (SIDE, SIDE), "white")
    square.paste(image, ((SIDE - image.width) // 2, (SIDE - image.height) // 2))
    return square


def pairs(shipped):
    """→ [(the model's picture, clip art)] of the 64 prompts"""
    result = []
    rows = prompts()
    for row, item in zip(rows, pack.taken([row["prompt"] for row in rows], lambda text: torch.nn.functional.normalize(shipped.sum_of(text), dim=0))):
        layer = sheet.render(shipped.model, shipped.vector(row["prompt"])[None], style=augment.STYLES.index(row["style"]))[0]
        both = [(layer * 255).round().to(torch.uint8).permute(1, 2, 0).numpy(), recolour.premultiplied(pack.picture_of(item))]
        if row["colour"]:
            both = [recolour.recoloured(pixels, augment.COLORS[row["colour"]]) for pixels in both]
        result.append([on_white(pixels) for pixels in both])
    return result


def sheet_of_both(shipped, path, across=8):
    """All pairs, the model's picture on the left."""
    image = Image.new("RGB", (across * 2 * 84, 64 // across * 88), "white")
    for number, both in enumerate(pairs(shipped)):
        for side, picture in enumerate(both):
            image.paste(picture.resize((76, 76), Image.LANCZOS), ((number % across * 2 + side) * 84 + 4, number // across * 88 + 6))
    image.save(path)


def tally():
    """What picks.tsv says → {"generated", "tie", "clip_art", "generated_or_tie", "rater", …}"""
    lines = PICKS.read_text(encoding="utf-8").splitlines()
    said = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# "))
    rows = list(csv.DictReader([line for line in lines if not line.startswith("# ")], delimiter="\t"))
    if [row["prompt"] for row in rows] != [row["prompt"] for row in prompts()] or any(row["pick"] not in ("left", "right", "tie") for row in rows):
        raise SystemExit(f"{PICKS.name}: needs the 64 prompts of prompts64.tsv in their order, each with left, right or tie.")
    chosen = ["tie" if row["pick"] == "tie" else "generated" if (row["pick"] == "left") == left else "clip_art" for row, left in zip(rows, generated_left())]
    counts = {name: chosen.count(name) for name in ("generated", "tie", "clip_art")}
    wished = [i for i, row in enumerate(rows) if row["style"] or row["colour"]]
    return {"pairs": len(rows), **counts, "generated_or_tie": round((counts["generated"] + counts["tie"]) / len(rows), 4),
            "generated_or_tie_of_those_with_colour_or_style": f"{sum(chosen[i] != 'clip_art' for i in wished)} of {len(wished)}",
            "generated_preferred": [" ".join(filter(None, (row["colour"], row["prompt"], row["style"]))) for row, pick in zip(rows, chosen) if pick == "generated"],
            **said}


def write(shipped):
    FOLDER.mkdir(parents=True, exist_ok=True)
    rows, tiles = prompts(), []
    for number, (row, both, left) in enumerate(zip(rows, pairs(shipped), generated_left()), start=1):
        tile = Image.new("RGB", (2 * SIDE + 3 * MARGIN, SIDE + 2 * MARGIN + 14), "white")
        for place, picture in enumerate(both if left else both[::-1]):
            tile.paste(picture, (MARGIN + place * (SIDE + MARGIN), MARGIN + 14))
        said = ", ".join(filter(None, (row["prompt"], row["style"], row["colour"])))
        ImageDraw.Draw(tile).text((MARGIN, 4), f"{number}: {said}", fill="black")
        tiles.append(tile)
    names = []
    for begin in range(0, len(tiles), PER_SHEET):
        part = tiles[begin:begin + PER_SHEET]
        whole = Image.new("RGB", (2 * part[0].width, PER_SHEET // 2 * part[0].height), "#999")
        for i, tile in enumerate(part):
            whole.paste(tile, (i % 2 * tile.width, i // 2 * tile.height))
        names.append(f"pairs-{begin // PER_SHEET + 1}.png")
        whole.save(FOLDER / names[-1])
    (FOLDER / "index.html").write_text("<!doctype html><meta charset=utf-8><title>Which is the better picture?</title>"
                                       "<p>Which picture would you rather place for the words above it: left, right, or either (tie)?</p>"
                                       + "".join(f"<p><img src='{html.escape(name)}'></p>" for name in names), encoding="utf-8")
    if not (FOLDER / PICKS.name).exists():
        with open(FOLDER / PICKS.name, "w", encoding="utf-8", newline="") as out:
            out.write(f"# rater: \n# date: \n# weights: {shipped.description['revision']}\n")
            writer = csv.DictWriter(out, FIELDS, delimiter="\t", lineterminator="\n")
            writer.writeheader()
            writer.writerows({"pair": number, "pick": "", **row} for number, row in enumerate(rows, start=1))
    print(f"{FOLDER / 'index.html'}; picks go into {FOLDER / PICKS.name}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tally", action="store_true")
    if parser.parse_args().tally:
        print(json.dumps(tally(), indent=2, ensure_ascii=False))
    else:
        from shipped import Shipped
        with torch.inference_mode():
            write(Shipped())
