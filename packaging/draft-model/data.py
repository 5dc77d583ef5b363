"""Training pictures of the layer model: Noto Emoji with CLDR names → concepts.tsv and work/concepts.npz.

    python data.py [--size 96]

Needs Debian's fonts-noto-color-emoji (art Apache-2.0, font OFL-1.1), unicode-data (emoji-test.txt) and unicode-cldr-core
(English names and keywords, Unicode licence). Concepts are things: no flags, keycaps, clock faces, text or road signs, playing
cards, skin tones, and none of the many almost equal faces and mailboxes.
"""

import argparse
import collections
import csv
import io
import pathlib
import re
import xml.etree.ElementTree

import numpy as np
from fontTools.ttLib import TTFont
from PIL import Image

HERE = pathlib.Path(__file__).parent
FONT = "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"
EMOJI_TEST = "/usr/share/unicode/emoji/emoji-test.txt"
ANNOTATIONS = "/usr/share/unicode/cldr/common/annotations/en.xml"
GROUPS = {"Animals & Nature", "Food & Drink", "Travel & Places", "Activities", "Objects"}
SUBGROUPS = {"face-costume", "body-parts", "hands", "hand-fingers-open", "hand-fingers-partial", "hand-fingers-closed"}
SUBGROUPS_OUT = {"time"}
IN = {"skull", "red heart", "broken heart", "heart with arrow", "heart with ribbon", "collision", "speech balloon", "thought balloon",
      "smiling face with sunglasses", "face with tears of joy", "smiling face with heart eyes", "slightly smiling face",
      "crying face", "winking face", "watch", "alarm clock", "stopwatch", "hourglass done", "mantelpiece clock"}
OUT = {"stop sign", "bus stop", "e mail", "love hotel", "map of japan", "world map", "ogre", "goblin", "pile of poo",
       "spade suit", "heart suit", "diamond suit", "club suit", "joker", "mahjong red dragon", "flower playing cards",
       "closed mailbox with lowered flag", "open mailbox with raised flag", "open mailbox with lowered flag",
       "waxing crescent moon", "waxing gibbous moon", "waning gibbous moon", "waning crescent moon", "last quarter moon",
       "last quarter moon face", "new moon", "speaker low volume", "speaker medium volume", "muted speaker",
       "bell with slash", "tear off calendar", "calendar", "spiral calendar", "mobile phone with arrow",
       "envelope with arrow", "incoming envelope", "outbox tray", "magnifying glass tilted right", "cloud with lightning",
       "high speed train", "japanese post office", "identification card", "placard", "atm sign", "cigarette", "coffin",
       "hamsa", "notebook with decorative cover", "camera with flash", "trolleybus", "mountain railway", "fog",
       "closed umbrella", "locked with pen", "page with curl", "chart increasing with yen", "speak no evil monkey"}


def caption_of(name):
    return re.sub(r"[“”\"!’‘.,()]", "", name.lower()).replace("-", " ").replace(": ", " ").strip()


def emoji_list():
    """Single-code-point emoji without the variants that the emoji test file does not list → [(code point, group, subgroup)]."""
    group = subgroup = ""
    seen = {}
    for line in open(EMOJI_TEST, encoding="utf-8"):
        if line.startswith("# group:"):
            group = line[8:].strip()
        elif line.startswith("# subgroup:"):
            subgroup = line[11:].strip()
        elif "; fully-qualified" in line:
            points = [int(c, 16) for c in line.split(";")[0].split() if c != "FE0F"]
            if len(points) == 1:
                seen.setdefault(points[0], (group, subgroup))
    return [(point, *where) for point, where in seen.items()]


def wanted(caption, group, subgroup):
    if caption in OUT:
        return False
    return caption in IN or subgroup in SUBGROUPS or (group in GROUPS and subgroup not in SUBGROUPS_OUT)


def names():
    """→ {character: [name, [keywords]]}"""
    result = collections.defaultdict(lambda: ["", []])
    for node in xml.etree.ElementTree.parse(ANNOTATIONS).iter("annotation"):
        entry = result[node.get("cp").replace("\ufe0f", "")]
        if node.get("type") == "tts":
            entry[0] = node.text.strip()
        else:
            entry[1] = [word.strip() for word in node.text.split("|")]
    return result


def bitmaps():
    """→ function code point → PIL RGBA image or None"""
    font = TTFont(FONT)
    cmap, strike = font.getBestCmap(), font["CBDT"].strikeData[0]

    def get(point):
        glyph = cmap.get(point)
        if glyph is None or glyph not in strike:
            return None
        return Image.open(io.BytesIO(strike[glyph].imageData)).convert("RGBA")

    return get


def fitted(image, size):
    """Trims to the visible part and centres it in a square, a margin of 1/64 around; → premultiplied uint8 [4, size, size]."""
    box = image.getchannel("A").point(lambda a: 255 if a > 8 else 0).getbbox()
    image = image.crop(box)
    rgba = np.asarray(image).astype(np.float32) / 255
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


def own_words(rows):
    """Keywords that mean one picture alone, and the hand-written aliases → {caption: [words]}"""
    aliases = collections.defaultdict(list)
    for row in csv.DictReader(open(HERE / "aliases.tsv", encoding="utf-8"), delimiter="\t"):
        aliases[row["caption"]] += row["aliases"].split(",")
    counts = collections.Counter(word for _, caption, keywords, _ in rows for word in {caption, *keywords})
    captions = {caption for _, caption, _, _ in rows}
    taken = captions.union(*aliases.values())
    result = {}
    for _, caption, keywords, _ in rows:
        unique = [word for word in keywords if counts[word] == 1 and word not in taken and len(word) > 2]
        result[caption] = list(dict.fromkeys(unique)) + [word for word in aliases[caption] if word not in captions]
    return result


def main(size):
    get, annotations = bitmaps(), names()
    rows, pictures = [], []
    for point, group, subgroup in emoji_list():
        name, keywords = annotations.get(chr(point), ("", []))
        image = get(point)
        if not name or image is None or not wanted(caption_of(name), group, subgroup):
            continue
        rows.append((f"noto-{point:x}", caption_of(name), [caption_of(word) for word in keywords], group))
        pictures.append(fitted(image, size))
    words = own_words(rows)
    with open(HERE / "concepts.tsv", "w", encoding="utf-8") as out:
        out.write("id\tcaption\tkeywords\tgroup\n")
        for ident, caption, _, group in rows:
            out.write(f"{ident}\t{caption}\t{','.join(words[caption])}\t{group}\n")
    (HERE / "work").mkdir(exist_ok=True)
    np.savez(HERE / "work" / "concepts.npz", pictures=np.stack(pictures))
    print(len(rows), "concepts at", size, "px")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=96)
    main(parser.parse_args().size)
