"""captions.tsv → the clip-art pack in resources/cutouts: cutouts.bin, index.json, vectors.bin, NOTICE.

    python pack.py            writes the pack
    python pack.py --check    writes it to memory and compares with the files
    python pack.py --probe    top-1 and top-3 of the probe phrases, by caption alone and by caption and keywords
    python pack.py --sheet F  a random hundred of the finished pack, on light and on dark ground → F.png

The same bytes every time from: Debian 12's openclipart-svg 1:0.18+dfsg-19, fonts-noto-color-emoji 2.042-0+deb12u1,
librsvg2-bin 2.54.7+dfsg-1~deb12u1; numpy, pillow 13.0.0 (its libwebp writes the pictures), fonttools, torch, tokenizers,
safetensors, zstandard; and resources/models/galley-draft/text.safetensors.zst. The formats are described in PACK.md.
"""

import argparse
import collections
import csv
import io
import json
import pathlib
import random
import re
import struct
import subprocess

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

import data
import noto

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
OUT = ROOT / "resources" / "cutouts"
CLIPART = pathlib.Path("/usr/share/openclipart/svg")
SIZE, DIM, RIM = 160, 256, 2
COLUMNS = ["id", "caption", "keywords", "style", "source", "licence", "author", "bytes", "width", "height", "vectors"]
CAPTION_LEAD = 0.09  # of a caption before a keyword, as core/composition/cutouts.cpp has it
LOSSY = {"quality": 75, "alpha_quality": 50, "method": 6}  # edges need few steps of alpha: 50 instead of 90 saves a sixth

NOTICE = """Clip-art pack of Galley: licences and sources. The licence and author of each picture are in index.json.

openclipart ({openclipart} pictures)
    Open Clip Art Library, release 0.18, as packaged in Debian's openclipart-svg. Public domain: only drawings whose own
    metadata declares it are used. Rendered, trimmed and scaled; line art and silhouettes have a white ground added.

galley ({galley} pictures)
    Drawn for Galley (packaging/draft-model/drawings). CC0 1.0: https://creativecommons.org/publicdomain/zero/1.0/

noto ({noto} pictures)
    Noto Emoji 2.042, Copyright Google Inc. Art: Apache License 2.0. The bitmaps are taken from the built font
    NotoColorEmoji.ttf (SIL Open Font License 1.1), as packaged in Debian's fonts-noto-color-emoji. Trimmed.
    https://www.apache.org/licenses/LICENSE-2.0  https://openfontlicense.org

Names and keywords of the emoji, and their names in other languages (names.tsv)
    Unicode CLDR 41, Copyright Unicode, Inc. Unicode licence: https://www.unicode.org/license.txt

Caption vectors
    From the static text table in resources/models/galley-draft (distilled from all-MiniLM-L6-v2, Apache License 2.0).
"""

PROBES = [
    ("kitten", "cat"), ("gym workout", "lifting|dumbbell|weight"), ("a basket of apples", "apple"), ("cup of coffee", "coffee|hot beverage"),
    ("delivery van", "van|delivery|truck"), ("birthday party", "birthday|party"), ("guitar", "guitar"), ("laptop", "laptop|notebook comp"),
    ("puppy", "dog"), ("running shoes", "shoe|sneaker"), ("sneaker", "shoe|sneaker"), ("headphones", "headphone"), ("camera", "camera"),
    ("smartphone", "phone"), ("stack of books", "book"), ("house plant", "plant"), ("cactus", "cactus"), ("sunny beach", "beach|sun"),
    ("palm tree", "palm"), ("mountain", "mountain"), ("camping tent", "tent|camp"), ("sports car", "car|automobile"), ("rocket", "rocket"),
    ("family house", "house|home"), ("gift box", "gift|present"), ("confetti", "confetti"), ("balloons", "balloon"), ("microphone", "microphone"),
    ("drum", "drum"), ("bicycle", "bicycle|bike|cyc"), ("chocolate cake", "cake|chocolate"), ("market stall", "market|stall|shop|store"),
    ("fresh vegetables", "vegetable|carrot|tomato|leafy|broccoli|pepper|salad"), ("glass of wine", "wine"), ("airplane", "plane"),
    ("sailing boat", "sail|boat"), ("strawberry", "strawberr"), ("football", "football|soccer"), ("pizza slice", "pizza"), ("bouquet of roses", "bouquet|rose"),
]


def text_of(path):
    return path.read_text(encoding="utf-8", errors="replace")


def is_public_domain(svg):
    """True where the RDF names a licence, and none but the public domain."""
    licences = re.findall(r"<(?:\w+:)?license\s[^>]*resource=\"([^\"]*)\"", svg)
    return bool(licences) and all(re.search(r"/publicdomain/?$", one, re.IGNORECASE) for one in licences)


def author_of(svg):
    match = re.search(r"<dc:creator>\s*<cc:Agent[^>]*>\s*<dc:title>([^<]*)</dc:title>", svg)
    name = re.sub(r"\s+", " ", match.group(1)).strip() if match else ""
    return "" if name.lower() in {"", "unknown", "n/a", "none"} else name


def title_of(svg):
    match = re.search(r"<dc:title>([^<]*)</dc:title>", svg)
    return re.sub(r"\s+", " ", match.group(1)).strip() if match else ""


def drawn(path, side=512):
    """One SVG file with its larger side at `side` → RGBA image, or None where the renderer fails."""
    command = ["rsvg-convert", "-w", str(side), "-h", str(side), "--keep-aspect-ratio", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=60)
    except subprocess.TimeoutExpired:
        return None
    return Image.open(io.BytesIO(done.stdout)).convert("RGBA") if done.returncode == 0 and done.stdout else None


def trimmed(image, side):
    """Cut to the visible part and scaled down (never up) to `side`, in premultiplied colours; None where nothing is visible."""
    box = image.getchannel("A").point(lambda a: 255 if a > 8 else 0).getbbox()
    if box is None:
        return None
    image = image.crop(box)
    scale = min(1.0, side / max(image.size))
    size = tuple(max(1, round(length * scale)) for length in image.size)
    if size == image.size:
        return image
    rgba = np.asarray(image).astype(np.float32)
    rgba[..., :3] *= rgba[..., 3:] / 255
    planes = [np.asarray(Image.fromarray(rgba[..., c]).resize(size, Image.LANCZOS)) for c in range(4)]
    alpha = planes[3].clip(0, 255)
    colour = np.stack(planes[:3], axis=-1).clip(0, 255) * 255 / np.maximum(alpha, 1)[..., None]
    return Image.fromarray(np.dstack([colour.clip(0, 255), alpha]).round().astype(np.uint8), "RGBA")


def rows():
    with open(HERE / "captions.tsv", encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file, delimiter="\t"), key=lambda row: row["id"])


def with_ground(image, scale=1):
    """Line art and silhouettes get their outer shape in white below them, so that they read on dark grounds."""
    rim = RIM * scale
    pad = rim + 2
    big = Image.new("RGBA", (image.width + 2 * pad, image.height + 2 * pad))
    big.paste(image, (pad, pad))
    ink = big.getchannel("A").point(lambda a: 255 if a > 64 else 0).filter(ImageFilter.MaxFilter(2 * rim + 1))
    outside = ink.copy()
    ImageDraw.floodfill(outside, (0, 0), 128)
    shape = outside.point(lambda v: 0 if v == 128 else 255).filter(ImageFilter.GaussianBlur(0.7 * scale))
    ground = Image.new("RGBA", big.size, "white")
    ground.putalpha(ImageChops.lighter(shape, Image.new("L", big.size)))
    ground.alpha_composite(big)
    return ground


def picture(row, glyph, scale=1):
    """At `scale` times the pack's size, where the drawing has that."""
    if row["source"] == "noto":
        image = glyph(noto.sequence_of(row["file"]))
    else:
        image = drawn((HERE if row["source"] == "galley" else CLIPART) / row["file"])
    image = trimmed(image, SIZE * scale)
    if row["style"] in ("outline", "silhouette"):
        image = trimmed(with_ground(image, scale), SIZE * scale)
    return image


def webp(image):
    """The smaller of a lossy and a lossless file: flat drawings of few colours are smaller without loss."""
    files = []
    for options in (LOSSY, {"lossless": True, "quality": 75, "method": 4}):  # slower ones take a minute for each percent
        out = io.BytesIO()
        image.save(out, "WEBP", exact=False, **options)
        files.append(out.getvalue())
    return min(files, key=len)


class Embedder:
    """The caption vectors of model.py."""

    def __init__(self):
        import captions
        import model
        import shipped
        tensors = shipped.load(shipped.TEXT)
        self.table, self.tokenizer, self.vector = captions.text_table(tensors), captions.tokenizer_of(tensors), model.caption_vector

    def __call__(self, text):
        ids = self.tokenizer.encode(text, add_special_tokens=False).ids
        return self.vector(ids, self.table).numpy()


def quantised(vector):
    """Float32 scale, then 256 numbers of 4 bits from -7 to 7, the first of two in the lower half of a byte; together of length 1."""
    values = np.clip(np.rint(vector * 7 / max(np.abs(vector).max(), 1e-8)), -7, 7)
    scale = 1 / max(np.linalg.norm(values), 1)
    values = values.astype(np.int8).view(np.uint8) & 15
    return struct.pack("<f", scale) + (values[0::2] | values[1::2] << 4).tobytes()


def texts_of(entries):
    """→ for each row of captions.tsv its caption and then its words, how many of these have a vector, and they come first.

    A text is found once: as a caption before an alias before a keyword, and in the first drawing that has it.
    """
    own, aliases = [], data.aliases()
    taken = {row["caption"] for row in entries}
    aliased = {word for words in aliases.values() for word in words} - taken
    for row in entries:
        here = [word for word in aliases.get(row["caption"], []) if word in aliased and word not in taken]
        taken.update(here)
        own.append(here)
    result = []
    for row, here in zip(entries, own):
        others = list(dict.fromkeys(word for word in [*row["keywords"].split(","), *aliases.get(row["caption"], [])]
                                    if word and word != row["caption"] and word not in here))
        new = [word for word in others if word not in taken]
        taken.update(new)
        result.append(([row["caption"], *here, *new, *(word for word in others if word not in new)], 1 + len(here) + len(new)))
    return result


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def build():
    """→ {file name: bytes}"""
    glyph, embed = noto.bitmaps(), Embedder()
    blob, vectors, lines = bytearray(), bytearray(), []
    sources = collections.Counter()
    entries = rows()
    for row, (texts, found) in zip(entries, texts_of(entries)):
        image = picture(row, glyph)
        encoded = webp(image)
        item = {**row, "keywords": texts[1:], "bytes": len(encoded), "width": image.width, "height": image.height, "vectors": found}
        blob += encoded
        vectors += b"".join(quantised(embed(text)) for text in texts[:found])
        sources[row["source"]] += 1
        lines.append(compact([item[column] for column in COLUMNS]))
    head = (f'{{"format":2,"count":{len(lines)},"size":{SIZE},"vectors":{{"dim":{DIM},"bits":4,"file":"vectors.bin"}},\n'
            f'"columns":{compact(COLUMNS)},"items":[\n')
    index = head + ",\n".join(lines) + "\n]}\n"
    notice = NOTICE.format(openclipart=sources["openclipart"], galley=sources["galley"], noto=sources["noto"])
    return {"cutouts.bin": bytes(blob), "vectors.bin": bytes(vectors), "index.json": index.encode(), "NOTICE": notice.encode()}


def vectors():
    """vectors.bin → float [rows, 256]"""
    raw = np.frombuffer((OUT / "vectors.bin").read_bytes(), np.uint8).reshape(-1, 4 + DIM // 2)
    halves = np.stack([raw[:, 4:] & 15, raw[:, 4:] >> 4], axis=2).reshape(len(raw), DIM).astype(np.int8)
    return np.where(halves > 7, halves - 16, halves) * raw[:, :4].copy().view("<f4")


def taken(phrases, vector):
    """The items that the application takes for these phrases, whose unit vectors `vector` gives."""
    entries = data.items()
    owner = [entry for entry in entries for _ in range(entry["vectors"])]
    lead = np.concatenate([[CAPTION_LEAD] + [0.0] * (entry["vectors"] - 1) for entry in entries])
    table = vectors()
    return [owner[(table @ vector(phrase).numpy() + lead).argmax()] for phrase in phrases]


def picture_of(item):
    """As it is in the pack: RGBA with straight alpha."""
    with open(OUT / "cutouts.bin", "rb") as blob:
        blob.seek(item["offset"])
        return Image.open(io.BytesIO(blob.read(item["bytes"]))).convert("RGBA")


def probe():
    table = vectors()
    entries, embed = data.items(), Embedder()
    for name, width in (("caption", 1), ("caption and keywords", 1000)):
        first = third = 0
        for phrase, wanted in PROBES:
            scores = table @ embed(phrase)
            best = [scores[e["first_vector"]:e["first_vector"] + min(width, e["vectors"])].max() for e in entries]
            order = np.argsort(best)[::-1][:3]
            hits = [any(part in " ".join([entries[i]["caption"], *entries[i]["keywords"]]) for part in wanted.split("|")) for i in order]
            first, third = first + hits[0], third + any(hits)
            if width > 1 or not hits[0]:
                print(f"  {'ok  ' if hits[0] else 'MISS'} {phrase}: " + " · ".join(entries[i]["caption"] for i in order))
        print(f"{name}: top-1 {first}, top-3 {third} of {len(PROBES)}")


def sheet(path, seed):
    entries, blob = data.items(), (OUT / "cutouts.bin").read_bytes()
    chosen = random.Random(seed).sample(entries, 100)
    for ground, ink in (("#f4f4f4", "black"), ("#16181d", "white")):
        out = Image.new("RGB", (20 * 96, 5 * 112), ground)
        pen = ImageDraw.Draw(out)
        for k, item in enumerate(chosen):
            image = Image.open(io.BytesIO(blob[item["offset"]:item["offset"] + item["bytes"]])).convert("RGBA")
            image.thumbnail((92, 92))
            x, y = k % 20 * 96, k // 20 * 112
            out.paste(image, (x + (96 - image.width) // 2, y + (94 - image.height) // 2), image)
            pen.text((x + 2, y + 98), item["caption"][:16], fill=ink)
        out.save(f"{path}-{'light' if ink == 'black' else 'dark'}.png")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--probe", action="store_true")
    parser.add_argument("--sheet")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if options.probe:
        return probe()
    if options.sheet:
        return sheet(options.sheet, options.seed)
    files = build()
    if options.check:
        different = [name for name, content in files.items() if (OUT / name).read_bytes() != content]
        raise SystemExit(f"These files differ from what captions.tsv gives: {', '.join(different)}." if different else 0)
    OUT.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (OUT / name).write_bytes(content)
        print(f"{name}: {len(content)} bytes")


if __name__ == "__main__":
    main()
