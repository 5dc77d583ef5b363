"""Golden pictures of the toys in other circumstances, made by diffusers: prompts longer than CLIP's window, the small autoencoder, other schedulers.

    python tests/parity/make_variant_fixtures.py

Runs after make_diffusers_fixtures.py, out of whose folders it takes the weights. Writes variants.json and variants.safetensors (8 bits a colour), and taesd/, a small
autoencoder at toy width that fits the toys.
"""

import json

import torch
from diffusers import AutoencoderTiny, DDIMScheduler, EulerDiscreteScheduler, StableDiffusionXLPipeline
from safetensors.torch import save_file

from make_diffusers_fixtures import CLIP, MERGES, OUT, PIPELINES, SD_BETAS, as_published, randomised
from make_weight_fixtures import toy_pipeline

ROOM = CLIP["max_position_embeddings"] - 2
BACK = 20  # tokens to the last comma
TINY = {"encoder_block_out_channels": (8,) * 3, "decoder_block_out_channels": (8,) * 3, "num_encoder_blocks": (1, 1, 1), "num_decoder_blocks": (1, 1, 1)}
LONG = "a house by the sea, two boats and a cat, the sun above the hills, warm light on old walls, a red flag, three trees, birds"
LIGHTNING = {"_class_name": "EulerDiscreteScheduler", **SD_BETAS, "timestep_spacing": "trailing", "steps_offset": 1}
SD21 = {"_class_name": "DDIMScheduler", **SD_BETAS, "prediction_type": "v_prediction", "steps_offset": 1, "set_alpha_to_one": False, "clip_sample": False}
VARIANTS = [
    {"toy": "toy-sd15", "prompt": LONG, "negative": "", "guidance": 7.5, "steps": 2, "seed": 3},
    {"toy": "toy-sd15", "prompt": "a cat", "negative": LONG, "guidance": 7.5, "steps": 2, "seed": 4},
    {"toy": "toy-sd15", "prompt": LONG.replace(",", ""), "negative": "dull", "guidance": 7.5, "steps": 2, "seed": 5},
    {"toy": "toy-sdxl", "prompt": LONG, "negative": "people", "guidance": 5.0, "steps": 2, "seed": 6},
    {"toy": "toy-sd-turbo", "prompt": LONG, "negative": "", "guidance": 0.0, "steps": 1, "seed": 7},
    {"toy": "toy-sd-turbo", "prompt": "a dog", "negative": "", "guidance": 0.0, "steps": 2, "seed": 8, "quick": True},
    {"toy": "toy-sdxl", "prompt": "a dog", "negative": "", "guidance": 5.0, "steps": 2, "seed": 9, "quick": True},
    {"toy": "toy-sd15", "prompt": "a boat", "negative": "dull", "guidance": 7.5, "steps": 4, "seed": 10, "scheduler": SD21},
    {"toy": "toy-sdxl", "prompt": "a boat", "negative": "", "guidance": 0.0, "steps": 4, "seed": 11, "scheduler": LIGHTNING},
]


def chunks_of(ids, comma):
    """stable-diffusion-webui, modules/sd_hijack_clip.py, tokenize_line()."""
    chunks, rest = [], list(ids)
    while len(rest) > ROOM:
        end = ROOM
        commas = [i for i in range(ROOM) if rest[i] == comma]
        if rest[ROOM] != comma and commas and ROOM - commas[-1] <= BACK:
            end = commas[-1] + 1
        chunks.append(rest[:end])
        rest = rest[end:]
    return chunks + [rest]


def features(prompt, count, encoder, tokenizer, is_xl):
    """[1, count · positions, width] and what the first chunk says as a whole."""
    ids = tokenizer(prompt, add_special_tokens=False)["input_ids"]
    comma = tokenizer(",", add_special_tokens=False)["input_ids"][0]
    chunks = chunks_of(ids, comma)
    made = []
    for chunk in chunks + [[]] * (count - len(chunks)):
        row = [tokenizer.bos_token_id] + chunk + [tokenizer.eos_token_id]
        said = encoder(torch.tensor([row + [tokenizer.pad_token_id] * (ROOM + 2 - len(row))]), output_hidden_states=True)
        made.append((said.hidden_states[-2] if is_xl else said.last_hidden_state, said[0]))
    return torch.cat([part for part, _ in made], 1), made[0][1]


def write_small_autoencoder():
    torch.manual_seed(5)
    tiny = randomised(AutoencoderTiny(**TINY))
    tiny.save_pretrained(OUT / "taesd", safe_serialization=True)
    as_published(OUT / "taesd" / "diffusion_pytorch_model.safetensors")
    return tiny


def write_variants(merges):
    tiny = write_small_autoencoder()
    pictures = {}
    for i, variant in enumerate(VARIANTS):
        is_xl = PIPELINES[variant["toy"]][0] is StableDiffusionXLPipeline
        scheduler = None
        if "scheduler" in variant:
            scheduler = {"DDIMScheduler": DDIMScheduler, "EulerDiscreteScheduler": EulerDiscreteScheduler}[variant["scheduler"]["_class_name"]].from_config(variant["scheduler"])
        pipeline, encoders = toy_pipeline(variant["toy"], merges, tiny if variant.get("quick") else None, scheduler)
        tokenizer = encoders[0][1]
        comma = tokenizer(",", add_special_tokens=False)["input_ids"][0]
        count = max(len(chunks_of(tokenizer(text, add_special_tokens=False)["input_ids"], comma)) for text in (variant["prompt"], variant["negative"]))
        assert (count > 1) == (LONG[:10] in variant["prompt"] + variant["negative"])

        def said(text):
            each = [features(text, count, encoder, its, is_xl) for encoder, its in encoders]
            return torch.cat([part for part, _ in each], 2), each[-1][1]
        embeds, pooled = said(variant["prompt"])
        negative, negative_pooled = said(variant["negative"])
        if is_xl and not variant["negative"]:
            negative, negative_pooled = torch.zeros_like(embeds), torch.zeros_like(pooled)
        xl = {"pooled_prompt_embeds": pooled, "negative_pooled_prompt_embeds": negative_pooled} if is_xl else {}
        picture = pipeline(prompt_embeds=embeds, negative_prompt_embeds=negative, **xl, num_inference_steps=variant["steps"], height=32, width=48,
                           guidance_scale=variant["guidance"], output_type="np", generator=torch.Generator("cpu").manual_seed(variant["seed"])).images[0]
        pictures[str(i)] = torch.from_numpy((picture * 255).round()).to(torch.uint8).contiguous()
    save_file(pictures, OUT / "variants.safetensors")
    (OUT / "variants.json").write_text(json.dumps(VARIANTS, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    with torch.inference_mode():
        write_variants(MERGES.read_text(encoding="utf-8").splitlines())
