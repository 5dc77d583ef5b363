"""Training pictures of the layer model and their captions: the clip-art pack, which every clone has.

A caption may have several drawings; which of them is drawn is decided by the seed. `held` of a row takes it out of the
training for the evaluation: "concept" a whole caption (one in twenty), "drawing" one of several drawings of a caption. It is for the next
training; what the weights that are there were taught is listed in them.
"""

import collections
import concurrent.futures
import csv
import functools
import hashlib
import io
import json
import pathlib

import numpy as np
from PIL import Image

HERE = pathlib.Path(__file__).parent
PACK = HERE.parent.parent / "resources" / "cutouts"
HELD_SHARE = 20  # one caption in so many


def table(name):
    with open(HERE / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def aliases():
    """What people may call things, by hand → {caption: [words]}"""
    result = collections.defaultdict(list)
    for row in table("aliases.tsv"):
        result[row["caption"]] += row["aliases"].split(",")
    return result


def own_words(rows):
    """Keywords that mean one caption alone, and the hand-written aliases → {caption: [words]}"""
    given = aliases()
    words = collections.defaultdict(set)
    for row in rows:
        words[row["caption"]].update(word for word in row["keywords"].split(",") if len(word) > 2)
    taken = set(words).union(*given.values())
    counts = collections.Counter(word for own in words.values() for word in own)
    return {caption: sorted(word for word in own if counts[word] == 1 and word not in taken)
            + [word for word in given[caption] if word not in words] for caption, own in words.items()}


@functools.cache
def asked():
    """The fixed prompts, whose sheet is to show what the model can do."""
    return {row["prompt"] for row in table("prompts64.tsv")}


def is_held(caption):
    """By a digest of the words, so that a caption stays on its side when others come or go."""
    return caption not in asked() and int(hashlib.sha256(caption.encode()).hexdigest()[:8], 16) % HELD_SHARE == 0


def concepts():
    """Every drawing, in the order of the pack: its caption, other words for that, its style and why it is held out."""
    rows = sorted(table("captions.tsv"), key=lambda row: row["id"])
    words = own_words(rows)
    drawings = collections.defaultdict(list)
    for row in rows:
        if row["style"] == "colour":
            drawings[row["caption"]].append(row["id"])
    last = {ids[-1] for ids in drawings.values() if len(ids) > 1}
    return [{"id": row["id"], "caption": row["caption"], "keywords": ",".join(words[row["caption"]]), "style": row["style"],
             "held": "concept" if is_held(row["caption"]) else "drawing" if row["id"] in last else ""} for row in rows]


def fitted(image, size):
    """Centres a cut-out in a square, a margin of 1/64 around; → premultiplied uint8 [4, size, size]."""
    rgba = np.asarray(image.convert("RGBA")).astype(np.float32) / 255
    rgba[..., :3] *= rgba[..., 3:]
    scale = size * (1 - 2 / 64) / max(image.size)
    w, h = (max(1, round(side * scale)) for side in image.size)
    planes = [np.asarray(Image.fromarray(rgba[..., c]).resize((w, h), Image.LANCZOS)) for c in range(4)]
    out = np.zeros((4, size, size), np.float32)
    x, y = (size - w) // 2, (size - h) // 2
    for c in range(4):
        out[c, y:y + h, x:x + w] = planes[c]
    out[3] = out[3].clip(0, 1)
    out[:3] = np.minimum(out[:3].clip(0), out[3])
    return (out * 255 + 0.5).astype(np.uint8)


def items():
    """The items of the pack's index, with what follows from those before them: where the picture and the vectors begin."""
    index = json.loads((PACK / "index.json").read_text(encoding="utf-8"))
    result, offset, first_vector = [], 0, 0
    for row in index["items"]:
        item = dict(zip(index["columns"], row, strict=True), offset=offset, first_vector=first_vector)
        offset, first_vector = offset + item["bytes"], first_vector + item["vectors"]
        result.append(item)
    return result


def load(size):
    """→ premultiplied pictures uint8 [N, 4, size, size] of the whole pack, concepts() in the same order."""
    rows, blob = concepts(), (PACK / "cutouts.bin").read_bytes()
    places = {item["id"]: item for item in items()}

    def picture(row):
        item = places[row["id"]]
        return fitted(Image.open(io.BytesIO(blob[item["offset"]:item["offset"] + item["bytes"]])), size)

    with concurrent.futures.ThreadPoolExecutor() as pool:  # decoding and scaling let go of Python's lock
        return np.stack(list(pool.map(picture, rows))), rows
