"""The evaluation as one page of HTML: figures beside their goals, then the sheets."""

import html
import json

SHEETS = [
    ("sheet64.png", "The 64 prompts of prompts64.tsv, for ever the same (seed 1, 2 steps)"),
    ("steps.png", "Cut-outs, and below each what 1, 2 and 4 steps make of its caption"),
    ("colours.png", "cat, car, teapot, rose in the eight named colours, as a palette"),
    ("styles.png", "The same in the styles: none, flat, outline, silhouette, sticker, neon, paper cut, halftone"),
    ("seeds.png", "Captions with several drawings, seeds 1 to 4"),
    ("synonyms.png", "Phrases that no training caption has (probes.tsv)"),
]
STYLE = """body{font:15px/1.5 system-ui,sans-serif;max-width:1100px;margin:2em auto;padding:0 1em;color:#222;background:#fafafa}
img{max-width:100%;border:1px solid #ddd;border-radius:6px}table{border-collapse:collapse}td,th{padding:.3em .9em;border-bottom:1px solid #ddd;
text-align:left}td.n{text-align:right;font-variant-numeric:tabular-nums}pre{background:#fff;padding:1em;border:1px solid #ddd;overflow:auto}
@media(prefers-color-scheme:dark){body{color:#ddd;background:#1b1d21}td,th{border-color:#444}pre{background:#222}}"""


def goals(r):
    """→ [(what, measured, goal)]"""
    recognised, held, colour = r["recognised"], r["held_out"], r["colour_delta_e_2000"]
    drawings = held["drawings_of_trained_captions"]
    return [
        ("Trained captions, R@1 among 200, share of the ceiling", f"{recognised['steps_2']['of_the_ceiling']:.1%}", "≥ 90 %"),
        (f"Held-out drawings ({drawings['drawings']}), R@1 among 200, share of what the trained drawing reaches",
         f"{drawings['first'] / max(drawings['trained_drawing_first'], 1e-9):.1%}", "≥ 60 %"),
        (f"Synonyms ({held['synonyms']['phrases']}), R@1 among 200", f"{held['synonyms']['first']:.1%}", "≥ 75 %"),
        (f"Auto shows the asked thing, {r['everyday']['phrases']} everyday phrases (the pack has {r['everyday']['with_a_drawing']} of them)",
         f"{r['everyday']['auto_share']:.1%}", "≥ 85 %"),
        ("Captions covered", f"{recognised['captions']}", "≥ 1,500"),
        ("Wished colour, ΔE2000, median", f"{colour['named_colours_in_the_palette']['median']}", "≤ 8"),
        ("Any colour, ΔE2000, median", f"{colour['any_colour_in_the_palette']['median']}", "≤ 8"),
        ("2 steps, R@1 lost against 4 steps, points", f"{100 * (recognised['steps_4']['first'] - recognised['steps_2']['first']):.1f}", "≤ 5"),
    ]


def write(path, results):
    rows = "".join(f"<tr><td>{html.escape(what)}</td><td class=n>{html.escape(value)}</td><td>{goal}</td></tr>" for what, value, goal in goals(results))
    sheets = "".join(f"<h2>{html.escape(title)}</h2><img src='{name}' alt='{html.escape(title)}'>" for name, title in SHEETS)
    path.write_text(f"<!doctype html><html lang=en><meta charset=utf-8><title>galley-draft {results['revision']}</title><style>{STYLE}</style>"
                    f"<h1>galley-draft {results['revision']}</h1><table><tr><th>What</th><th>Measured</th><th>Goal</th></tr>{rows}</table>{sheets}"
                    f"<h2>All figures</h2><pre>{html.escape(json.dumps(results, indent=2))}</pre></html>", encoding="utf-8")
