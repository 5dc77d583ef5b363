"""Writes the weights of a training run as the application's model: draft.safetensors.zst and draft.json.

    python export.py [--runs work/full …] [--config full.json] [--hardware "one NVIDIA H200"]
    python export.py --runs work/taught --continued --share 0.8 --from WEIGHTS
    python export.py --words     new words for captions of the weights that are there, and of those that have none, out of captions.tsv and aliases.tsv

Several runs, of which each began with the weights of the one before: the last one's weights, the time of all. Where the first one began with
the weights that are there now (train.py --start), --continued: their training becomes the "earlier" one.
After train.py --teach, --share goes only so much of the way from the weights before: most of what was learnt stays, and less of what was known is lost
(Wortsman et al. 2022); details are taught after that. `evaluate.py` then fills in "confidence" and "evaluation"; until then an export keeps the ones of the model before it.
"""

import argparse
import dataclasses
import json
import pathlib

import torch

import augment
import data
import shipped
from model import DRAWN, DraftConfig
from train import load_data

LIMITS = [
    "It draws single things as icons and clip art: no photos, no scenes, no lettering.",
    "It knows the things that it was taught. For other words it gives what comes nearest, which is why Auto takes clip art where the model is not sure, and says so.",
    "Things that are newer in the pack than its training are clip art alone.",
    "Seed 0 draws in natural colours, another one with another hue and brightness, not another drawing.",
    "The finest detail, such as spokes and strings, comes out rough. Clip art is cleaner there.",
]
LICENCES = [
    {"what": "pictures learnt from", "source": "Noto Emoji (fonts-noto-color-emoji 2.042)", "licence": "Apache-2.0 (art), OFL-1.1 (font)"},
    {"what": "pictures learnt from", "source": "Open Clip Art Library (openclipart-svg 0.18), those marked so", "licence": "Public domain"},
    {"what": "pictures learnt from", "source": "drawn for Galley", "licence": "CC0-1.0"},
    {"what": "captions", "source": "Unicode CLDR 41, and our own", "licence": "Unicode-DFS-2016"},
    {"what": "text table", "source": "all-MiniLM-L6-v2", "licence": "Apache-2.0"},
]


def last_line(run):
    """Steps, pictures and seconds at the end of a run."""
    return json.loads((run / "log.jsonl").read_text(encoding="utf-8").splitlines()[-1])


def write_words():
    """Writes what data.concepts() says of the captions that the weights know, and of the others; → {"concepts", "names", "untaught"}, how many.

    Another word for a trained caption needs no training, because it is drawn as that caption is. All other captions are the clip art's,
    and so are those that left the pack: what the model learnt of them is not asked for again.
    """
    words = {row["caption"]: [row["caption"], *filter(None, row["keywords"].split(","))] for row in data.concepts()}
    tensors = shipped.load(shipped.DRAFT)
    before = [texts[0] for name in ("captions", "untaught") if name in tensors for texts in shipped.lists_of(tensors[name])]
    texts = {text for own in words.values() for text in own}
    gone = [[caption] for caption in before if caption and caption not in texts]
    known = shipped.lists_of(tensors["captions"])
    # The vector knows no order: "running woman" for one thing would take "woman running" from another, so that it is a word for that.
    owners = {frozenset(own[0].split()): own[0] for own in known if own[0] in words}
    for caption, own in words.items():
        for text in own[1:]:
            owner = owners.get(frozenset(text.split()), caption)
            if owner != caption:
                own.remove(text)
                words[owner].append(text)
    stays = torch.tensor([own[0] in words for own in known])
    lists = [words.pop(own[0]) for own in known if own[0] in words]
    tensors |= shipped.details_of_some(tensors, stays)
    tensors["captions"], tensors["untaught"] = shipped.text_of(lists), shipped.text_of([*words.values(), *gone])
    shipped.write(tensors, shipped.DRAFT)
    return {"concepts": len(lists), "names": sum(map(len, lists)), "untaught": len(words)}


def earlier(training):
    """What the weights that a training began with had seen, in all."""
    past = training.pop("earlier", {})
    training["hardware"] = ", ".join(dict.fromkeys(name for own in (past, training) if "hardware" in own for name in own["hardware"].split(", ")))
    return {"runs": past.get("runs", 0) + training.pop("runs", 1), **training,
            **{key: past.get(key, 0) + training[key] for key in ("steps", "seconds", "samples")}}


def renew_words():
    path = shipped.FOLDER / "draft.json"
    description = json.loads(path.read_text())
    description["words"] = write_words()  # those of today; "training" keeps those that it saw
    description["revision"] = shipped.revision()
    path.write_text(json.dumps(description, indent=2) + "\n", encoding="utf-8")
    print(f"revision {description['revision']}, {description['words']}")


def blended(before, after, share, config):
    """Tensors of two weights files → those `share` of the way from the one to the other, with the captions of the other."""
    before, after = (shipped.dequantised(shipped.load(file)) for file in (before, after))
    if shipped.DETAILS[0] in after:
        raise SystemExit("--from: details belong to the pictures of one generator. Blend first, then teach the details.")
    before = shipped.widened(before, config)
    return {name: tensor if tensor.dtype == torch.uint8 else before[name].lerp(tensor, share) for name, tensor in after.items()}


def main(args):
    if args.words:
        return renew_words()
    plan = json.loads(args.config.read_text())
    config = DraftConfig.from_json(plan["model"])
    weights = args.runs[-1] / "now.safetensors"
    _, rows, captions = load_data(32, {texts[0] for texts in shipped.lists_of(shipped.load(weights)["captions"])})
    if args.before:
        shipped.save(blended(args.before, weights, args.share, config), shipped.DRAFT)
    else:
        shipped.write(shipped.load(weights), shipped.DRAFT)
    words = write_words()
    path = shipped.FOLDER / "draft.json"
    before = json.loads(path.read_text()) if path.exists() else {}
    ends = [last_line(run) for run in args.runs]
    description = {
        "format": 1,
        "name": "galley-draft",
        "revision": shipped.revision(),
        "architecture": "generator-details-refiner-upsampler",
        "config": dataclasses.asdict(config),
        "native": plan["native"] * config.enlargement,
        "buckets": [[side * config.enlargement for side in bucket] for bucket in plan["buckets"]],
        "steps": {"default": 2, "max": 4},
        "styles": augment.STYLES,
        "grounding": {"weight": DRAWN, "start": 0.6, "colors": list(augment.COLORS)},
        "confidence": before.get("confidence", {"a": 12.0, "b": -8.0, "threshold": 0.5}),
        "training": {
            "drawings": len(rows),
            "concepts": len(captions.names),
            "captions": words["names"],
            "steps": sum(end["step"] for end in ends),
            "seconds": round(sum(end["seconds"] for end in ends)),
            "samples": sum(end["pictures"] for end in ends),
            "hardware": args.hardware,
        },
        "words": words,
        "limits": LIMITS,
        "licences": LICENCES,
        "evaluation": before.get("evaluation", {}),
    }
    description["training"] |= {"runs": len(args.runs)} if len(args.runs) > 1 else {}
    if args.continued:
        description["training"]["earlier"] = earlier(before["training"])
    path.write_text(json.dumps(description, indent=2) + "\n", encoding="utf-8")
    size = shipped.DRAFT.stat().st_size
    print(f"revision {description['revision']}, {size / 1e6:.1f} MB, {description['training']}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=pathlib.Path, nargs="+", default=[shipped.HERE / "work" / "full"])
    parser.add_argument("--config", type=pathlib.Path, default=shipped.HERE / "full.json")
    parser.add_argument("--hardware", default=f"{torch.get_num_threads()} CPU threads" if not torch.cuda.is_available() else torch.cuda.get_device_name())
    parser.add_argument("--continued", action="store_true", help="the first run began with the weights that are there now")
    parser.add_argument("--from", dest="before", type=pathlib.Path, help="the weights that the run began with")
    parser.add_argument("--share", type=float, default=1.0, help="how far to go from them")
    parser.add_argument("--words", action="store_true")
    main(parser.parse_args())
