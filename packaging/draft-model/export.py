"""Writes the averaged weights of a training run as the application's model: draft.safetensors and draft.json.

    python export.py [--run work/small] [--config small.json]

`evaluate.py` then fills in "confidence" and "evaluation"; until then an export keeps the ones of the model before it.
"""

import argparse
import dataclasses
import json
import pathlib

import torch

import shipped
from augment import STYLES
from model import DraftConfig
from train import load_data

LICENCES = [
    {"what": "pictures learnt from", "source": "Noto Emoji (fonts-noto-color-emoji 2.042)", "licence": "Apache-2.0 (art), OFL-1.1 (font)"},
    {"what": "captions", "source": "Unicode CLDR 41", "licence": "Unicode-DFS-2016"},
    {"what": "text table", "source": "all-MiniLM-L6-v2", "licence": "Apache-2.0"},
]


def main(args):
    plan = json.loads(args.config.read_text())
    saved = torch.load(args.run / "checkpoint.pt", map_location="cpu", weights_only=True)
    pictures, captions = load_data()
    vectors = [captions.vector(text) for texts in captions.texts for text in texts]
    shipped.save({**saved["ema"], "concepts": torch.stack(vectors)}, shipped.FOLDER / "draft.safetensors",
                 metadata={"name": "galley-draft", "licence": "Apache-2.0"})
    path = shipped.FOLDER / "draft.json"
    before = json.loads(path.read_text()) if path.exists() else {}
    description = {
        "format": 1,
        "name": "galley-draft",
        "revision": shipped.revision(),
        "architecture": "generator-refiner",
        "config": dataclasses.asdict(DraftConfig.from_json(plan["model"])),
        "native": plan["native"],
        "buckets": plan["buckets"],
        "steps": {"default": 2, "max": 4},
        "styles": STYLES,
        "confidence": before.get("confidence", {"a": 12.0, "b": -8.0, "threshold": 0.5}),
        "training": {
            "concepts": len(pictures),
            "captions": len(vectors),
            "steps": saved["state"]["step"],
            "seconds": round(saved["state"]["seconds"]),
            "samples": saved["state"]["step"] * plan["training"]["batch"] * args.world,
            "hardware": args.hardware,
        },
        "licences": LICENCES,
        "evaluation": before.get("evaluation", {}),
    }
    path.write_text(json.dumps(description, indent=2) + "\n", encoding="utf-8")
    size = (shipped.FOLDER / "draft.safetensors").stat().st_size
    print(f"revision {description['revision']}, {size / 1e6:.1f} MB, {description['training']}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--run", type=pathlib.Path, default=shipped.HERE / "work" / "small")
    parser.add_argument("--config", type=pathlib.Path, default=shipped.HERE / "small.json")
    parser.add_argument("--world", type=int, default=2, help="processes of the training run")
    parser.add_argument("--hardware", default="2 CPU cores, shared with other work")
    main(parser.parse_args())
