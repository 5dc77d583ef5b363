"""The pictures and the English names of Noto Emoji, for curate.py and pack.py.

Needs Debian's fonts-noto-color-emoji (art Apache-2.0, font OFL-1.1), unicode-data (emoji-test.txt) and unicode-cldr-core
(English names and keywords, Unicode licence).
"""

import collections
import io
import re
import xml.etree.ElementTree

from fontTools.ttLib import TTFont
from PIL import Image

FONT = "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"
EMOJI_TEST = "/usr/share/unicode/emoji/emoji-test.txt"
ANNOTATIONS = "/usr/share/unicode/cldr/common/annotations/en.xml"
GROUPS = {"Animals & Nature", "Food & Drink", "Travel & Places", "Activities", "Objects"}
IN = {"skull", "red heart", "broken heart", "heart with arrow", "heart with ribbon", "collision", "speech balloon", "thought balloon",
      "smiling face with sunglasses", "face with tears of joy", "smiling face with heart eyes", "slightly smiling face",
      "crying face", "winking face", "watch", "alarm clock", "stopwatch", "hourglass done", "mantelpiece clock"}


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
