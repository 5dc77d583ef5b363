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
DERIVED = "/usr/share/unicode/cldr/common/annotationsDerived/en.xml"
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


def sequence_of(file):
    """"1f9d1-200d-1f373", as captions.tsv has it → code points; without the selectors of a form."""
    return [point for point in (int(part, 16) for part in file.split("-")) if point != 0xFE0F]


def names():
    """→ {character: [name, [keywords]]}"""
    result = collections.defaultdict(lambda: ["", []])
    for path in (ANNOTATIONS, DERIVED):
        for node in xml.etree.ElementTree.parse(path).iter("annotation"):
            entry = result[node.get("cp").replace("\ufe0f", "")]
            if node.get("type") == "tts":
                entry[0] = node.text.strip()
            else:
                entry[1] = [word.strip() for word in node.text.split("|")]
    return result


def ligatures(font):
    """→ {glyph names: the glyph that is drawn in their place}"""
    result = {}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            table = table.ExtSubTable if table.LookupType == 7 else table
            if table.LookupType == 4:
                for first, ones in table.ligatures.items():
                    result.update({(first, *one.Component): one.LigGlyph for one in ones})
    return result


def bitmaps():
    """→ function code points → PIL RGBA image or None"""
    font = TTFont(FONT)
    cmap, strike, joined = font.getBestCmap(), font["CBDT"].strikeData[0], ligatures(font)

    def get(points):
        glyphs = tuple(cmap.get(point) for point in points)
        glyph = glyphs[0] if len(glyphs) == 1 else joined.get(glyphs)
        if glyph is None or glyph not in strike:
            return None
        return Image.open(io.BytesIO(strike[glyph].imageData)).convert("RGBA")

    return get
