"""Candidates of the clip-art pack and their contact sheets, to be captioned by eye.

    python curate.py FOLDER [folder of openclipart …]
    python curate.py --captions FOLDER

The first form writes FOLDER/sheet-NN.png (96 numbered thumbnails on white and grey) and FOLDER/sheet-NN.tsv (number, file, title). What is
kept is written by hand to FOLDER/sheet-NN.txt: lines "number caption", ending in /o for outline or /s for silhouette art where
it is not coloured, and in @word for a category other than the folder's. The second form writes captions.tsv from these and
from the emoji list, and keeps the rows of our own drawings and of emoji of several code points. Left out here: whatever the RDF does not declare public domain, embedded
rasters, empty drawings, opaque rectangles, near-duplicates, and files named like cards, flags, signs, maps or logos.
"""

import collections
import csv
import pathlib
import re
import sys

import numpy as np
from PIL import Image, ImageDraw

import noto
import pack

FOLDERS = ["food", "transportation", "animals", "plants", "recreation", "buildings", "office", "electronics", "tools",
           "education", "containers", "decorations", "people", "geography", "science", "unsorted"]
NAMES_OUT = re.compile(r"card|flag|sign|logo|/map|stickm|aiga|swastika|roadsign|border|/stars", re.IGNORECASE)
COLUMNS, ROWS, CELL = 12, 8, 128
FIELDS = ["id", "source", "file", "licence", "author", "caption", "keywords", "category", "colour", "style"]
GROUPS = noto.GROUPS | {"Smileys & Emotion", "People & Body"}
SUBGROUPS_OUT = {"time", "emotion", "geometric", "hand-fingers-open", "family"}
CATEGORIES = {"Animals & Nature": "nature", "Food & Drink": "food", "Travel & Places": "travel", "Activities": "activity",
              "Objects": "object", "Smileys & Emotion": "face", "People & Body": "people"}
OUT = {"stop sign", "bus stop", "atm sign", "map of japan", "love hotel", "spade suit", "heart suit", "diamond suit", "club suit",
       "joker", "mahjong red dragon", "flower playing cards", "pile of poo", "middle finger", "cigarette", "e mail",
       "bell with slash", "placard", "tokyo tower", "statue of liberty", "input latin letters", "world map"}
HUES = [(15, "red"), (42, "orange"), (68, "yellow"), (160, "green"), (195, "teal"), (255, "blue"), (290, "purple"), (340, "pink"),
        (361, "red")]


def fingerprint(image):
    """Difference hash of the picture on white → 256 bits"""
    ground = Image.new("RGBA", image.size, "white")
    ground.alpha_composite(image)
    grey = np.asarray(ground.convert("L").resize((17, 16), Image.LANCZOS)).astype(int)
    return (grey[:, 1:] > grey[:, :-1]).ravel()


def usable(image):
    alpha = np.asarray(image.getchannel("A"))
    if min(image.size) < 16 or (alpha > 128).mean() < 0.04:
        return False
    return (alpha > 250).mean() < 0.97  # a full rectangle is a scene, not a cut-out


def candidates(folders):
    seen = []
    for folder in folders:
        for path in sorted((pack.CLIPART / folder).rglob("*.svg")):
            svg = pack.text_of(path)
            name = "/" + str(path.relative_to(pack.CLIPART))
            if NAMES_OUT.search(name) or "<image" in svg or not pack.is_public_domain(svg):
                continue
            image = pack.drawn(path, 256)
            image = image and pack.trimmed(image, CELL - 8)
            if image is None or not usable(image):
                continue
            mark = fingerprint(image)
            if any((mark != other).sum() < 12 for other in seen):
                continue
            seen.append(mark)
            yield name[1:], pack.title_of(svg), image


def write_sheet(folder, number, items):
    sheet = Image.new("RGB", (COLUMNS * CELL, ROWS * (CELL + 12)), "white")
    pen = ImageDraw.Draw(sheet)
    for index, (_, _, image) in enumerate(items):
        x, y = index % COLUMNS * CELL, index // COLUMNS * (CELL + 12)
        if (index % COLUMNS + index // COLUMNS) % 2:
            pen.rectangle([x, y, x + CELL - 1, y + CELL + 11], fill="#d8d8d8")
        pen.text((x + 2, y), str(index), fill="#c00000")
        sheet.paste(image, (x + (CELL - image.width) // 2, y + 12 + (CELL - 8 - image.height) // 2), image)
    (folder / f"sheet-{number:02}.tsv").write_text(
        "".join(f"{i}\t{name}\t{title}\n" for i, (name, title, _) in enumerate(items)), encoding="utf-8")
    sheet.save(folder / f"sheet-{number:02}.png.part", format="PNG")
    (folder / f"sheet-{number:02}.png.part").rename(folder / f"sheet-{number:02}.png")


def colour_of(image):
    """The word for the hue or grey that covers most of the picture."""
    hsv = np.asarray(image.convert("RGB").convert("HSV")).reshape(-1, 3).astype(float)
    hsv = hsv[np.asarray(image.getchannel("A")).ravel() > 128]
    counts = collections.Counter()
    for h, s, v in hsv[::7]:
        if v < 50:
            counts["black"] += 1
        elif s < 40:
            counts["white" if v > 215 else "grey"] += 1
        else:
            word = next(name for limit, name in HUES if h * 360 / 255 < limit)
            counts["brown" if word in ("red", "orange") and v < 160 else word] += 1
    return counts.most_common(1)[0][0] if counts else "grey"


def emoji():
    get, names = noto.bitmaps(), noto.names()
    for point, group, subgroup in noto.emoji_list():
        name, keywords = names.get(chr(point), ("", []))
        caption = noto.caption_of(name)
        image = get([point])
        wanted = caption in noto.IN or (group in GROUPS and subgroup not in SUBGROUPS_OUT)
        if not name or image is None or caption in OUT or not wanted or "keycap" in caption:
            continue
        words = [word for word in map(noto.caption_of, keywords) if word and word != caption]
        yield [f"noto-{point:05x}", "noto", f"{point:x}", "Apache-2.0", "Google", caption, ",".join(dict.fromkeys(words)),
               CATEGORIES.get(group, "symbol"), colour_of(image), "colour"]


def drawings(folder):
    for text in sorted(folder.glob("sheet-*.txt")):
        files = dict(line.split("\t")[:2] for line in text.with_suffix(".tsv").read_text(encoding="utf-8").splitlines())
        for line in text.read_text(encoding="utf-8").splitlines():
            match = re.fullmatch(r"(\d+) ([a-z0-9 '-]+?)(/[os])?(?:@(\w+))?", line.strip())
            if not match:
                sys.exit(f"{text.name}: {line!r} is not “number caption”.")
            name = files[match[1]]
            path = pack.CLIPART / name
            style = {"/o": "outline", "/s": "silhouette"}.get(match[3], "colour")
            ident = "oca-" + re.sub(r"[^a-z0-9]+", "-", name[:-4].lower()).strip("-")
            yield [ident, "openclipart", name, "Public domain", pack.author_of(pack.text_of(path)).replace("\t", " "), match[2],
                   "", match[4] or name.split("/")[0], colour_of(pack.trimmed(pack.drawn(path, 128), 128)), style]


def write_captions(folder):
    seen, table = set(), []
    with open(pathlib.Path(__file__).parent / "captions.tsv", encoding="utf-8", newline="") as file:
        by_hand = [list(row.values()) for row in csv.DictReader(file, delimiter="\t") if row["source"] == "galley" or "noto" == row["source"] and "-" in row["file"]]
    for row in [*emoji(), *drawings(folder), *by_hand]:
        if row[0] not in seen:
            seen.add(row[0])
            table.append(row)
    with open(pathlib.Path(__file__).parent / "captions.tsv", "w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter="\t", lineterminator="\n").writerows([FIELDS, *sorted(table)])
    print(collections.Counter(row[1] for row in table))


def main(folder, folders):
    folder.mkdir(parents=True, exist_ok=True)
    items, number = [], 0
    for item in candidates(folders):
        items.append(item)
        if len(items) == COLUMNS * ROWS:
            write_sheet(folder, number, items)
            items, number = [], number + 1
    if items:
        write_sheet(folder, number, items)


if __name__ == "__main__":
    if sys.argv[1] == "--captions":
        write_captions(pathlib.Path(sys.argv[2]))
    else:
        main(pathlib.Path(sys.argv[1]), sys.argv[2:] or FOLDERS)
