"""Golden files for the C++ twin of packaging/draft-model/model.py: the real Python classes at toy width, seeded.

    python tests/parity/make_fixtures.py

Writes into tests/parity/data/draft/:
  NAME.json                  config, height, width, seeds of the noise
  NAME.weights.safetensors   the state dict, F32 in "wide" (else int8 with scales, in "detailed" with the details of four captions)
  NAME.io.safetensors        inputs vector, style, palette, noise; outputs cond, generator (unclamped), steps1 … steps3; of "detailed" also
                             the input detail, which is the third caption's (the second has none), and the outputs steps2 and without (two steps without it) alone
  parts.safetensors          cosine_basis, premultiplied, noise of seeds, a caption vector
  packed.safetensors.zst     300 numbers in a packed file, which the fuzzer begins with
  wordpiece.json             strings and their ids without special tokens, by the vocabulary in text.safetensors.zst
Expected of the twin in fp32 on a CPU: every output within 1e-4, ids exactly.
"""

import dataclasses
import json
import pathlib
import sys

import torch
from safetensors.torch import save_file

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "packaging" / "draft-model"))

from captions import tokenizer_of  # noqa: E402
from model import DraftConfig, DraftModel, caption_vector, confidence, cosine_basis, noise_from_seed, premultiplied  # noqa: E402
from shipped import TEXT, Details, dequantised, load, packed_details, quantised, write  # noqa: E402

OUT = pathlib.Path(__file__).parent / "data" / "draft"
TOY = {"vocab_size": 64, "max_tokens": 6, "text_dim": 16, "text_hidden": 24, "style_count": 4, "style_dim": 8, "noise_dim": 4,
       "cond_dim": 20, "basis": 3, "stem_channels": 6, "channels": (16, 8, 8, 8), "blocks": (2, 1, 1, 1), "refiner_channels": 12,
       "refiner_blocks": 2, "groups": 4}
CASES = {  # name: (changes to TOY, height, width, batch)
    "square": ({}, 32, 32, 1),
    "wide": ({"channels": (12, 8), "blocks": (1, 2), "refiner_channels": 8, "refiner_blocks": 1, "palette_size": 3}, 16, 32, 2),
    "tall": ({"refiner_blocks": 0, "groups": 2, "basis": 8, "blocks": (1, 0, 1, 0)}, 64, 32, 1),
    "quantised": ({}, 32, 32, 1),
    "detailed": ({"channels": (12, 8), "blocks": (1, 1), "refiner_channels": 8, "refiner_blocks": 1, "detail_channels": 4, "upsampler_channels": 6, "upsampler_blocks": 2},
                 64, 64, 1),
}


def toy_model(config):
    """Random everywhere: the refiner's last layer and the norms too, which start as zeros and ones."""
    model = DraftModel(config).eval().requires_grad_(False)
    for parameter in model.parameters():
        parameter.copy_(torch.randn_like(parameter) * (0.3 if parameter.dim() == 1 else 1.2 / parameter[0].numel() ** 0.5))
    return model


def write_case(name, changes, shown_height, shown_width, batch):
    config = DraftConfig(**{**TOY, **changes})
    model = toy_model(config)
    weights = model.state_dict()
    if name != "wide":
        weights = quantised(weights)
        model.load_state_dict(dequantised(weights))
    vector = torch.nn.functional.normalize(torch.randn(batch, config.text_dim), dim=1)
    style = torch.arange(batch) % config.style_count
    palette = torch.rand(batch, config.palette_size, 4)
    palette[..., 3] = (palette[..., 3] > 0.5).float()
    palette[..., :3] *= palette[..., 3:]
    seeds = [17 + i for i in range(batch)]
    noise = torch.cat([noise_from_seed(seed, config) for seed in seeds])
    cond = model.condition(vector, style, palette, noise)
    height, width = (side // config.enlargement for side in (shown_height, shown_width))
    outputs = {"cond": cond, "generator": model.generator(cond, height, width).contiguous()}
    detail, given = None, {}
    if config.detail_channels:
        masks = torch.rand(4, height // 8, width // 8) < 0.4
        masks[1] = False
        packed = packed_details(masks, torch.randint(-8, 8, (int(masks.sum()), config.detail_channels)), torch.tensor([0.2, 1.0, 0.3, 0.5]))
        weights |= packed
        detail = Details(dict(packed), [0, 0, 2, 3, 4]).of(3)[None]  # the first caption has another word, so the third one's row is 3
        given = {"detail": detail}
        outputs = {"without": model(vector, style, palette, noise, shown_height, shown_width, 2).contiguous()}
    for steps in (2,) if config.detail_channels else (1, 2, 3):
        outputs[f"steps{steps}"] = model(vector, style, palette, noise, shown_height, shown_width, steps, detail).contiguous()
    save_file({k: v.contiguous() for k, v in weights.items()}, OUT / f"{name}.weights.safetensors")
    save_file({"vector": vector, "style": style, "palette": palette, "noise": noise, **given, **outputs}, OUT / f"{name}.io.safetensors")
    description = {"config": dataclasses.asdict(config), "height": shown_height, "width": shown_width, "seeds": seeds}
    (OUT / f"{name}.json").write_text(json.dumps(description, indent=1) + "\n", encoding="utf-8")


def write_parts():
    config = DraftConfig(**TOY)
    table = torch.randn(config.vocab_size, config.text_dim)
    concepts = torch.nn.functional.normalize(torch.randn(5, config.text_dim), dim=1)
    ids = [3, 9, 9, 40, 1, 2, 63, 5]  # longer than max_tokens: the last two do not count
    vector = caption_vector(ids, table, config.max_tokens)
    picture = torch.randn(2, 4, 5, 3)
    tensors = {"basis.2x2": cosine_basis(2, 2, 3, torch.float32, "cpu"), "basis.6x10": cosine_basis(6, 10, 8, torch.float32, "cpu"),
               "premultiplied.in": picture, "premultiplied.out": premultiplied(picture),
               "caption.table": table, "caption.ids": torch.tensor(ids), "caption.out": vector,
               "confidence.concepts": concepts, "confidence.out": torch.tensor([confidence((concepts @ vector).max().item(), 9.5, -4.25)])}
    for seed in (0, 1, 42, 2147483647):
        tensors[f"noise.{seed}"] = noise_from_seed(seed, DraftConfig())
    save_file(tensors, OUT / "parts.safetensors")
    write({"numbers": torch.arange(300)}, OUT / "packed.safetensors.zst")


def strings():
    """About 300 inputs: plain captions, accents, scripts, emoji, controls, spaces, punctuation and very long words."""
    nouns = ["cat", "dog", "sailboat", "hamburger", "fire engine", "hot beverage", "graduation cap", "t rex", "jack o lantern", "kiwi fruit"]
    plain = [f"{word} {noun}" for word in ("a", "The", "RED", "two blue", "hand-drawn", "cute little", "1950s", "X-ray of a")
             for noun in nouns]
    marks = [f"{noun}{mark}" for noun in ("cat", "Coffee", "don't", "e-mail", "rock'n'roll")
             for mark in ("!", "...", "?!", " (outline)", "—dash", "“quoted”", "'s", "/dog", "@2x", "#1", " & dog", "$5", "100%", "_x_", "~", "^2", "`", "|", "=", "+", "<b>")]
    accents = ["crème brûlée", "piñata", "jalapeño", "Ångström", "naïve café", "CAFE\u0301", "re\u0301sume\u0301", "Żółć", "İstanbul", "ıI",
               "Straße", "ŒUVRE", "ﬁsh", "Ǆ", "ͅα", "ά", "Ελλάδα", "ΌΔΟΣ", "Ḃḃ", "a\u0308\u0304", "ﬀ", "Ⅷ", "①", "²", "½", "K", "Å", "ſ"]
    scripts = ["猫", "寿司 sushi", "红色的汽车", "東京タワー", "カレーライス", "ｶﾚｰ", "한국어", "강아지", "кошка", "Ёлка", "йод", "قطة", "مرحبا بالعالم",
               "شَمْس", "חתול", "שָׁלוֹם", "แมว", "बिल्ली", "किताब", "বিড়াল", "பூனை", "გამარჯობა", "ԿԱՏՈՒ", "𠮷野家", "㐀", "豈", "𝒞𝒶𝓉", "ⓐⓑ", "ｆｕｌｌ　ｗｉｄｔｈ", "cat猫dog", "a、b。c"]
    emoji = ["🐱", "🐱 cat", "👩‍🚀", "👍🏽", "🇩🇪", "❤️", "☕️ coffee", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "™", "©2024", "→", "★ star", "€20", "°C", "…", "«a»", "¿qué?", "‽"]
    blanks = ["", " ", "\t\n\r", "\u00a0", "\u3000", "a\u00a0b", "a\u200bb", "a\u200db", "\ufeffcat", "a\u00adb", "a\u2028b", "\u0000", "a\u0000b", "a\u0001b", "a\u007fb",
              "a\u0085b", "\ufffd", "a\ufffdb", "  two   spaces  ", "tab\tbed", "line\nbreak", "a\u200eb", "\u202ecat\u202c", "\ue000", "a\u2060b", "\u180ecat", "\u1680x"]
    long = ["a" * 99, "a" * 100, "a" * 101, "é" * 100, "é" * 101, "猫" * 120, "supercalifragilisticexpialidocious", "antidisestablishmentarianism",
            "pneumonoultramicroscopicsilicovolcanoconiosis", "x" * 500, "cat " * 60, "qzxjkv", "zzyzx", "👍" * 101, "-" * 150, "e\u0301" * 60, "1234567890" * 9, "0x7fff", "3.14159", "1,000,000"]
    more = [f"{n} {thing}" for n in (1, 12, 2024, 31337) for thing in ("apples", "m²", "km/h", "°", "№", "x×y", "ﬂags")]
    return plain + marks + accents + scripts + emoji + blanks + long + more


def write_wordpiece():
    tokenizer = tokenizer_of(load(TEXT))
    cases = [{"text": text, "ids": tokenizer.encode(text, add_special_tokens=False).ids} for text in strings()]
    (OUT / "wordpiece.json").write_text(json.dumps(cases, ensure_ascii=True, separators=(",", ":")).replace("},{", "},\n{") + "\n",
                                        encoding="ascii")
    return len(cases)


def main():
    torch.manual_seed(20)
    OUT.mkdir(parents=True, exist_ok=True)
    with torch.inference_mode():
        for name, case in CASES.items():
            if name == "detailed":
                write_parts()  # in this place, so that what is older keeps its numbers
            write_case(name, *case)
    print(len(CASES), "cases,", write_wordpiece(), "strings,", sum(f.stat().st_size for f in OUT.iterdir()), "bytes")


if __name__ == "__main__":
    main()
