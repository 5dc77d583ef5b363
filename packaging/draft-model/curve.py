"""Draws the training loss as a small picture.

    python curve.py [--runs work/full …] [--out curve.png] [--phases "first part" "second part"]
"""

import argparse
import json
import math
import pathlib

from PIL import Image, ImageDraw

HERE = pathlib.Path(__file__).parent
SIZE, MARGIN = (720, 300), 44
COLORS = ["#2f6fde", "#d9822b"]


def read(runs):
    """→ [(run, seconds since the first began, loss, phase)]"""
    rows, begin = [], 0.0
    for number, run in enumerate(runs):
        lines = [json.loads(line) for line in open(run / "log.jsonl", encoding="utf-8")]
        rows += [(number, begin + line["seconds"], line["loss"], int(line["sharpening"])) for line in lines]
        begin += lines[-1]["seconds"]
    return rows


def main(args):
    rows = read(args.runs)
    image = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(image)
    end = max(row[1] for row in rows)
    logs = [math.log(row[2]) for row in rows]
    low, high = min(logs), max(logs)

    def place(seconds, log):
        return (MARGIN + (SIZE[0] - 2 * MARGIN) * seconds / end,
                SIZE[1] - MARGIN - (SIZE[1] - 2 * MARGIN) * (log - low) / (high - low))

    for share in (0, 0.25, 0.5, 0.75, 1):
        log = low + (high - low) * share
        draw.line([place(0, log), place(end, log)], fill="#e4e4e4")
        draw.text((6, place(0, log)[1] - 6), f"{math.exp(log):.2f}", fill="#555")
    for minute in range(0, int(end / 60) + 1, max(1, round(end / 60 / 15))):  # as many as there is room for
        draw.text((place(minute * 60, low)[0] - 3, SIZE[1] - MARGIN + 8), f"{minute}", fill="#555")
    draw.text((SIZE[0] - 2 * MARGIN, SIZE[1] - 20), "minutes", fill="#555")
    for number, (name, color) in enumerate(zip(args.phases, COLORS)):
        for run in range(len(args.runs)):
            points = [place(row[1], log) for row, log in zip(rows, logs) if row[0] == run and row[3] == number]
            if len(points) > 1:
                draw.line(points, fill=color, width=2)
        draw.text((MARGIN + (SIZE[0] - 2 * MARGIN) // 2 * number, 12), name, fill=color)
    image.quantize(32, dither=Image.Dither.NONE).save(args.out, optimize=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=pathlib.Path, nargs="+", default=[HERE / "work" / "full"])
    parser.add_argument("--out", type=pathlib.Path, default=HERE / "curve.png")
    parser.add_argument("--phases", nargs=2, default=["regression", "with the discriminator"], help="what the two parts of each run are")
    main(parser.parse_args())
