"""Golden pictures of prompts whose words count differently, made by diffusers from text features that are weighted here.

    python tests/parity/make_weight_fixtures.py

Writes weightrequests.json and weights.safetensors (8 bits a colour, to be small) into the toy folders of make_diffusers_fixtures.py, after which it must run.
"""

import json

import torch
from diffusers import AutoencoderKL, StableDiffusionXLPipeline, UNet2DConditionModel
from safetensors.torch import save_file
from transformers import CLIPTextModel, CLIPTextModelWithProjection

from make_diffusers_fixtures import CLIP, MERGES, OUT, PIPELINES, tokenizer_for

# Prompts with the weights of AUTOMATIC1111's web UI, taken apart by hand: what counts how much.
WEIGHT_REQUESTS = {
    "toy-sd15": [{"prompt": "a (red:1.4) [pea], (big (cat:0.5))", "parts": [("a ", 1), ("red", 1.4), (" ", 1), ("pea", 1 / 1.1), (", ", 1), ("big ", 1.1), ("cat", 0.55)],
                  "negative": "(bad)", "negative_parts": [("bad", 1.1)], "steps": 3, "seed": 3}],
    "toy-sdxl": [{"prompt": "\\(red\\) (sea:1.6), a (house by the sea:0.2) and more", "negative": "", "negative_parts": [],
                  "parts": [("(red) ", 1), ("sea", 1.6), (", a ", 1), ("house by the sea", 0.2), (" and more", 1)], "steps": 3, "seed": 5}],
}


def weighted_features(parts, encoder, tokenizer, is_xl):
    """Of one text encoder: (weighted [1, N, size], pooled). stable-diffusion-webui, modules/sd_emphasis.py, "Original"."""
    room = CLIP["max_position_embeddings"] - 2
    ids, weights = [], []
    for text, weight in parts:
        words = tokenizer(text, add_special_tokens=False)["input_ids"]
        ids += words
        weights += [weight] * len(words)
    ids = [tokenizer.bos_token_id] + ids[:room] + [tokenizer.eos_token_id]
    ids += [tokenizer.pad_token_id] * (room + 2 - len(ids))
    weights = [1.0] + weights[:room]
    weights += [1.0] * (room + 2 - len(weights))
    said = encoder(torch.tensor([ids]), output_hidden_states=True)
    plain = said.hidden_states[-2] if is_xl else said.last_hidden_state
    features = plain * torch.tensor(weights).view(1, -1, 1)
    return features * (plain.mean() / features.mean()), said[0]


def toy_pipeline(name, merges, vae=None, scheduler=None):
    """diffusers' pipeline of a toy folder, and its text encoders, each with its tokenizer."""
    cls, _, own, _, _ = PIPELINES[name]
    folder = OUT / "pipelines" / name
    parts = {"vae": vae or AutoencoderKL.from_pretrained(folder / "vae"), "text_encoder": CLIPTextModel.from_pretrained(folder / "text_encoder"),
             "tokenizer": tokenizer_for(merges, "<|endoftext|>"), "unet": UNet2DConditionModel.from_pretrained(folder / "unet"), "scheduler": scheduler or own}
    encoders = [(parts["text_encoder"], parts["tokenizer"])]
    if cls is StableDiffusionXLPipeline:
        encoders.append((CLIPTextModelWithProjection.from_pretrained(folder / "text_encoder_2"), tokenizer_for(merges, "!")))
        pipeline = cls(**parts, text_encoder_2=encoders[1][0], tokenizer_2=encoders[1][1], add_watermarker=False)
    else:
        pipeline = cls(**parts, safety_checker=None, feature_extractor=None, requires_safety_checker=False)
    pipeline.to(torch.float32)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline, encoders


def write_weights(merges):
    for name, requests in WEIGHT_REQUESTS.items():
        cls, _, _, guidance, _ = PIPELINES[name]
        is_xl = cls is StableDiffusionXLPipeline
        folder = OUT / "pipelines" / name
        pipeline, encoders = toy_pipeline(name, merges)
        pictures = {}
        for i, request in enumerate(requests):
            def features(words):
                made = [weighted_features(words, encoder, tokenizer, is_xl) for encoder, tokenizer in encoders]
                return torch.cat([feature for feature, _ in made], 2), made[-1][1]
            embeds, pooled = features(request["parts"])
            negative, negative_pooled = features(request["negative_parts"])
            if not request["negative"] and is_xl:
                negative, negative_pooled = torch.zeros_like(embeds), torch.zeros_like(pooled)
            xl = {"pooled_prompt_embeds": pooled, "negative_pooled_prompt_embeds": negative_pooled} if is_xl else {}
            picture = pipeline(prompt_embeds=embeds, negative_prompt_embeds=negative, **xl, num_inference_steps=request["steps"], height=32, width=32,
                               guidance_scale=guidance, output_type="np", generator=torch.Generator("cpu").manual_seed(request["seed"])).images[0]
            pictures[str(i)] = torch.from_numpy((picture * 255).round()).to(torch.uint8).contiguous()
        save_file(pictures, folder / "weights.safetensors")
        asked = [{key: request[key] for key in ("prompt", "negative", "steps", "seed")} for request in requests]
        (folder / "weightrequests.json").write_text(json.dumps(asked, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    with torch.inference_mode():
        write_weights(MERGES.read_text(encoding="utf-8").splitlines())
