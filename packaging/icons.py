#!/usr/bin/env python3
"""Takes the glyphs that Galley shows out of Material Design Icons, one SVG each.

    pip install fonttools; apt-get install fonts-material-design-icons-iconfont
    packaging/icons.py            writes resources/icons/<name>.svg for every name in resources/icons/icons.txt, and
                                  removes those of other names

Run it after adding a name to icons.txt or taking one away; builds use the SVGs only.
"""

import pathlib
import re
import sys

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

FONT = "/usr/share/fonts/truetype/material-design-icons-iconfont/MaterialIcons-Regular.ttf"
NAMES = "/usr/share/fonts-material-design-icons-iconfont/scss/_variables.scss"


def main():
    folder = pathlib.Path(__file__).parent.parent / "resources/icons"
    points = dict(re.findall(r'"(\w+)":\s*([0-9a-f]+)', pathlib.Path(NAMES).read_text()))
    font = TTFont(FONT)
    glyphs, characters = font.getGlyphSet(), font.getBestCmap()
    scale = 24 / font["head"].unitsPerEm
    top = font["hhea"].ascent
    missing = []
    names = (folder / "icons.txt").read_text().split()
    for old in folder.glob("*.svg"):
        if old.stem not in names:
            old.unlink()
    for name in names:
        glyph = characters.get(int(points.get(name, "0"), 16))
        if glyph is None:
            missing.append(name)
            continue
        pen = SVGPathPen(glyphs, ntos=lambda value: f"{value:.2f}".rstrip("0").rstrip("."))
        glyphs[glyph].draw(TransformPen(pen, (scale, 0, 0, -scale, 0, top * scale)))
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24"><path d="{pen.getCommands()}"/></svg>\n'
        (folder / f"{name}.svg").write_text(svg)
    if missing:
        print("not in the font:", *missing)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
