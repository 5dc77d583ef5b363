"""Golden files for the large families: the real classes of diffusers and transformers, at toy width and from their published configs.

    pip install torch diffusers transformers open_clip_torch
    python tests/parity/make_diffusers_fixtures.py [--pipelines | --images | --tiles | --tokens]

Writes into tests/parity/data/diffusers/:
  NAME.json, NAME.weights.safetensors, NAME.io.safetensors   config.json, state dict (F16) and inputs and outputs of a module at toy width
  tiles.io.safetensors  latents and what the autoencoder's tiled_decode() makes of them; --tiles makes only these, with the weights that are there
  keys.json        of every published model: how many tensors and numbers it has, and the SHA-256 of its sorted lines "name [shape]"
  ldm.json         where each tensor of diffusers is in a single file of the original layout, for toys; how many tensors the published ones have, and a digest
  schedulers.json  config, timesteps and the sample after each step, for fixed outputs of the model and fixed noise
  cliptokens.json  strings, and their ids without begin and end; of all but the first 300 only how many and the first 12 digits of the SHA-256 of
                   the ids with a space between them
  pipelines/NAME/  a whole model folder at toy width, as diffusers saves it, with requests.json and pictures.safetensors: what its pipeline made of them;
                   imagerequests.json and images.safetensors are those that start from a picture. --images makes only these, out of the folders that are there, and --ldm only ldm.json;
                   weightrequests.json and weights.safetensors are made out of it by make_weight_fixtures.py,
                   and variants.json, variants.safetensors and taesd/ beside the pipelines by make_variant_fixtures.py.
                   The pipelines and vae.weights.safetensors share their autoencoder, the pipelines their text encoders and, of one configuration, their UNet:
                   one folder has the weights, the others have links to them
and resources/models/clip/merges.txt: CLIP's own vocabulary, out of open_clip (MIT), for models that are one file; a folder brings its own.
Expected in fp32 on a CPU: modules within 1e-4 of max(1, largest value), ids and keys exactly.
"""

import gzip
import functools
import hashlib
import importlib.util
import json
import pathlib
import random
import shutil
import sys

import torch
import diffusers.loaders.single_file_utils as single
from diffusers import (AutoencoderKL, AutoencoderTiny, DDIMScheduler, EulerAncestralDiscreteScheduler, EulerDiscreteScheduler, LatentConsistencyModelImg2ImgPipeline,
                       LatentConsistencyModelPipeline, LCMScheduler, StableDiffusionImg2ImgPipeline, StableDiffusionPipeline, StableDiffusionXLImg2ImgPipeline,
                       StableDiffusionXLPipeline, UNet2DConditionModel)
from safetensors.torch import load_file, save_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

from make_fixtures import strings as plain_strings

OUT = pathlib.Path(__file__).parent / "data" / "diffusers"
MERGES = pathlib.Path(__file__).parents[2] / "resources" / "models" / "clip" / "merges.txt"
MERGE_COUNT = 49152 - 256 - 2  # CLIP's own; the file has more

# ---- modules at toy width: every block type and every switch that a real configuration uses --------------------------------------------------

CLIP = {"vocab_size": 99, "hidden_size": 16, "intermediate_size": 40, "num_hidden_layers": 3, "num_attention_heads": 4, "max_position_embeddings": 20,
        "projection_dim": 12, "bos_token_id": 97, "eos_token_id": 98}
UNET = {"sample_size": 8, "block_out_channels": (8, 16, 16, 16), "norm_num_groups": 4, "layers_per_block": 1, "cross_attention_dim": 12,
        "attention_head_dim": (2, 4, 4, 4), "down_block_types": ("CrossAttnDownBlock2D",) * 3 + ("DownBlock2D",),
        "up_block_types": ("UpBlock2D",) + ("CrossAttnUpBlock2D",) * 3}
UNETS = {
    "unet-sd15": {**UNET, "attention_head_dim": 4},
    "unet-lcm": {**UNET, "attention_head_dim": 4, "time_cond_proj_dim": 10},
    "unet-sd21": {**UNET, "use_linear_projection": True, "layers_per_block": 2},
    "unet-sdxl": {"sample_size": 8, "block_out_channels": (8, 16, 16), "norm_num_groups": 4, "layers_per_block": 2, "cross_attention_dim": 12,
                  "attention_head_dim": (2, 4, 4), "transformer_layers_per_block": (1, 1, 2), "use_linear_projection": True,
                  "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
                  "up_block_types": ("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
                  "addition_embed_type": "text_time", "addition_time_embed_dim": 6, "projection_class_embeddings_input_dim": 6 * 6 + 10},
}
VAE = {"block_out_channels": (8, 8, 16), "norm_num_groups": 4, "layers_per_block": 2, "latent_channels": 4,
       "down_block_types": ("DownEncoderBlock2D",) * 3, "up_block_types": ("UpDecoderBlock2D",) * 3}
TINY = {"encoder_block_out_channels": (8,) * 4, "decoder_block_out_channels": (8,) * 4}


def randomised(module):
    """Random everywhere, biases and norms too, at a size that keeps activations near 1; numbers that F16 holds, as the published files have them."""
    module = module.eval().requires_grad_(False)
    for parameter in module.parameters():
        parameter.copy_(torch.randn_like(parameter) * (0.3 if parameter.dim() == 1 else 1.0 / parameter[0].numel() ** 0.5))
        if parameter.dim() == 1:
            parameter.add_(0.5)
        parameter.copy_(parameter.half())
    return module


def file_names(module):
    """The state dict with the names of the published files: transformers 5 leaves "text_model." out in memory."""
    state = module.state_dict()
    if isinstance(module, CLIPTextModel):
        state = {name if name.startswith("text_model.") else "text_model." + name: tensor for name, tensor in state.items()}
    return {name: tensor for name, tensor in state.items() if not name.endswith("position_ids")}


def write_module(name, module, config, io):
    save_file({key: tensor.half().contiguous() for key, tensor in file_names(module).items()}, OUT / f"{name}.weights.safetensors")
    write_io(name, config, io)


def write_io(name, config, io):
    save_file({key: tensor.contiguous().clone() for key, tensor in io.items()}, OUT / f"{name}.io.safetensors")
    (OUT / f"{name}.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


def write_clip(name, cls, activation):
    config = CLIPTextConfig(**CLIP, hidden_act=activation, architectures=[cls.__name__])
    module = randomised(cls(config))
    ids = torch.randint(0, 97, (2, 20))
    ids[:, 0] = 97
    ids[0, 7:] = 98  # the first end token counts
    ids[1, 19] = 98
    out = module(ids, output_hidden_states=True)
    pooled = out.text_embeds if cls is CLIPTextModelWithProjection else out.pooler_output
    write_module(name, module, {**CLIP, "hidden_act": activation, "architectures": [cls.__name__]},
                 {"ids": ids, "last": out.last_hidden_state, "penultimate": out.hidden_states[-2], "pooled": pooled})


def write_unet(name, config):
    module = randomised(UNet2DConditionModel(**config))
    io = {"sample": torch.randn(2, 4, 16, 8), "timestep": torch.tensor([999.0, 41.0]), "text": torch.randn(2, 5, 12)}
    extra = {}
    if "addition_embed_type" in config:
        io["pooled"] = torch.randn(2, 10)
        io["time_ids"] = torch.tensor([[512.0, 512, 0, 0, 512, 512], [640, 384, 8, 0, 640, 384]])
        extra["added_cond_kwargs"] = {"text_embeds": io["pooled"], "time_ids": io["time_ids"]}
    if "time_cond_proj_dim" in config:
        io["time_cond"] = torch.randn(2, 10)
        extra["timestep_cond"] = io["time_cond"]
    io["out"] = module(io["sample"], io["timestep"], io["text"], **extra).sample
    io["odd_sample"] = torch.randn(2, 4, 10, 14)  # halves that are rounded
    io["odd_out"] = module(io["odd_sample"], io["timestep"], io["text"], **extra).sample
    write_module(name, module, {**config, "_class_name": "UNet2DConditionModel"}, io)


def write_taesd():
    tiny = randomised(AutoencoderTiny(**TINY))
    picture, small = torch.rand(2, 3, 32, 16) * 2 - 1, torch.randn(2, 4, 4, 2)
    write_module("taesd", tiny, TINY, {"picture": picture, "latents": small, "encoded": tiny.encode(picture).latents, "decoded": tiny.decode(small).sample})


def write_vae():
    """The pipelines' autoencoder by itself; its weights are a link to theirs."""
    vae, dice = shared("vae"), torch.Generator().manual_seed(6)
    picture, latents = torch.rand(2, 3, 32, 16, generator=dice) * 2 - 1, torch.randn(2, 4, 8, 4, generator=dice)
    write_io("vae", {**VAE, "scaling_factor": 0.18215},
             {"picture": picture, "latents": latents, "encoded": vae.encode(picture).latent_dist.mode(), "decoded": vae.decode(latents).sample})
    weights = OUT / "vae.weights.safetensors"
    weights.unlink(missing_ok=True)
    weights.symlink_to("pipelines/toy-sd-turbo/vae/diffusion_pytorch_model.safetensors")


def write_tiles():
    """Sides that squares of four latents, three apart, do not fill."""
    vae = AutoencoderKL(**VAE, sample_size=16).eval()
    vae.load_state_dict({key: tensor.float() for key, tensor in load_file(OUT / "vae.weights.safetensors").items()})
    vae.enable_tiling()
    latents = torch.randn(1, 4, 11, 7, generator=torch.Generator().manual_seed(5))
    save_file({"latents": latents, "decoded": vae.decode(latents).sample.contiguous()}, OUT / "tiles.io.safetensors")


# ---- published models: names, counts and shapes, without weights -----------------------------------------------------------------------------

SD15 = {"block_out_channels": (320, 640, 1280, 1280), "cross_attention_dim": 768, "attention_head_dim": 8, "layers_per_block": 2,
        "down_block_types": UNET["down_block_types"], "up_block_types": UNET["up_block_types"]}
SD21 = {**SD15, "cross_attention_dim": 1024, "attention_head_dim": (5, 10, 20, 20), "use_linear_projection": True}
SDXL = {**UNETS["unet-sdxl"], "sample_size": 128, "block_out_channels": (320, 640, 1280), "norm_num_groups": 32, "cross_attention_dim": 2048,
        "attention_head_dim": (5, 10, 20), "transformer_layers_per_block": (1, 2, 10), "addition_time_embed_dim": 256,
        "projection_class_embeddings_input_dim": 2816}
KL = {"block_out_channels": (128, 256, 512, 512), "layers_per_block": 2, "latent_channels": 4, "down_block_types": ("DownEncoderBlock2D",) * 4,
      "up_block_types": ("UpDecoderBlock2D",) * 4}
CLIP_L = {"hidden_size": 768, "intermediate_size": 3072, "num_hidden_layers": 12, "num_attention_heads": 12, "projection_dim": 768, "hidden_act": "quick_gelu"}
CLIP_H = {"hidden_size": 1024, "intermediate_size": 4096, "num_hidden_layers": 23, "num_attention_heads": 16, "projection_dim": 512, "hidden_act": "gelu"}
CLIP_G = {"hidden_size": 1280, "intermediate_size": 5120, "num_hidden_layers": 32, "num_attention_heads": 20, "projection_dim": 1280, "hidden_act": "gelu"}
PUBLISHED = {
    "sd15-unet": (UNet2DConditionModel, SD15), "lcm-dreamshaper-unet": (UNet2DConditionModel, {**SD15, "time_cond_proj_dim": 256}),
    "sd-turbo-unet": (UNet2DConditionModel, SD21), "sdxl-unet": (UNet2DConditionModel, SDXL), "vae": (AutoencoderKL, KL), "taesd": (AutoencoderTiny, {}),
    "clip-l": (CLIPTextModel, CLIP_L), "openclip-h": (CLIPTextModel, CLIP_H), "openclip-bigg": (CLIPTextModelWithProjection, CLIP_G),
}


def write_keys():
    result = {}
    for name, (cls, config) in PUBLISHED.items():
        with torch.device("meta"):
            module = cls(CLIPTextConfig(**config)) if cls.__name__.startswith("CLIP") else cls(**config)
        state = file_names(module)
        lines = sorted(f"{key} {list(tensor.shape)}" for key, tensor in state.items())
        architecture = {"architectures": [cls.__name__]} if cls.__name__.startswith("CLIP") else {}
        result[name] = {"class": cls.__name__, "config": {**config, **architecture}, "tensors": len(lines), "numbers": sum(t.numel() for t in state.values()),
                        "sha256": hashlib.sha256("\n".join(lines).encode()).hexdigest()}
        print(name, result[name]["tensors"], result[name]["numbers"])
    (OUT / "keys.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


# ---- single files in the original layout ------------------------------------------------------------------------------------------------------

# What a real file cannot be asked for are the heads: 8 in SD 1.5, else channels of 64. Everything else is as small as the layout allows.
WIDE = {"sample_size": 64, "block_out_channels": (64, 128), "norm_num_groups": 32, "layers_per_block": 1, "cross_attention_dim": 64,
        "down_block_types": ("CrossAttnDownBlock2D", "DownBlock2D"), "up_block_types": ("UpBlock2D", "CrossAttnUpBlock2D")}
LDM_TOYS = {
    "sd15": {**WIDE, "attention_head_dim": 8},
    "sd21": {**WIDE, "attention_head_dim": (1, 2), "use_linear_projection": True},
    "sdxl": {**WIDE, "attention_head_dim": (1, 2), "use_linear_projection": True, "cross_attention_dim": 128, "addition_embed_type": "text_time",
             "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D"), "up_block_types": ("CrossAttnUpBlock2D", "UpBlock2D"),
             "transformer_layers_per_block": (1, 2), "addition_time_embed_dim": 256, "projection_class_embeddings_input_dim": 6 * 256 + 64},
}
LDM_VAE = {"block_out_channels": (32, 32, 64), "norm_num_groups": 32, "layers_per_block": 1, "latent_channels": 4,
           "down_block_types": ("DownEncoderBlock2D",) * 3, "up_block_types": ("UpDecoderBlock2D",) * 3}
LDM_CLIP = {"vocab_size": 512 + 200 + 2, "hidden_size": 64, "intermediate_size": 96, "num_hidden_layers": 2, "num_attention_heads": 1,
            "max_position_embeddings": 20, "projection_dim": 64}
TEXTS = {  # where the text encoders are
    "sd15": [("cond_stage_model.transformer.", CLIPTextModel, CLIP_L)],
    "sd21": [("cond_stage_model.model.", CLIPTextModel, CLIP_H)],
    "sdxl": [("conditioner.embedders.0.transformer.", CLIPTextModel, CLIP_L), ("conditioner.embedders.1.model.", CLIPTextModelWithProjection, CLIP_G)],
}


def ldm_unet(name, config):
    """The name in the original layout of a tensor of UNet2DConditionModel."""
    plain = {"conv_in": "input_blocks.0.0", "time_embedding.linear_1": "time_embed.0", "time_embedding.linear_2": "time_embed.2", "conv_norm_out": "out.0",
             "conv_out": "out.2", "add_embedding.linear_1": "label_emb.0.0", "add_embedding.linear_2": "label_emb.0.2"}
    resnet = {"norm1": "in_layers.0", "conv1": "in_layers.2", "time_emb_proj": "emb_layers.1", "norm2": "out_layers.0", "conv2": "out_layers.3",
              "conv_shortcut": "skip_connection"}
    per = config["layers_per_block"] + 1
    parts = name.split(".")
    if parts[0] not in ("down_blocks", "up_blocks", "mid_block"):
        stem, _, leaf = name.rpartition(".")
        return f"{plain[stem]}.{leaf}"
    if parts[0] == "mid_block":
        block, kind, rest = f"middle_block.{2 * int(parts[2]) if parts[1] == 'resnets' else 1}", parts[1], parts[3:]
    else:
        level, kind, i, rest = int(parts[1]), parts[2], int(parts[3]), parts[4:]
        if kind == "downsamplers":
            return f"input_blocks.{(level + 1) * per}.0.op.{rest[-1]}"
        if kind == "upsamplers":
            return f"output_blocks.{level * per + per - 1}.{2 if config['up_block_types'][level].startswith('Cross') else 1}.conv.{rest[-1]}"
        index = 1 + level * per + i if parts[0] == "down_blocks" else level * per + i
        block = f"{'input' if parts[0] == 'down_blocks' else 'output'}_blocks.{index}.{0 if kind == 'resnets' else 1}"
    return ".".join([block, resnet[rest[0]], *rest[1:]] if kind == "resnets" else [block, *rest])


def ldm_vae(name, config):
    levels = len(config["block_out_channels"])
    parts = name.split(".")
    if len(parts) < 4:
        return name.replace("conv_norm_out", "norm_out")
    half, rest = parts[0], parts[1:]
    if rest[0] == "mid_block":
        block, rest = f"{half}.mid." + (f"block_{int(rest[2]) + 1}" if rest[1] == "resnets" else "attn_1"), rest[3:]
    else:
        level = int(rest[1]) if half == "encoder" else levels - 1 - int(rest[1])
        side = "down" if half == "encoder" else "up"
        block, rest = f"{half}.{side}.{level}." + (f"block.{rest[3]}" if rest[2] == "resnets" else f"{side}sample"), rest[4:]
    leaf = ".".join(rest).replace("to_out.0", "proj_out").replace("to_", "").replace("group_norm", "norm").replace("conv_shortcut", "nin_shortcut")
    return f"{block}.{leaf}"


def original_clip(state, prefix, is_open):
    """CLIP's state dict as the original files have it: transformers' names, or OpenCLIP's with query, key and value in one."""
    if not is_open:
        return {prefix + name: tensor for name, tensor in state.items()}
    renames = {"text_model.encoder.layers.": "transformer.resblocks.", "layer_norm1": "ln_1", "layer_norm2": "ln_2", "mlp.fc1": "mlp.c_fc", "mlp.fc2": "mlp.c_proj",
               "self_attn.": "attn.", "text_model.embeddings.token_embedding": "token_embedding", "text_model.final_layer_norm": "ln_final",
               "text_model.embeddings.position_embedding.weight": "positional_embedding", "text_projection.weight": "text_projection"}
    result = {}
    for name, tensor in state.items():
        if ".k_proj." in name or ".v_proj." in name:
            continue
        if ".q_proj." in name:
            tensor = torch.cat([state[name.replace(".q_proj.", f".{one}_proj.")] for one in "qkv"])
            name = name.replace("q_proj.", "in_proj_")
        for old, new in renames.items():
            name = name.replace(old, new)
        result[prefix + name] = tensor.T.contiguous() if name == "text_projection" else tensor
    return result


def original_parts(family, unet, vae, texts, device):
    """(state dict of diffusers, the same as a single file has it) of each part."""
    with torch.device(device):
        unet_state = UNet2DConditionModel(**unet).state_dict()
        vae_state = AutoencoderKL(**vae).state_dict()
        text_states = [file_names(cls(CLIPTextConfig(**config))) for (_, cls, _), config in zip(TEXTS[family], texts)]
    yield unet_state, {"model.diffusion_model." + ldm_unet(name, unet): tensor for name, tensor in unet_state.items()}
    original = {"first_stage_model." + ldm_vae(name, vae): tensor for name, tensor in vae_state.items()}
    yield vae_state, {name: tensor[:, :, None, None] if ".attn_1." in name and tensor.dim() == 2 else tensor for name, tensor in original.items()}
    for (prefix, _, _), state in zip(TEXTS[family], text_states):
        yield state, original_clip(state, prefix, prefix.endswith(".model."))


def converted(original, unet, vae, text):
    """What diffusers' own converter makes of a part of a single file: the truth about the names."""
    some = next(iter(original))
    if some.startswith("model."):
        return single.convert_ldm_unet_checkpoint(dict(original), unet)
    if some.startswith("first_stage_model."):
        return single.convert_ldm_vae_checkpoint(dict(original), vae)
    if ".model." not in some:
        return single.convert_ldm_clip_checkpoint(dict(original))
    holder = type("Holder", (), {"config": CLIPTextConfig(**text)})
    prefix = some[:some.index(".model.") + len(".model.")]
    return single.convert_open_clip_checkpoint(holder, dict(original), prefix)


def origin_of(wanted, original):
    """[name, piece, pieces, transposed] of the tensor that wanted was made from: all values are different."""
    first = wanted.flatten()[0].item()
    for name, tensor in original.items():
        if not (tensor == first).any():
            continue
        if tensor.numel() == wanted.numel():
            return [name, 0, 1, tensor.squeeze().shape != wanted.squeeze().shape or not torch.equal(tensor.flatten(), wanted.flatten())]
        pieces = tensor.numel() // wanted.numel()
        piece = [torch.equal(part, wanted) for part in tensor.chunk(pieces)].index(True)
        return [name, piece, pieces, False]
    raise KeyError(first)


def numbered(state):
    """The same tensors with all values different."""
    result, start = {}, 1
    for name, tensor in state.items():
        result[name] = torch.arange(start, start + tensor.numel(), dtype=torch.float64).view(tensor.shape)
        start += tensor.numel()
    return result


def shared(origins, known):
    """The place of a part's {"prefix", "names"} in known; most origins are a name alone."""
    prefix = next(iter(origins.values()))[0]
    while not all(origin[0].startswith(prefix) for origin in origins.values()):
        prefix = prefix[:-1]
    names = {name: [origin[0][len(prefix):], *origin[1:]] if origin[1:] != [0, 1, False] else origin[0][len(prefix):] for name, origin in origins.items()}
    part = {"prefix": prefix, "names": names}
    if part not in known:
        known.append(part)
    return known.index(part)


def single_line(name, shape):
    """A convolution of one pixel is written like the linear layer that may stand for it."""
    shape = list(shape)
    return f"{name} {shape[:2] if shape[2:] == [1, 1] else shape}"


def write_ldm():
    """ldm.json: for toys, where in the original file each tensor of diffusers is; for the published models, how many tensors the file has and their digest."""
    result = {"origins": [], "toys": {}, "published": {}}
    for family, unet in LDM_TOYS.items():
        texts = [{**LDM_CLIP, "hidden_act": one[2]["hidden_act"], "architectures": [one[1].__name__]} for one in TEXTS[family]]
        origins = []
        for state, original in original_parts(family, unet, LDM_VAE, texts, "cpu"):
            original = numbered(original)
            result_state = converted(original, unet, LDM_VAE, texts[-1])
            assert result_state.keys() == state.keys(), family
            origins.append(shared({name: origin_of(tensor, original) for name, tensor in result_state.items()}, result["origins"]))
        result["toys"][family] = {"unet": unet, "vae": LDM_VAE, "texts": texts, "origins": origins}
    for family, unet in {"sd15": SD15, "sd21": SD21, "sdxl": SDXL}.items():
        lines = []
        for state, original in original_parts(family, unet, KL, [one[2] for one in TEXTS[family]], "meta"):
            shapes = {name: tensor.shape for name, tensor in converted(original, unet, KL, TEXTS[family][-1][2]).items()}
            assert shapes == {name: tensor.shape for name, tensor in state.items()}, family
            lines += [single_line(name, tensor.shape) for name, tensor in original.items()]
        lines.sort()
        result["published"][family] = {"tensors": len(lines), "sha256": hashlib.sha256("\n".join(lines).encode()).hexdigest()}
        print(family, len(lines))
    (OUT / "ldm.json").write_text(json.dumps(result, separators=(",", ":")).replace("],", "],\n") + "\n", encoding="ascii")


# ---- schedulers ------------------------------------------------------------------------------------------------------------------------------

SD_BETAS = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear", "num_train_timesteps": 1000}
SCHEDULERS = [
    (EulerDiscreteScheduler, {**SD_BETAS, "timestep_spacing": "trailing", "steps_offset": 1}, (1, 2, 3, 4, 7), 1),
    (EulerDiscreteScheduler, {**SD_BETAS, "timestep_spacing": "leading", "steps_offset": 1}, (1, 5, 20, 30), 1),
    (EulerDiscreteScheduler, {**SD_BETAS, "timestep_spacing": "linspace"}, (1, 6, 25), 1),
    (EulerDiscreteScheduler, {**SD_BETAS, "timestep_spacing": "trailing", "prediction_type": "sample"}, (1,), 1),
    (EulerDiscreteScheduler, {**SD_BETAS, "timestep_spacing": "leading", "steps_offset": 1, "prediction_type": "v_prediction"}, (10,), 1),
    (EulerDiscreteScheduler, {**SD_BETAS, "timestep_spacing": "trailing"}, (2, 4, 10), 0.5),
    (EulerDiscreteScheduler, {}, (4,), 1),
    (EulerAncestralDiscreteScheduler, {**SD_BETAS, "timestep_spacing": "trailing"}, (1, 2, 4), 1),
    (EulerAncestralDiscreteScheduler, {**SD_BETAS, "timestep_spacing": "leading", "steps_offset": 1, "prediction_type": "v_prediction"}, (12,), 1),
    (DDIMScheduler, {**SD_BETAS, "steps_offset": 1, "set_alpha_to_one": False, "clip_sample": False}, (1, 4, 20, 33), 1),
    (DDIMScheduler, {**SD_BETAS, "steps_offset": 1, "set_alpha_to_one": False, "clip_sample": False, "prediction_type": "v_prediction"}, (20,), 1),
    (DDIMScheduler, {**SD_BETAS, "timestep_spacing": "trailing", "clip_sample": False}, (4, 20), 0.6),
    (DDIMScheduler, {"timestep_spacing": "linspace", "clip_sample": False, "prediction_type": "sample"}, (5,), 1),
    (LCMScheduler, SD_BETAS, (1, 2, 4, 8), 1),
    (LCMScheduler, {**SD_BETAS, "original_inference_steps": 100}, (4,), 1),
    (LCMScheduler, SD_BETAS, (4,), 0.5),
]


class ListedNoise:
    """Stands in for the generator's noise, so that a schedule can be checked without a random generator."""

    def __init__(self, noises):
        self.noises, self.next = noises, 0

    def __call__(self, shape, generator=None, device=None, dtype=None):
        self.next += 1
        return self.noises[self.next - 1]


def write_schedulers():
    cases = []
    for cls, config, counts, strength in SCHEDULERS:
        for steps in counts:
            scheduler = cls.from_config(config)
            if cls is LCMScheduler:
                scheduler.set_timesteps(steps, strength=strength)
                timesteps = scheduler.timesteps
            else:
                scheduler.set_timesteps(steps)
                timesteps = scheduler.timesteps[max(steps - min(int(steps * strength), steps), 0):]
            outputs = torch.randn(len(timesteps), 4)
            noises = torch.randn(len(timesteps) + 1, 4)
            start = torch.randn(4)
            if strength < 1:
                x = scheduler.add_noise(start.view(1, 4), noises[-1].view(1, 4), timesteps[:1])[0]
                if hasattr(scheduler, "set_begin_index"):
                    scheduler.set_begin_index(steps - len(timesteps) if cls is not LCMScheduler else 0)
            else:
                x = noises[-1] * scheduler.init_noise_sigma
            import diffusers.schedulers.scheduling_euler_ancestral_discrete as ancestral
            import diffusers.schedulers.scheduling_lcm as lcm
            ancestral.randn_tensor = lcm.randn_tensor = ListedNoise(noises)
            scaled, samples = [], []
            first = x.clone()
            for i, timestep in enumerate(timesteps):
                scaled.append(scheduler.scale_model_input(x, timestep).tolist())
                x = scheduler.step(outputs[i], timestep, x).prev_sample
                samples.append(x.tolist())
            cases.append({"config": {"_class_name": cls.__name__, **config}, "steps": steps, "strength": strength, "timesteps": timesteps.tolist(),
                          "start": start.tolist(), "noises": noises.tolist(), "outputs": outputs.tolist(), "first": first.tolist(), "scaled": scaled,
                          "samples": samples})
    (OUT / "schedulers.json").write_text(json.dumps(cases, separators=(",", ":")).replace("},{", "},\n{") + "\n", encoding="ascii")
    return len(cases)


# ---- tokens ----------------------------------------------------------------------------------------------------------------------------------


def write_merges():
    package = importlib.util.find_spec("open_clip")  # not imported: only its vocabulary is wanted
    source = pathlib.Path(package.origin).parent / "bpe_simple_vocab_16e6.txt.gz"
    merges = gzip.open(source, "rt", encoding="utf-8").read().split("\n")[1:MERGE_COUNT + 1]
    MERGES.write_text("\n".join(merges) + "\n", encoding="utf-8")
    return merges


def vocabulary(merges):
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    characters = [chr(b) for b in printable] + [chr(256 + i) for i in range(256 - len(printable))]
    pieces = characters + [c + "</w>" for c in characters] + ["".join(merge.split(" ")) for merge in merges] + ["<|startoftext|>", "<|endoftext|>"]
    return {piece: i for i, piece in enumerate(pieces)}


RANGES = [(0x20, 0x7E), (0xA1, 0x24F), (0x370, 0x3FF), (0x400, 0x52F), (0x5D0, 0x5EA), (0x590, 0x5F4), (0x620, 0x6FF), (0x900, 0x97F), (0xE01, 0xE5B), (0x1100, 0x11FF),
          (0x1E00, 0x1FFE), (0x2000, 0x206F), (0x20A0, 0x20BF), (0x2100, 0x218B), (0x2600, 0x27BF), (0x3040, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3),
          (0xFB00, 0xFB4F), (0xFE00, 0xFE0F), (0xFF01, 0xFFEE), (0x1F300, 0x1F64F), (0x1F680, 0x1F6FF), (0x1F900, 0x1F9FF), (0x1D400, 0x1D7FF)]
WORDS = """a photo of an astronaut riding horse on mars, highly detailed 4k uhd trending artstation by greg rutkowski; don't won't it's we're I'll they've can't
poster SALE 50% off!!! "quoted" 'single' (weighted:1.3) [less] <lora:x:0.8> e-mail@example.com https://example.com/a?b=c&d #hash $9.99 café naïve Straße 1/2 3.14
東京 タワー 寿司 고양이 кошка שלום مرحبا 🐱 👩‍🚀 ❤️ ... --- == ~~ \\n tab""".split()


def token_strings():
    dice = random.Random(5)
    result = plain_strings()
    while len(result) < 2600:
        result.append(dice.choice(["", " ", "\n"]) + dice.choice([" ", "  ", "\t", ", ", ""]).join(dice.choice(WORDS) for _ in range(dice.randint(1, 12))))
    while len(result) < 5000:
        ranges = dice.sample(RANGES, dice.randint(1, 3))
        text = "".join(chr(dice.randint(*dice.choice(ranges))) if dice.random() < 0.85 else " " for _ in range(dice.randint(1, 16)))
        result.append(text + dice.choice(["", "'s", "'LL x", "<|endoftext|>", " <|startoftext|>a"]) if dice.random() < 0.2 else text)
    return result


def write_tokens(merges):
    tokenizer = CLIPTokenizer(vocab=vocabulary(merges), merges=[tuple(merge.split(" ")) for merge in merges])
    cases = []
    for text in token_strings():
        ids = tokenizer(text, add_special_tokens=False).input_ids
        digest = hashlib.sha256(" ".join(map(str, ids)).encode()).hexdigest()[:12]
        cases.append([text, ids] if len(cases) < 300 else [text, len(ids), digest])
    (OUT / "cliptokens.json").write_text(json.dumps(cases, ensure_ascii=False, separators=(",", ":")).replace("],[", "],\n[") + "\n", encoding="utf-8")
    return len(cases)


# ---- whole pipelines -------------------------------------------------------------------------------------------------------------------------

TOY_MERGES = 200
TOY_VOCABULARY = 512 + TOY_MERGES + 2
SMALL = {"sample_size": 8, "block_out_channels": (8, 16), "norm_num_groups": 4, "layers_per_block": 1, "cross_attention_dim": 16, "attention_head_dim": 2,
         "down_block_types": ("CrossAttnDownBlock2D", "DownBlock2D"), "up_block_types": ("UpBlock2D", "CrossAttnUpBlock2D")}
SMALL_XL = {**SMALL, "cross_attention_dim": 32, "use_linear_projection": True, "addition_embed_type": "text_time", "addition_time_embed_dim": 6,
            "projection_class_embeddings_input_dim": 6 * 6 + 12}
TURBO = {**SD_BETAS, "timestep_spacing": "trailing", "steps_offset": 1}
PIPELINES = {  # name: (pipeline, UNet, scheduler, default guidance, requests)
    "toy-sd15": (StableDiffusionPipeline, SMALL, DDIMScheduler(**SD_BETAS, steps_offset=1, set_alpha_to_one=False, clip_sample=False), 7.5,
                 [{"prompt": "a red apple", "negative": "blurry", "steps": 4, "seed": 3}, {"prompt": "", "negative": "", "steps": 2, "seed": 0, "guidance": 3.0}]),
    "toy-lcm": (LatentConsistencyModelPipeline, {**SMALL, "time_cond_proj_dim": 10}, LCMScheduler(**SD_BETAS), 8.5,
                [{"prompt": "a cat", "negative": "", "steps": 4, "seed": 8}]),
    "toy-sd-turbo": (StableDiffusionPipeline, {**SMALL, "use_linear_projection": True}, EulerDiscreteScheduler(**TURBO), 0.0,
                     [{"prompt": "a house by the sea", "negative": "", "steps": 1, "seed": 1}, {"prompt": "a dog", "negative": "", "steps": 4, "seed": 2147483647}]),
    "toy-sdxl": (StableDiffusionXLPipeline, SMALL_XL, EulerDiscreteScheduler(**SD_BETAS, timestep_spacing="leading", steps_offset=1), 5.0,
                 [{"prompt": "a poster", "negative": "", "steps": 4, "seed": 4}, {"prompt": "a poster", "negative": "people", "steps": 3, "seed": 5}]),
    "toy-sdxl-turbo": (StableDiffusionXLPipeline, SMALL_XL, EulerAncestralDiscreteScheduler(**TURBO), 0.0,
                       [{"prompt": "a lighthouse", "negative": "", "steps": 4, "seed": 6}]),
}


def toy_text(cls, padding, activation):
    ids = {"bos_token_id": TOY_VOCABULARY - 2, "eos_token_id": TOY_VOCABULARY - 1, "pad_token_id": padding}
    return randomised(cls(CLIPTextConfig(**{**CLIP, **ids, "vocab_size": TOY_VOCABULARY}, hidden_act=activation)))


def as_published(file):
    """In F16, and with the "text_model." that transformers 5 leaves out of what it saves of CLIPTextModel."""
    lacks = file.parent.name == "text_encoder"
    state = {("text_model." if lacks and not name.startswith("text_model.") else "") + name: tensor.half() for name, tensor in load_file(file).items()}
    save_file(state, file, metadata={"format": "pt"})


@functools.cache
def shared(part, kind=""):
    """One autoencoder, one text encoder of each kind and one UNet of each configuration for all pipelines, so that their weights are in the tree once."""
    if part == "vae":
        return randomised(AutoencoderKL(**VAE))
    if part == "text_encoder":
        return toy_text(CLIPTextModel, TOY_VOCABULARY - 1, kind)
    if part == "unet":
        return randomised(UNet2DConditionModel(**dict(kind)))
    return toy_text(CLIPTextModelWithProjection, 0, kind)  # its padding is "!", the first character


def link_shared():
    """Keeps the first of what the pipelines share, and makes links of the others."""
    for part in ("vae/diffusion_pytorch_model", "text_encoder/model", "text_encoder_2/model", "unet/diffusion_pytorch_model"):
        first = {}
        for name in ("toy-sd-turbo", *PIPELINES):
            file = OUT / "pipelines" / name / (part + ".safetensors")
            if not file.exists():
                continue
            kept = first.setdefault(tuple(PIPELINES[name][1].items()) if part.startswith("unet/") else "", file)
            if kept != file:
                assert file.read_bytes() == kept.read_bytes(), file
                file.unlink()
                file.symlink_to(pathlib.Path("../..") / kept.relative_to(OUT / "pipelines"))


def write_pipelines(merges):
    for name, (cls, unet, scheduler, guidance, requests) in PIPELINES.items():
        shutil.rmtree(OUT / "pipelines" / name, ignore_errors=True)
        write_pipeline(name, cls, unet, scheduler, guidance, requests, merges)
    link_shared()
    with torch.inference_mode():
        write_vae()
        write_tiles()
        write_images(merges)


def write_pipeline(name, cls, unet, scheduler, guidance, requests, merges):
    pairs = [tuple(merge.split(" ")) for merge in merges[:TOY_MERGES]]
    tokenizer = CLIPTokenizer(vocab=vocabulary(merges[:TOY_MERGES]), merges=pairs, model_max_length=CLIP["max_position_embeddings"])
    parts = {"vae": shared("vae"), "text_encoder": shared("text_encoder", "quick_gelu"), "tokenizer": tokenizer,
             "unet": shared("unet", tuple(unet.items())), "scheduler": scheduler}
    if cls is StableDiffusionXLPipeline:
        second = CLIPTokenizer(vocab=vocabulary(merges[:TOY_MERGES]), merges=pairs, pad_token="!", model_max_length=CLIP["max_position_embeddings"])
        pipeline = cls(**parts, text_encoder_2=shared("text_encoder_2", "gelu"), tokenizer_2=second, add_watermarker=False)
    else:
        pipeline = cls(**parts, safety_checker=None, feature_extractor=None, requires_safety_checker=False)
    pipeline.set_progress_bar_config(disable=True)
    folder = OUT / "pipelines" / name
    pipeline.save_pretrained(folder, safe_serialization=True)
    for weights in folder.rglob("*.safetensors"):
        as_published(weights)
    for tokens in folder.glob("tokenizer*"):
        (tokens / "merges.txt").write_text("#version: 0.2\n" + "\n".join(merges[:TOY_MERGES]) + "\n", encoding="utf-8")
        (tokens / "special_tokens_map.json").write_text(json.dumps({"pad_token": "!" if tokens.name.endswith("_2") else "<|endoftext|>"}) + "\n", encoding="utf-8")
        for other in tokens.glob("*"):
            if other.name not in ("merges.txt", "special_tokens_map.json"):
                other.unlink()
    pictures = {}
    for i, request in enumerate(requests):
        negative = {} if cls is LatentConsistencyModelPipeline else {"negative_prompt": request["negative"] or None}
        pictures[str(i)] = torch.from_numpy(pipeline(request["prompt"], **negative, num_inference_steps=request["steps"], height=32, width=48, output_type="np",
                                                     guidance_scale=request.get("guidance", guidance),
                                                     generator=torch.Generator("cpu").manual_seed(request["seed"])).images[0].copy())
    save_file(pictures, folder / "pictures.safetensors")
    (folder / "requests.json").write_text(json.dumps(requests, indent=1) + "\n", encoding="utf-8")


IMAGE_REQUESTS = {
    "toy-sd15": [{"prompt": "a red apple", "negative": "blurry", "steps": 5, "seed": 3, "strength": 0.6}],
    "toy-lcm": [{"prompt": "a cat", "negative": "", "steps": 4, "seed": 8, "strength": 0.5}],
    "toy-sd-turbo": [{"prompt": "a dog", "negative": "", "steps": 2, "seed": 9, "strength": 0.5}, {"prompt": "a dog", "negative": "", "steps": 3, "seed": 1, "strength": 1.0}],
    "toy-sdxl": [{"prompt": "a poster", "negative": "people", "steps": 4, "seed": 4, "strength": 0.8}],
    "toy-sdxl-turbo": [{"prompt": "a lighthouse", "negative": "", "steps": 4, "seed": 6, "strength": 0.5}],
}


def start_picture():
    y, x = torch.meshgrid(torch.arange(32), torch.arange(48), indexing="ij")
    return torch.stack([x * 5, y * 7, (x + y) * 3 % 256], 2).to(torch.uint8)  # [height, width, 3]


def tokenizer_for(merges, pad):
    return CLIPTokenizer(vocab=vocabulary(merges[:TOY_MERGES]), merges=[tuple(merge.split(" ")) for merge in merges[:TOY_MERGES]], pad_token=pad,
                         model_max_length=CLIP["max_position_embeddings"])


def write_image_pictures(name, cls, scheduler, guidance, merges):
    folder = OUT / "pipelines" / name
    parts = {"vae": AutoencoderKL.from_pretrained(folder / "vae"), "text_encoder": CLIPTextModel.from_pretrained(folder / "text_encoder"),
             "tokenizer": tokenizer_for(merges, "<|endoftext|>"), "unet": UNet2DConditionModel.from_pretrained(folder / "unet"), "scheduler": scheduler}
    if cls is StableDiffusionXLPipeline:
        pipeline = StableDiffusionXLImg2ImgPipeline(**parts, text_encoder_2=CLIPTextModelWithProjection.from_pretrained(folder / "text_encoder_2"),
                                                    tokenizer_2=tokenizer_for(merges, "!"), add_watermarker=False)
    else:
        image_cls = LatentConsistencyModelImg2ImgPipeline if cls is LatentConsistencyModelPipeline else StableDiffusionImg2ImgPipeline
        pipeline = image_cls(**parts, safety_checker=None, feature_extractor=None, requires_safety_checker=False)
    pipeline.to(torch.float32)
    pipeline.set_progress_bar_config(disable=True)
    start = start_picture()
    image = start.permute(2, 0, 1).unsqueeze(0).float() / 255
    pictures = {"start": start}
    for i, request in enumerate(IMAGE_REQUESTS[name]):
        negative = {} if cls is LatentConsistencyModelPipeline else {"negative_prompt": request["negative"] or None}
        pictures[str(i)] = torch.from_numpy(pipeline(request["prompt"], image=image, strength=request["strength"], **negative, num_inference_steps=request["steps"],
                                                     output_type="np", guidance_scale=guidance,
                                                     generator=torch.Generator("cpu").manual_seed(request["seed"])).images[0].copy())
    save_file(pictures, folder / "images.safetensors")
    (folder / "imagerequests.json").write_text(json.dumps(IMAGE_REQUESTS[name], indent=1) + "\n", encoding="utf-8")


def write_images(merges):
    for name, (cls, _, scheduler, guidance, _) in PIPELINES.items():
        write_image_pictures(name, cls, scheduler, guidance, merges)


def main():
    if "--images" in sys.argv:
        with torch.inference_mode():
            return write_images(MERGES.read_text(encoding="utf-8").splitlines())
    if "--tiles" in sys.argv:
        with torch.inference_mode():
            return write_tiles()
    if "--ldm" in sys.argv:
        return write_ldm()
    torch.manual_seed(21)
    if "--pipelines" in sys.argv:
        return write_pipelines(MERGES.read_text(encoding="utf-8").splitlines())
    if "--tokens" in sys.argv:
        return write_tokens(MERGES.read_text(encoding="utf-8").splitlines())
    OUT.mkdir(parents=True, exist_ok=True)
    with torch.inference_mode():
        write_clip("clip-l", CLIPTextModel, "quick_gelu")
        write_clip("clip-g", CLIPTextModelWithProjection, "gelu")
        for name, config in UNETS.items():
            write_unet(name, config)
        write_taesd()
    write_keys()
    write_ldm()
    merges = write_merges()
    write_pipelines(merges)
    print(write_schedulers(), "schedules,", write_tokens(merges), "strings,", sum(f.stat().st_size for f in OUT.rglob("*") if f.is_file()), "bytes")


if __name__ == "__main__":
    main()
