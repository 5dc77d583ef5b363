"""Generated beside clip art for the 64 prompts, both drawn by the application itself, sides drawn by lot.

    python sidebyside.py --galley GALLEY    work/sidebyside: index.html and pairs-N.png to look at, picks.tsv to fill in
    python sidebyside.py --tally            what the picks of the tree say

Each picture is what `galley render --source generated` (or clip-art) makes of a template with the one subject, its style and its colour.
Raters write left, right or tie, each into a column of picks.tsv, without looking at what the lots say and without each other's picks; who they
are, the date and the revision of the weights go into its first lines, and the file beside this one.
"""

import argparse
import csv
import html
import json
import pathlib
import random
import subprocess

import numpy as np
import torch
from PIL import Image, ImageDraw

import augment
import data
import pack
import recolour
import shipped

HERE = pathlib.Path(__file__).parent
FOLDER, PICKS = HERE / "work" / "sidebyside", HERE / "picks.tsv"
LOTS, SIDE, MARGIN, PER_SHEET = 20261126, 240, 16, 8
FIELDS = ["pair", "prompt", "style", "colour"]
RATERS = ["a", "b", "c"]
CANVAS = 512  # pixels of the template, of which the subject's box takes nine tenths
SOURCES = ["generated", "clip-art"]


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


def pairs(model):
    """→ [(the model's picture, clip art)] of the 64 prompts, without the application: no styles, edges not steepened."""
    result = []
    rows = prompts()
    for row, item in zip(rows, pack.taken([row["prompt"] for row in rows], lambda text: torch.nn.functional.normalize(model.sum_of(text), dim=0))):
        layer = model.render([row["prompt"]])[0]
        both = [(layer * 255).round().to(torch.uint8).permute(1, 2, 0).numpy(), recolour.premultiplied(pack.picture_of(item))]
        if row["colour"]:
            both = [recolour.recoloured(pixels, augment.COLORS[row["colour"]]) for pixels in both]
        result.append([on_white(pixels) for pixels in both])
    return result


def sheet_of_both(model, path, across=8):
    """All pairs, the model's picture on the left."""
    image = Image.new("RGB", (across * 2 * 84, 64 // across * 88), "white")
    for number, both in enumerate(pairs(model)):
        for side, picture in enumerate(both):
            image.paste(picture.resize((76, 76), Image.LANCZOS), ((number % across * 2 + side) * 84 + 4, number // across * 88 + 6))
    image.save(path)


def template(number, row):
    """A white canvas with nothing but the subject."""
    token = {"id": "thing", "role": "subject", "box": [0.05, 0.05, 0.9, 0.9], "show": ", ".join(filter(None, (row["prompt"], row["style"])))}
    if row["colour"]:
        token["palette"] = ["#" + "".join(f"{round(255 * channel):02X}" for channel in augment.COLORS[row["colour"]])]
    return {"galley": 1, "id": f"pair-{number}", "name": f"pair {number}", "canvas": {"width": CANVAS, "height": CANVAS, "background": "#FFFFFF"},
            "tokens": [token], "slots": {}}


def drawn_pairs(galley):
    """→ [(the model's picture, clip art)] of the 64 prompts as the program `galley` draws them."""
    result = []
    for number, row in enumerate(prompts(), start=1):
        file = FOLDER / f"{number:02}.galley"
        file.write_text(json.dumps(template(number, row)), encoding="utf-8")
        both = []
        for source in SOURCES:
            picture = FOLDER / f"{number:02}-{source}.png"
            subprocess.run([galley, "render", file, "--source", source, "--output", picture], check=True, capture_output=True)
            both.append(Image.open(picture).convert("RGB").resize((SIDE, SIDE), Image.LANCZOS))
        result.append(both)
    return result


def tally():
    """What picks.tsv says → {"generated", "tie", "clip_art", "generated_or_tie", "raters", …}; counts are of picks, one by each rater for each pair."""
    lines = PICKS.read_text(encoding="utf-8").splitlines()
    said = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# "))
    rows = list(csv.DictReader([line for line in lines if not line.startswith("# ")], delimiter="\t"))
    raters = [name for name in rows[0] if name not in FIELDS] if rows else []
    if [row["prompt"] for row in rows] != [row["prompt"] for row in prompts()] or not raters \
            or any(row[rater] not in ("left", "right", "tie") for row in rows for rater in raters):
        raise SystemExit(f"{PICKS.name}: needs the 64 prompts of prompts64.tsv in their order, each with left, right or tie of every rater.")
    chosen = {rater: ["tie" if row[rater] == "tie" else "generated" if (row[rater] == "left") == left else "clip_art"
                      for row, left in zip(rows, generated_left())] for rater in raters}
    picks = [pick for own in chosen.values() for pick in own]

    def wanted(own):
        return round(sum(pick != "clip_art" for pick in own) / len(own), 4)

    most = [sum(chosen[rater][i] != "clip_art" for rater in raters) * 2 > len(raters) for i in range(len(rows))]
    wished = [i for i, row in enumerate(rows) if row["style"] or row["colour"]]
    return {"pairs": len(rows), **{name: picks.count(name) for name in ("generated", "tie", "clip_art")},
            "generated_or_tie": wanted(picks), "generated_or_tie_of_each": {rater: wanted(own) for rater, own in chosen.items()},
            "generated_or_tie_by_most": sum(most), "of_those_with_colour_or_style": f"{sum(most[i] for i in wished)} of {len(wished)}",
            "by_all": sum(len({own[i] for own in chosen.values()}) == 1 for i in range(len(rows))), **said}


def write(galley):
    FOLDER.mkdir(parents=True, exist_ok=True)
    rows, tiles = prompts(), []
    for number, (row, both, left) in enumerate(zip(rows, drawn_pairs(galley), generated_left()), start=1):
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
            out.write(f"# raters: \n# date: \n# weights: {shipped.revision()}\n")
            writer = csv.DictWriter(out, [*FIELDS, *RATERS], delimiter="\t", lineterminator="\n")
            writer.writeheader()
            writer.writerows({"pair": number, **row} for number, row in enumerate(rows, start=1))
    print(f"{FOLDER / 'index.html'}; picks go into {FOLDER / PICKS.name}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--galley", help="the program that draws them, such as build/release/bin/galley")
    what.add_argument("--tally", action="store_true")
    options = parser.parse_args()
    if options.tally:
        print(json.dumps(tally(), indent=2, ensure_ascii=False))
    else:
        write(options.galley)
