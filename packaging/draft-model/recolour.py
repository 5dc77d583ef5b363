"""A layer in the colour that was asked for, as the application makes it: Python twin of recolored() in core/composition/cutoutpicture.cpp.

    python recolour.py      tests/data/draft-eval/recoloured.json, which holds the two together

The application gives the model no palette; a wished colour comes into a picture here, whether the model or the pack made it.
"""

import json

import numpy as np
import torch
from PIL import Image

from augment import COLORS
from data import HERE

FOLDER = HERE.parent.parent / "tests" / "data" / "draft-eval"
LEAST_CHROMA, HUE_REACH, BINS = 0.035, 0.55, 48
TILES, SIDE, PER_ROW = range(0, 140, 12), 48, 20
TO_LMS = np.array([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]])
TO_LAB = np.array([[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099], [0.0259040371, 0.7827717662, -0.8086757660]])


def linear_of(srgb):
    return np.where(srgb <= 10 / 255, srgb / 12.92, ((np.maximum(srgb, 0) + 0.055) / 1.055) ** 2.4)


def lab_of(srgb):
    """[..., 3] in 0…1 → OKLab"""
    return np.cbrt(linear_of(srgb) @ TO_LMS.T) @ TO_LAB.T


def srgb_of(lab):
    linear = ((lab @ np.linalg.inv(TO_LAB).T) ** 3 @ np.linalg.inv(TO_LMS).T).clip(0, 1)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)


def hue_distance(lab, hue):
    return np.abs(np.remainder(np.arctan2(lab[..., 2], lab[..., 1]) - hue + np.pi, 2 * np.pi) - np.pi)


def dominant(lab, weight):
    """→ mean colour of the strongest hue [3], its hue, whether there is none that shows on a fair part"""
    chroma = np.hypot(lab[:, 1], lab[:, 2])
    turn = np.arctan2(lab[:, 2], lab[:, 1]) / (2 * np.pi) + 1
    bins = np.bincount((turn * BINS).astype(int) % BINS, np.where(chroma < LEAST_CHROMA, 0, weight * chroma), BINS)
    best = sum(np.roll(bins, k) for k in range(-2, 3)).argmax()
    hue = (best + 0.5) / BINS * 2 * np.pi
    counts = np.where((chroma >= LEAST_CHROMA) & (hue_distance(lab, hue) < HUE_REACH), weight, 0)
    neutral = counts.sum() < 0.12 * weight.sum() or counts.sum() <= 0
    used = weight if neutral else counts
    color = (lab * used[:, None]).sum(axis=0) / max(used.sum(), 1e-9)
    return color, hue if neutral else np.arctan2(color[2], color[1]), neutral


def moved_lightness(value, before, after):
    before, after = np.clip(before, 0.12, 0.92), np.clip(after, 0.05, 0.98)
    return np.where(value <= before, value * after / before, 1 - (1 - value) * (1 - after) / (1 - before))


def tinted(lab, color, to):
    light = moved_lightness(lab[:, 0], color[0], to[0])
    share = (1.15 * light * (1 - light) / max(0.02, to[0] * (1 - to[0]))).clip(0, 1)
    return np.stack([light, to[1] * share, to[2] * share], axis=1)


def turned(lab, color, hue, to):
    chroma = np.hypot(lab[:, 1], lab[:, 2])
    near = (2 - hue_distance(lab, hue) / HUE_REACH).clip(0, 1) * (chroma / LEAST_CHROMA).clip(0, 1)
    gain = np.clip(np.hypot(to[1], to[2]) / np.hypot(color[1], color[2]), 0, 4)
    angle = np.arctan2(lab[:, 2], lab[:, 1]) + np.arctan2(to[2], to[1]) - hue
    full = np.stack([moved_lightness(lab[:, 0], color[0], to[0]), chroma * gain * np.cos(angle), chroma * gain * np.sin(angle)], axis=1)
    return lab + (full - lab) * near[:, None]


def recoloured(pixels, rgb):
    """Premultiplied uint8 [H, W, 4] and a colour in 0…1 → the same in this colour."""
    flat = pixels.reshape(-1, 4).astype(int)
    shown = flat[:, 3] > 0
    alpha = flat[shown, 3:]
    lab = lab_of(np.minimum(255, (flat[shown, :3] * 255 + alpha // 2) // alpha) / 255)
    solid = alpha[:, 0] >= 96
    color, hue, neutral = dominant(lab[solid], alpha[solid, 0] / 255)
    to = lab_of(np.asarray(rgb, float))
    lab = tinted(lab, color, to) if neutral else turned(lab, color, hue, to)
    flat[shown, :3] = (srgb_of(lab) * alpha + 0.5).astype(int)
    return flat.reshape(pixels.shape).astype(np.uint8)


def painted(x, rgb):
    """The same for premultiplied pictures [B, 4, H, W] in 0…1."""
    pixels = (x * 255).round().to(torch.uint8).permute(0, 2, 3, 1).numpy()
    return torch.from_numpy(np.stack([recoloured(one, rgb) for one in pixels])).permute(0, 3, 1, 2).float() / 255


def premultiplied(image):
    rgba = np.asarray(image.convert("RGBA")).astype(int)
    return np.dstack([(rgba[..., :3] * rgba[..., 3:] + 127) // 255, rgba[..., 3]]).astype(np.uint8)


def main():
    atlas = premultiplied(Image.open(FOLDER / "atlas.png"))
    cases = []
    for number, tile in enumerate(TILES):
        y, x = tile // PER_ROW * SIDE, tile % PER_ROW * SIDE
        rgb = [round(c * 255) for c in list(COLORS.values())[number % len(COLORS)]]
        out = recoloured(atlas[y:y + SIDE, x:x + SIDE], np.array(rgb) / 255).astype(float)
        cases.append({"tile": tile, "color": "#%02x%02x%02x" % tuple(rgb), "mean": [round(out[..., c].mean(), 2) for c in range(4)],
                      "row": out[SIDE // 2, ::4].astype(int).ravel().tolist()})
    (FOLDER / "recoloured.json").write_text("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n", encoding="utf-8")
    print(len(cases), "cases")


if __name__ == "__main__":
    main()
