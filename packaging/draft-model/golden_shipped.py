"""Golden outputs of the shipped weights, to be renewed after each export.

    python golden_shipped.py

tests/parity/data/draft/golden.json lists requests with their confidence, mean and standard deviation; golden.safetensors holds
under "case.N" every fifteenth pixel, from the fifth on, of the premultiplied result: F32 [4, about H / 15, W / 15]. fp32 on a CPU must come
within 1e-4.
"""

import json

import torch
from safetensors.torch import save_file

from augment import STYLES
from model import noise_from_seed
from shipped import HERE, Shipped

FOLDER = HERE.parent.parent / "tests" / "parity" / "data" / "draft"
RED, NAVY = [222, 41, 41], [20, 33, 61]
REQUESTS = [  # prompt, style, palette of 8-bit colours, seed, steps, width, height
    ("cat", "", [], 0, 2, 256, 256),
    ("cat", "", [], 1, 1, 256, 256),
    ("a slice of pizza", "", [], 7, 2, 256, 256),
    ("mountain bike of a friend", "", [], 5, 2, 256, 256),
    ("Red pony", "", [], 6, 2, 256, 256),
    ("red rose", "", [], 0, 2, 256, 256),  # a caption of its own, as near as the rose that is left without the colour
    ("cat", "outline", [], 0, 2, 256, 256),  # no details
    ("red car", "", [RED, NAVY], 2147483647, 2, 320, 256),
    ("Sailboat", "outline", [], 42, 3, 256, 320),
    ("crème brûlée", "sticker", [NAVY], 0, 2, 384, 256),
    ("", "", [], 3, 2, 256, 384),
    ("a waterfall", "", [], 1, 2, 256, 256),  # clip art alone: the model was not taught it
]


@torch.inference_mode()
def main():
    shipped = Shipped()
    cases, tensors = [], {}
    for number, (prompt, style, colors, seed, steps, width, height) in enumerate(REQUESTS):
        palette = torch.zeros(1, shipped.config.palette_size, 4)
        for i, color in enumerate(colors):
            palette[0, i] = torch.tensor([*(channel / 255 for channel in color), 1.0])
        detail = shipped.detail(prompt) if not style and width == height == shipped.description["native"] else None
        out = shipped.model(shipped.vector(prompt)[None], torch.tensor([STYLES.index(style)]), palette,
                            noise_from_seed(seed, shipped.config), height, width, steps, None if detail is None else detail[None])[0]
        tensors[f"case.{number}"] = out[:, 4::15, 4::15].contiguous()
        cases.append({"prompt": prompt, "nearest": round(shipped.nearest(prompt), 6), "style": style, "palette": colors, "seed": seed, "steps": steps,
                      "width": width, "height": height, "confidence": round(shipped.confidence(prompt), 6),
                      "mean": round(out.mean().item(), 6), "std": round(out.std().item(), 6)})
    FOLDER.mkdir(parents=True, exist_ok=True)
    golden = {"revision": shipped.description["revision"], "tolerance": 1e-4, "cases": cases}
    (FOLDER / "golden.json").write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")
    save_file(tensors, FOLDER / "golden.safetensors", metadata={"revision": golden["revision"]})
    print(golden["revision"], len(cases), "cases")


if __name__ == "__main__":
    main()
