"""The evaluation as one page of HTML: figures beside their goals, then the sheets.

    python page.py      the page and the list of goals anew, from the figures and sheets that are there
"""

import html
import json
import pathlib

HERE = pathlib.Path(__file__).parent
RESULTS = HERE.parent.parent / "tests" / "bench" / "results" / "draft-model.json"
PAGE = HERE / "work" / "evaluation"
RESOURCES = HERE.parent.parent / "resources"
SHEETS = [
    ("sheet64.png", "The 64 prompts of prompts64.tsv, for ever the same (seed 0, 2 steps), as the model draws them"),
    ("beside.png", "The same on white, coloured as the application does it: Generated on the left of each pair, clip art on the right"),
    ("steps.png", "Cut-outs, and below each what 1, 2 and 4 steps make of its caption"),
    ("held_drawings.png", "Drawings that were held out, and below each what the model makes of their captions, of which it knows another drawing"),
    ("held_captions.png", "Captions that were held out as a whole: the drawing, and below it what the model makes of the words. Auto takes clip art here"),
    ("colours.png", "cat, car, teapot, rose in the eight named colours, as the model's palette"),
    ("recoloured.png", "The same as the application does it: drawn without a palette, coloured afterwards"),
    ("styles.png", "The same in the model's own styles, which only other callers use: none, flat, outline, silhouette, sticker, neon, paper cut, halftone"),
    ("seeds.png", "Sixteen captions, seeds 0 to 3 one below the other: hue and brightness vary, shapes do not"),
    ("synonyms.png", "Phrases that no training caption has (probes.tsv)"),
]
STYLE = """body{font:15px/1.5 system-ui,sans-serif;max-width:1100px;margin:2em auto;padding:0 1em;color:#222;background:#fafafa}
img{max-width:100%;border:1px solid #ddd;border-radius:6px}table{border-collapse:collapse}td,th{padding:.3em .9em;border-bottom:1px solid #ddd;
text-align:left;vertical-align:top}td.n{text-align:right;font-variant-numeric:tabular-nums}pre{background:#fff;padding:1em;border:1px solid #ddd;overflow:auto}
@media(prefers-color-scheme:dark){body{color:#ddd;background:#1b1d21}td,th{border-color:#444}pre{background:#222}}"""


def bench(name):
    return json.loads(RESULTS.with_name(name).read_text(encoding="utf-8"))


def megabytes(*paths):
    return sum((RESOURCES / path).stat().st_size for path in paths) / 1e6


class Goals:
    """The table: each line what is asked, what was measured, the goal, whether it is reached (None: does not apply), and what has to be said with it."""

    def __init__(self):
        self.lines = []

    def add(self, what, measured, goal, reached, note=""):
        self.lines.append({"what": what, "measured": measured, "goal": goal, "reached": reached, "note": note})

    def share(self, what, value, least, note=""):
        self.add(what, f"{100 * value:.1f} %", f"≥ {least} %", value >= least / 100, note)


def recognition_goals(goals, r):
    recognised, held = r["recognised"], r["held_out"]
    drawings, synonyms, compared = held["drawings_of_trained_captions"], held["synonyms"], r["steps_compared"]
    goals.share("Trained captions, R@1 among 200, share of the ceiling", recognised["steps_2"]["of_the_ceiling"], 90,
                "The judge learnt the same captions: this says that a picture is the asked one, not that it is fine.")
    goals.share(f"Held-out drawings of trained captions ({drawings['drawings']}), the same", drawings["first"] / max(drawings["trained_drawing_first"], 1e-9), 60,
                "The judge learnt these drawings too, the model did not. It says that the model's picture of a caption is taken for the other drawing "
                "of the same thing, no more.")
    goals.share(f"Synonyms of trained captions ({synonyms['phrases']}), R@1 among 200", synonyms["first"], 75, "Phrases that are no name of the pack by now.")
    goals.add("Captions covered", f"{recognised['captions']:,}", "≥ 1,500", recognised["captions"] >= 1500)
    loss = 100 * (compared["steps_4"] - compared["steps_2"])
    goals.add(f"2 steps against 32, R@1, points lost (here against 4, the same {compared['captions']} captions)", f"{loss:.1f}", "≤ 5", None,
              "32 steps do not apply: the model is a generator with a refiner, four steps at most, and no flow.")


def use_goals(goals, r):
    everyday, product, side = r["everyday"], r["colour_in_the_application"], r["side_by_side"]
    others = everyday["phrases"] - everyday["known_word_for_word"]
    goals.share(f"Auto shows the asked thing, {everyday['phrases']} everyday phrases", everyday["auto_share"], 85,
                f"Of the {everyday['phrases']}, {everyday['known_word_for_word']} are a name of the pack word for word by now; of the other {others} "
                f"{100 * everyday['auto_share_of_the_others']:.1f} % are right. The labels are one person's. Clip art alone is right for "
                f"{everyday['clip_art_right']}, Auto for {everyday['auto_right']}; {everyday['phrases'] - everyday['with_a_drawing']} have no drawing at all.")
    unseen = r["unseen"]
    goals.share(f"The same, {unseen['phrases']} phrases of a later list for which nothing was added", unseen["auto_share"], 85,
                f"{unseen['known_word_for_word']} were a name of the pack all the same; of the others {100 * unseen['auto_share_of_the_others']:.1f} % are right. "
                f"{unseen['phrases'] - unseen['with_a_drawing']} have no drawing; of the {unseen['with_a_drawing']} that have one {100 * unseen['auto_share_of_these']:.1f} %.")
    each = ", ".join(f"{100 * share:.0f}" for share in side["generated_or_tie_of_each"].values())
    goals.share("Side by side, 64 prompts: Generated preferred to clip art, or as good", side["generated_or_tie"], 40,
                f"Both drawn by the application. {side['raters']} ({side['date']}, weights {side['weights']}): {side['generated']} picks for Generated, {side['tie']} ties, "
                f"{side['clip_art']} for clip art; by rater {each} %; {side['generated_or_tie_by_most']} of 64 pairs by most of them; all three alike in {side['by_all']}. "
                "For most of these words the pack has the very drawing that the model learnt, so that a tie is the best that its picture can be.")
    goals.add("Colour asked, ΔE2000, median: as the application does it, Generated (clip art)",
              f"{product['generated']['named']['median']} ({product['clip_art']['named']['median']})", "≤ 8", product["generated"]["named"]["median"] <= 8,
              f"Any colour: {product['generated']['any']['median']} ({product['clip_art']['any']['median']}). The application gives the model no palette; it turns the "
              "colour of the finished layer, whoever made it.")
    colour = r["colour_delta_e_2000"]
    goals.add("The same by the model's own palette, which only other callers use", f"{colour['named_colours_in_the_palette']['median']}", "≤ 8",
              colour["named_colours_in_the_palette"]["median"] <= 8,
              f"Any colour: {colour['any_colour_in_the_palette']['median']}. A colour word among the words alone, which the application does pass on: "
              f"{colour['colour_words_alone']['median']}.")


def draft_goals(goals):
    """Whole drafts, by bench_layouts."""
    drafts = bench("layouts.json")["results"]
    subjects, texts, contrast = drafts["subjects"], drafts["texts"], drafts["contrast on one colour"]
    goals.add(f"{drafts['layouts']['n']:,} layouts: subjects where the layout puts them, to a pixel at each side", f"{subjects['within_1_px']:,} of {subjects['n']:,}", "all",
              subjects["within_1_px"] == subjects["n"], f"{subjects['exact']:,} exactly. Smallest IoU {subjects['smallest_iou']} (pictures of a few pixels), from 100 px on "
              f"{subjects['smallest_iou_from_100_px']}.")
    goals.add("– set text inside its box, or reported as too large", f"{texts['whole_inside_box'] + texts['too_large_and_reported']:,} of {texts['n']:,}", "all",
              texts["too_large_in_silence"] + texts["ink_outside_box"] == 0, f"{texts['too_large_and_reported']} are too large for their box by design of the layouts.")
    goals.add("– contrast of text on one colour, as the template's colours promise", f"{contrast['exact']} of {contrast['n']}", "all", contrast["exact"] == contrast["n"],
              "On patterns and pictures: " + drafts["contrast on patterns and pictures"]["note"])


def cost_goals(goals):
    worker, gpu = bench("draft.json"), bench("layer-cuda.json")
    layer, plain = (worker["results"]["subject edit to new layer, worker warm" + kind] for kind in ("", ", fp32"))
    goals.add("One layer in the worker, edit to new layer, 2 cores with avx512_bf16", f"{layer['median_ms']:.0f} ms (p95 {layer['p95_ms']:.0f})",
              "≤ 60 ms (≤ 110 without bf16)", layer["median_ms"] <= 60, f"bench_draft, {worker['machine']['cpu']}, {worker['date']}. In fp32 {plain['median_ms']:.0f} ms (p95 {plain['p95_ms']:.0f}).")
    case = next(line for line in gpu["layer"] if (line["dtype"], line["width"], line["steps"]) == (gpu["chosen_dtype"], 256, 2))
    goals.add(f"One layer of 256 px, 2 steps, on a GPU ({gpu['device']})", f"{case['median_ms']:.1f} ms", "≤ 4 ms", case["median_ms"] <= 4,
              f"Weights {gpu['revision']}, before there were details and an upsampler.")
    model = megabytes(*(f"models/galley-draft/{name}" for name in ("draft.safetensors.zst", "text.safetensors.zst")))
    goals.add("Weights and text table", f"{model:.1f} MB", "≤ 30 MB", model <= 30)
    pack = megabytes(*(f"cutouts/{name}" for name in ("cutouts.bin", "index.json", "vectors.bin", "NOTICE")))
    names = megabytes("cutouts/names.tsv")
    goals.add("Pack: pictures, index, vectors (with the names in other languages)", f"{pack:.2f} MB ({pack + names:.2f})", "≤ 9 MB", pack <= 9,
              "Vectors of 4 bits, lossless files where smaller and an index without keys brought it down from 9.3 MB.")


def goals_of(results):
    goals = Goals()
    recognition_goals(goals, results)
    use_goals(goals, results)
    draft_goals(goals)
    cost_goals(goals)
    return goals.lines


def write(results, folder=PAGE):
    verdicts = {True: "reached", False: "not reached", None: "does not apply"}
    rows = "".join(f"<tr><td>{html.escape(line['what'])}</td><td class=n>{html.escape(line['measured'])}</td><td>{html.escape(line['goal'])}</td>"
                   f"<td>{verdicts[line['reached']]}</td><td>{html.escape(line['note'])}</td></tr>" for line in results["reach"])
    sheets = "".join(f"<h2>{html.escape(title)}</h2><img src='{name}' alt='{html.escape(title)}'>" for name, title in SHEETS)
    (folder / "index.html").write_text(
        f"<!doctype html><html lang=en><meta charset=utf-8><title>galley-draft {results['revision']}</title><style>{STYLE}</style>"
        f"<h1>galley-draft {results['revision']}</h1><table><tr><th>What</th><th>Measured</th><th>Goal</th><th></th><th>With it</th></tr>{rows}</table>"
        f"<p>What was tried on the way, with its figures, is in README.md (“What was tried”).</p>{sheets}"
        f"<h2>All figures</h2><pre>{html.escape(json.dumps(results, indent=2, ensure_ascii=False))}</pre></html>", encoding="utf-8")


def save(results):
    """The list of goals, the file of figures and the page."""
    results["reach"] = goals_of(results)
    PAGE.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    write(results)


if __name__ == "__main__":
    save(json.loads(RESULTS.read_text(encoding="utf-8")))
