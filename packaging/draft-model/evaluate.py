"""Measures the shipped weights (int8, as the application runs them): one command, one page, always the same questions.

    python evaluate.py            → tests/bench/results/draft-model.json, work/evaluation/index.html with its sheets, draft.json
    python evaluate.py --weights FILE       prints the first figures of other weights, and writes nothing

* `recognised`: by the judge (encoder.py). The picture of a caption is right when, of 200 fixed captions, the judge finds its own nearest;
  the ceiling is the same question about the real cut-out. The held-out drawings of trained captions are never seen by the model: its
  picture is right when the held-out drawing of its caption is the nearest of 200 drawings. Synonyms are phrases of probes.tsv.
* `pixels`: nearest of all trained cut-outs by plain distance at 48 px, PSNR, edges; needs no judge.
* `colour`: ΔE2000 between a wished colour and that of the subject's main part: by the model's palette and by word, and as the application
  does it, which colours the finished layer (recolour.py).
* `confidence`: σ(a · cosine + b), fitted on probes.tsv. `everyday`: 300 phrases that were written before anybody looked at the captions,
  with those captions that would do, added later and whenever there are new captions; what Auto shows for them, by the model's picture or by clip art.
  Aliases and drawings came after they were known. `unseen`: 300 more, of a later day, after which no caption, alias or drawing was added for them.
"""

import argparse
import csv
import json
import pathlib
import platform
import time

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from skimage.color import deltaE_ciede2000, rgb2lab

import augment
import data
import encoder
import pack
import page
import recolour
import sheet
import sidebyside
from shipped import FOLDER, HERE, Shipped
from train import load_data

PAGE = page.PAGE
COMPARED = 48  # pixels
CANDIDATES = 200
OTHER_STEPS = 400  # captions for the numbers of steps that are not the default
# Auto takes the model's own picture where nine in ten of its pictures of such words are right, else clip art.
AUTO_CHANCE = 0.9


def small(x):
    """[B, 4, S, S] → [B, 4 · 48 · 48]"""
    return F.adaptive_avg_pool2d(x, COMPARED).flatten(1)


def spread(count, of):
    """`count` positions spread evenly over `of`, always the same ones."""
    return torch.linspace(0, of - 1, min(count, of)).long().tolist()


class Evaluation:
    """The model, its pictures of all trained captions, and the judge."""

    def __init__(self, shipped):
        self.shipped, self.judge = shipped, encoder.load()
        self.native, = self.shipped.config.drawn_size(self.shipped.description["native"])
        self.pictures, self.rows, self.captions = load_data(self.native, set(self.shipped.trained))
        self.pictures = self.pictures.float() / 255
        self.results = {"revision": self.shipped.description["revision"], "training": self.shipped.description["training"]}

    def render(self, phrases, **options):
        """At the size that the model was taught at, which is that of the cut-outs: what is shown has twice as many pixels a side."""
        shown = torch.cat([self.shipped.render(phrases[begin:begin + 32], **options) for begin in range(0, len(phrases), 32)])
        return F.avg_pool2d(shown, self.shipped.config.enlargement)

    def ranks_of_captions(self, x, names, among):
        """Rank (0 = nearest) of each picture's own caption among the fixed ones and its own."""
        vectors = torch.stack([self.captions.vector(name) for name in among])
        texts = self.judge.texts(vectors)
        own = self.judge.texts(torch.stack([self.captions.vector(name) for name in names]))
        seen = self.judge.pictures(x)
        similarity = seen @ texts.T
        similarity[torch.tensor([[a == name for a in among] for name in names])] = -2
        return (similarity > (seen * own).sum(dim=1, keepdim=True)).sum(dim=1)


def share(ranks, below):
    return round((ranks < below).float().mean().item(), 4)


def recognition(e, most=None):
    """Trained captions (at most so many) by the judge, as shares of what it makes of the real cut-outs."""
    names = e.captions.names
    among = [names[i] for i in spread(CANDIDATES, len(names))]
    first_of = [e.captions.of_row.index(i) for i in range(len(names))]
    truth = e.ranks_of_captions(e.pictures[first_of], names, among)
    result = {"captions": len(names), "candidates": CANDIDATES,
              "ceiling": {"first": share(truth, 1), "first_five": share(truth, 5)}}
    compared = {"captions": min(OTHER_STEPS, len(names))}
    e.outputs, e.asked = {}, {1: spread(OTHER_STEPS, len(names)), 2: spread(most or len(names), len(names)), 4: spread(OTHER_STEPS, len(names))}
    for steps, asked in e.asked.items():
        asked_names = [names[i] for i in asked]
        out = e.outputs[steps] = e.render(asked_names, steps=steps)
        ranks, ceiling = e.ranks_of_captions(out, asked_names, among), share(truth[asked], 1)
        result[f"steps_{steps}"] = {"captions": len(asked), "first": share(ranks, 1), "first_five": share(ranks, 5),
                                    "of_the_ceiling": round(share(ranks, 1) / ceiling, 4)}
        if steps == 2:
            e.wrong = [names[i] for i in (ranks > 0).nonzero().flatten().tolist()]
        compared[f"steps_{steps}"] = share(ranks[[asked.index(i) for i in e.asked[4]]], 1)
    e.results["recognised"], e.results["steps_compared"] = result, compared


def held_out(e):
    """Held-out drawings of trained captions, synonyms, and captions that were held out as a whole."""
    pictures, rows = data.load(e.native)
    pictures = torch.from_numpy(pictures).float() / 255
    drawings = [i for i, row in enumerate(rows) if row["held"] == "drawing" and row["caption"] in e.captions.names]
    own = {rows[i]["caption"] for i in drawings}
    # The trained drawings of the same captions would be right answers too.
    others = [i for i, row in enumerate(rows) if row["caption"] not in own]
    among = drawings + [others[i] for i in spread(CANDIDATES - len(drawings), len(others))]
    seen, index = e.judge.pictures(pictures[among]), torch.arange(len(drawings))
    out = e.render([rows[i]["caption"] for i in drawings])
    trained = [next(j for j, row in enumerate(e.rows) if row["caption"] == rows[i]["caption"]) for i in drawings]

    def ranks(x):
        similarity = e.judge.pictures(x) @ seen.T
        return (similarity > similarity[index, index][:, None]).sum(dim=1)

    ceiling = share(ranks(e.pictures[trained]), 1)
    held = {"drawings": len(drawings), "first": share(ranks(out), 1), "first_five": share(ranks(out), 5), "trained_drawing_first": ceiling}
    probes = [row for row in csv.DictReader(open(HERE / "probes.tsv", encoding="utf-8"), delimiter="\t") if row["expected"]]
    probes = [row for row in probes if row["phrase"] not in {text for texts in e.captions.texts for text in texts}]
    names = [[n for n in row["expected"].split(",") if n in e.captions.names] for row in probes]
    probes, names = [p for p, n in zip(probes, names) if n], [n for n in names if n]
    fixed = [e.captions.names[i] for i in spread(CANDIDATES, len(e.captions.names))]
    e.synonym_pictures = e.render([row["phrase"] for row in probes])
    best = torch.stack([e.ranks_of_captions(e.synonym_pictures[i:i + 1].expand(len(n), -1, -1, -1), n,
                                            [f for f in fixed if f not in n]).min() for i, n in enumerate(names)])
    taught = set(e.judge.captions)  # the judge cannot find what it does not know
    concepts = sorted({row["caption"] for row in rows if row["held"] == "concept"} & taught)
    unseen_pictures = e.render(concepts)
    unseen = e.ranks_of_captions(unseen_pictures, concepts, fixed)
    first = [next(i for i, row in enumerate(rows) if row["caption"] == name) for name in concepts]
    e.held_sheets = {"held_drawings.png": (pictures[drawings], out), "held_captions.png": (pictures[first], unseen_pictures)}
    e.results["held_out"] = {"drawings_of_trained_captions": held, "synonyms": {"phrases": len(probes), "first": share(best, 1)},
                             "captions": {"captions": len(concepts), "first": share(unseen, 1)}}


def pixels(e):
    candidates, of_row = small(e.pictures), torch.tensor(e.captions.of_row)
    result = {}
    for steps, out in e.outputs.items():
        drawings = torch.tensor(e.asked[steps])[:, None]
        distance = torch.cdist(small(out), candidates)
        nearest = of_row[distance.argmin(dim=1)]
        own = torch.where(of_row[None] == drawings, distance, torch.inf).argmin(dim=1)  # the seed chooses among several drawings
        truth = e.pictures[own]
        alpha, true_alpha = out[:, 3] > 0.5, truth[:, 3] > 0.5
        result[f"steps_{steps}"] = {
            "nearest_cutout_is_its_own": round((nearest == drawings[:, 0]).float().mean().item(), 4),
            "psnr_db": round((-10 * ((out - truth) ** 2).mean(dim=(1, 2, 3)).log10()).mean().item(), 2),
            "edge_energy_of_truth": round((edge_energy(out) / edge_energy(truth)).item(), 3),
            "alpha_iou": round(((alpha & true_alpha).sum(dim=(1, 2)) / (alpha | true_alpha).sum(dim=(1, 2)).clamp(min=1)).mean().item(), 4),
        }
    e.results["pixels"] = result


def seeds(e):
    names = e.captions.names
    other = e.render([names[i] for i in spread(120, len(names))], seed=2)
    one = e.outputs[2][spread(120, len(names))]
    e.results["seeds"] = {"two_seeds_mean_difference": round((other - one).abs().mean().item(), 4), **drawings_reached(e)}


def drawings_reached(e):
    """Of captions with several drawings in colour: the share of these that eight seeds show."""
    reached = []
    for i, name in enumerate(e.captions.names):
        own = [row for row, caption in enumerate(e.captions.of_row) if caption == i and e.rows[row]["style"] == "colour"]
        if len(own) > 1:
            seeds = torch.cat([e.render([name], seed=seed) for seed in range(1, 9)])
            reached.append(len(set(torch.cdist(small(seeds), small(e.pictures[own])).argmin(dim=1).tolist())) / len(own))
    return {"captions_with_several_drawings": len(reached), "reached_by_eight_seeds": round(sum(reached) / len(reached), 3) if reached else None}


def edge_energy(x):
    """Mean square of neighbouring differences of alpha and colours."""
    return (x.diff(dim=2) ** 2).mean() + (x.diff(dim=3) ** 2).mean()


def delta_e(x, rgb):
    """ΔE2000 of the main part of each picture to the wish [B, 3]"""
    got = augment.subject_color(x)[0].clamp(0, 1).double().numpy()
    return deltaE_ciede2000(rgb2lab(got), rgb2lab(rgb.double().numpy()))


def summary(errors):
    return {"median": round(float(np.median(errors)), 2), "p90": round(float(np.quantile(errors, 0.9)), 2)}


def colour(e):
    names = [e.captions.names[i] for i in spread(24, len(e.captions.names))]
    generator = torch.Generator().manual_seed(5)
    wishes = {"named_colours_in_the_palette": torch.tensor(list(augment.COLORS.values())),
              "any_colour_in_the_palette": torch.rand(8, 3, generator=generator)}
    result = {}
    for name, colors in wishes.items():
        result[name] = summary([delta_e(e.render(names, palette=color), color.expand(len(names), 3)) for color in colors])
    result["colour_words_alone"] = summary([delta_e(e.render([f"{word} {name}" for name in names]), torch.tensor(rgb).expand(len(names), 3))
                                            for word, rgb in augment.COLORS.items()])
    own = [i for i in spread(24, len(e.rows))]
    painted = [delta_e(augment.paint(e.pictures[own], torch.tensor(rgb).expand(len(own), 3)), torch.tensor(rgb).expand(len(own), 3))
               for rgb in augment.COLORS.values()]
    result["what_training_asks_for"] = {"median": round(float(np.median(painted)), 2)}
    e.results["colour_delta_e_2000"] = result
    layers = {"generated": e.render(names), "clip_art": torch.stack([sidebyside.fitted(pack.picture_of(item)) for item in pack.taken(names, e.captions.vector)])}
    e.results["colour_in_the_application"] = {
        source: {kind: summary([delta_e(recolour.painted(x, color.numpy()), color.expand(len(names), 3)) for color in wishes[wish]])
                 for kind, wish in (("named", "named_colours_in_the_palette"), ("any", "any_colour_in_the_palette"))} for source, x in layers.items()}


def styles(e):
    chosen = spread(24, len(e.captions.names))
    names = [e.captions.names[i] for i in chosen]
    truth = e.pictures[[e.captions.of_row.index(i) for i in chosen]]
    e.results["style_psnr_db"] = {}
    for number, style in enumerate(augment.STYLES[1:], start=1):
        error = (e.render(names, style=number) - augment.stylise(truth, number)) ** 2
        e.results["style_psnr_db"][style] = round((-10 * error.mean(dim=(1, 2, 3)).log10()).mean().item(), 2)


def fit_logistic(x, y):
    """Maximum likelihood of σ(a x + b), with a weak pull to small a → a, b"""
    torch.set_grad_enabled(True)
    a, b = torch.tensor(5.0, dtype=torch.double, requires_grad=True), torch.tensor(0.0, dtype=torch.double, requires_grad=True)
    optimizer = torch.optim.LBFGS([a, b], max_iter=200, line_search_fn="strong_wolfe")

    def closure():
        optimizer.zero_grad()
        loss = F.binary_cross_entropy_with_logits(a * x + b, y) + 1e-4 * a**2
        loss.backward()
        return loss

    optimizer.step(closure)
    torch.set_grad_enabled(False)
    return round(a.item(), 4), round(b.item(), 4)


def table(name):
    with open(HERE / name, encoding="utf-8", newline="") as file:
        return [(row["phrase"], row["expected"].split(",")) for row in csv.DictReader(file, delimiter="\t")]


def drawn(e, phrases):
    """Cosine to the nearest trained caption [N], and the caption of the cut-out that the model's picture is nearest to."""
    nearest = torch.cdist(small(e.render(phrases)), small(e.pictures)).argmin(dim=1).tolist()
    cosine = torch.tensor([e.shipped.nearest(phrase) for phrase in phrases], dtype=torch.double)
    return cosine, [e.rows[found]["caption"] for found in nearest]


def rightness(shown, rows):
    return torch.tensor([float(caption in expected) for caption, (_, expected) in zip(shown, rows)], dtype=torch.double)


def confidence(e):
    """Fitted on probes.tsv, measured on both lists of phrases. Phrases that mean no picture are always wrong."""
    rows = table("probes.tsv")
    cosine, shown = drawn(e, [phrase for phrase, _ in rows])
    right = rightness(shown, rows)
    a, b = fit_logistic(cosine, right)
    fit = {"a": a, "b": b, "threshold": chosen_threshold(torch.sigmoid(a * cosine + b), right)}
    gaps = {}
    for name in ("everyday", "unseen"):
        e.results[name], gaps[name] = phrases(e, table(f"{name}.tsv"), fit)
    e.results["confidence"] = {"fitted_on": len(rows), "right_of_these": int(right.sum()), "threshold": fit["threshold"],
                               "chance_of_trained_captions": round(torch.sigmoid(torch.tensor(a + b)).item(), 4),
                               "calibration_gap_on_everyday_phrases": gaps["everyday"], "calibration_gap_on_unseen_phrases": gaps["unseen"]}
    return fit


def phrases(e, rows, fit):
    """What Auto shows for a list of phrases → figures, mean gap between the confidence and what was right"""
    asked = [phrase for phrase, _ in rows]
    cosine, shown = drawn(e, asked)
    chance, generated_right = torch.sigmoid(fit["a"] * cosine + fit["b"]), rightness(shown, rows)
    clip_art_right = rightness([item["caption"] for item in pack.taken(asked, e.captions.vector)], rows)
    bins = [(chance >= low / 5) & (chance < low / 5 + 0.2) for low in range(5)]
    gap = sum(abs(chance[m].mean() - generated_right[m].mean()).item() * m.sum().item() for m in bins if m.any()) / len(chance)
    sure = chance >= fit["threshold"]
    has = torch.tensor([bool(expected[0]) for _, expected in rows])
    auto = torch.where(sure, generated_right, clip_art_right)
    known = {text for item in data.items() for text in (item["caption"], *item["keywords"])}
    other = torch.tensor([phrase not in known for phrase in asked])  # these show what is found without knowing the words
    return {"phrases": len(rows), "with_a_drawing": int(has.sum()), "auto_share": round(auto.mean().item(), 4),
            "auto_share_of_these": round(auto[has].mean().item(), 4), "known_word_for_word": int((~other).sum()),
            "auto_share_of_the_others": round(auto[other].mean().item(), 4),
            "auto_share_of_the_others_with_a_drawing": round(auto[other & has].mean().item(), 4),
            "generated_share_of_these": round(generated_right[has].mean().item(), 4),
            "clip_art_share_of_these": round(clip_art_right[has].mean().item(), 4), "generated_chosen": int(sure.sum()),
            "generated_chosen_and_right": int(generated_right[sure].sum()),
            "clip_art_right": int(clip_art_right.sum()), "auto_right": int(auto.sum())}, round(gap, 4)


def chosen_threshold(chance, right):
    """The lowest hundredth above which AUTO_CHANCE of the phrases were right."""
    for percent in range(30, 100):
        sure = chance >= percent / 100
        if sure.any() and right[sure].mean() >= AUTO_CHANCE:
            return percent / 100
    return 0.99


def latency(e):
    """Best of ten in Python: the median says more about what else the machine does. The application is faster: bench_draft."""
    e.results["latency_ms_best_in_python"] = {"machine": platform.processor() or platform.machine()}
    for threads in (1, 2):
        torch.set_num_threads(threads)
        for steps in (1, 2, 4):
            times = []
            for _ in range(10):
                begin = time.perf_counter()
                e.render(["cat"], steps=steps)
                times.append((time.perf_counter() - begin) * 1000)
            e.results["latency_ms_best_in_python"][f"threads_{threads}_steps_{steps}"] = round(min(times), 1)


def sheet_of(rows, path):
    """Rows of pictures [N, 4, S, S], eight or sixteen abreast, one under the other."""
    Image.fromarray(torch.cat([sheet.row_of(sheet.on_checkerboard(row)) for row in rows]).numpy()).save(path)


def sheets(e):
    """Pictures for the page: 64 fixed prompts, cut-outs above results, seeds, unseen words."""
    rows = list(csv.DictReader(open(HERE / "prompts64.tsv", encoding="utf-8"), delimiter="\t"))
    tiles = [e.render([row["prompt"]], style=augment.STYLES.index(row["style"]),
                      palette=torch.tensor(augment.COLORS[row["colour"]]) if row["colour"] else None)[0] for row in rows]
    sheet_of(torch.stack(tiles).split(8), PAGE / "sheet64.png")
    chosen = spread(48, len(e.captions.names))
    truth = e.pictures[[e.captions.of_row.index(i) for i in chosen]]
    out = [e.render([e.captions.names[i] for i in chosen], steps=steps) for steps in (1, 2, 4)]
    sheet_of([part for i in range(0, 48, 16) for part in (truth[i:i + 16], *(o[i:i + 16] for o in out))], PAGE / "steps.png")
    plain = [e.rows[e.captions.of_row.index(i)]["caption"] for i in spread(48, len(e.captions.names))
             if e.rows[e.captions.of_row.index(i)]["style"] == "colour"][:16]
    sheet_of([e.render(plain, seed=seed) for seed in range(4)], PAGE / "seeds.png")
    sidebyside.sheet_of_both(e.shipped, PAGE / "beside.png")
    for name, (above, below) in e.held_sheets.items():
        chosen = spread(48, len(above) - len(above) % 16)
        sheet_of([part for i in range(0, len(chosen), 16) for part in (above[chosen[i:i + 16]], below[chosen[i:i + 16]])], PAGE / name)
    words = ["cat", "car", "teapot", "rose"]
    sheet_of([torch.cat([e.render([word], palette=torch.tensor(rgb)) for rgb in augment.COLORS.values()]) for word in words], PAGE / "colours.png")
    sheet_of([torch.cat([recolour.painted(e.render([word]), rgb) for rgb in augment.COLORS.values()]) for word in words], PAGE / "recoloured.png")
    sheet_of([torch.cat([e.render([word], style=s) for s in range(len(augment.STYLES))]) for word in words], PAGE / "styles.png")
    sheet_of(e.synonym_pictures[:48].split(16), PAGE / "synonyms.png")


def quick(shipped):
    """What the judge and plain distances say of a model's pictures of captions that it knows."""
    e = Evaluation(shipped)
    recognition(e, OTHER_STEPS)
    pixels(e)
    return {steps: {"first": e.results["recognised"][steps]["first"], **e.results["pixels"][steps]} for steps in e.results["pixels"]}


def main():
    e = Evaluation(Shipped())
    parts = [recognition, held_out, pixels, seeds, colour, styles]
    for part in parts:
        part(e)
        print(f"{part.__name__}: done", flush=True)
    fit = confidence(e)
    latency(e)
    e.results["not_recognised"] = e.wrong[:60]
    e.results["side_by_side"] = sidebyside.tally()
    page.save(e.results)
    short = {key: e.results[key] for key in ("recognised", "held_out")}
    short["colour_in_the_application"] = {source: found["named"] for source, found in e.results["colour_in_the_application"].items()}
    short["side_by_side"] = {k: e.results["side_by_side"][k] for k in ("pairs", "generated_or_tie")}
    short["confidence"] = {k: e.results["confidence"][k] for k in ("chance_of_trained_captions", "threshold")}
    everyday = "phrases", "with_a_drawing", "known_word_for_word", "auto_share", "auto_share_of_these", "auto_share_of_the_others"
    for name in ("everyday", "unseen"):
        short[name] = {k: e.results[name][k] for k in everyday}
    e.shipped.description["confidence"], e.shipped.description["evaluation"] = fit, short
    (FOLDER / "draft.json").write_text(json.dumps(e.shipped.description, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(e.results, indent=2, ensure_ascii=False))
    sheets(e)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=pathlib.Path)
    weights = parser.parse_args().weights
    with torch.no_grad():
        print(json.dumps(quick(Shipped(weights=weights)), indent=2)) if weights else main()
