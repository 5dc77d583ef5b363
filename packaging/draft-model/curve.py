"""Draws the training loss as a small picture.

    python curve.py [--run work/small] [--out curve.png]
"""

import argparse
import json
import math
import pathlib

from PIL import Image, ImageDraw

HERE = pathlib.Path(__file__).parent
SIZE, MARGIN = (720, 300), 44
PHASES = [("coarse stages", "#7a8ca8"), ("generator", "#2f6fde"), ("refiner", "#d9822b")]


def main(args):
    rows = [json.loads(line) for line in open(args.run / "log.jsonl", encoding="utf-8")]
    image = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(image)
    end = max(row["seconds"] for row in rows)
    logs = [math.log(row["loss"]) for row in rows]
    low, high = min(logs), max(logs)

    def place(seconds, log):
        return (MARGIN + (SIZE[0] - 2 * MARGIN) * seconds / end,
                SIZE[1] - MARGIN - (SIZE[1] - 2 * MARGIN) * (log - low) / (high - low))

    for share in (0, 0.25, 0.5, 0.75, 1):
        log = low + (high - low) * share
        draw.line([place(0, log), place(end, log)], fill="#e4e4e4")
        draw.text((6, place(0, log)[1] - 6), f"{math.exp(log):.2f}", fill="#555")
    for minute in range(0, int(end / 60) + 1, 10):
        draw.text((place(minute * 60, low)[0] - 6, SIZE[1] - MARGIN + 8), f"{minute}", fill="#555")
    draw.text((SIZE[0] - 2 * MARGIN, SIZE[1] - 20), "minutes", fill="#555")
    for number, (name, color) in enumerate(PHASES):
        points = [place(row["seconds"], log) for row, log in zip(rows, logs) if row["phase"] == number]
        if len(points) > 1:
            draw.line(points, fill=color, width=2)
        draw.text((MARGIN + 130 * number, 12), name, fill=color)
    image.save(args.out, optimize=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--run", type=pathlib.Path, default=HERE / "work" / "small")
    parser.add_argument("--out", type=pathlib.Path, default=HERE / "curve.png")
    main(parser.parse_args())
