"""One model folder in another engine: loading, whole pictures (words → numbers) and their stages, peak memory. bench_models.py makes the folder and runs this.

    python bench_others.py diffusers --folder DIR [--device cuda] [--dtype bf16] [--steps 1] [--size 512] [--n 30] [--threads N] [--cold] --picture FILE.npy
    python bench_others.py openvino …    the CPU, SD-Turbo only; what torch traces of the modules is written to DIR/../NAME-openvino once, untimed

Prints one JSON object, as bench_models.cpp does. diffusers runs in eager mode, channels_last; OpenVINO with its latency hint in the same number type. Cold is
the first load after the files have left the page cache. Stages are those of the CPU only: on a GPU they would be times of launching.
"""

import argparse
import gc
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

import numpy
import torch
from diffusers import (AutoencoderKL, AutoencoderTiny, EulerAncestralDiscreteScheduler, EulerDiscreteScheduler, StableDiffusionPipeline,
                       StableDiffusionXLPipeline, UNet2DConditionModel)
from transformers import CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "parity"))
from make_diffusers_fixtures import vocabulary  # noqa: E402

WARM = 3
DTYPES = {"bf16": torch.bfloat16, "fp32": torch.float32}
STAGES = ("text", "denoise", "decode")


def statistics_of(times):
    ordered = sorted(times)
    rank = lambda share: round(ordered[min(len(ordered) - 1, max(0, -(-len(ordered) * share // 100) - 1))], 3)  # noqa: E731
    return {"n": len(times), "median_ms": round(statistics.median(times), 3), "p95_ms": rank(95), "min_ms": rank(0), "max_ms": rank(100)}


def forget_files(folder):
    """Takes them out of the page cache."""
    for path in folder.rglob("*"):
        if path.is_file():
            with open(path, "rb") as file:
                os.fdatasync(file.fileno())
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def read_tokenizer(place):
    """Our folders have CLIP's merges and no vocab.json, which follows from them."""
    merges = (place / "merges.txt").read_text(encoding="utf-8").splitlines()
    pad = json.loads((place / "special_tokens_map.json").read_text(encoding="utf-8"))["pad_token"]
    return CLIPTokenizer(vocab=vocabulary(merges), merges=[tuple(merge.split(" ")) for merge in merges], model_max_length=77, pad_token=pad)


def read_parts(folder, dtype):
    """The tokenizers, scheduler and modules of a folder, as diffusers and transformers read them."""
    parts = {}
    for place in sorted(folder.iterdir()):
        name = place.name
        if name.startswith("tokenizer"):
            parts[name] = read_tokenizer(place)
        elif name == "scheduler":
            kind = json.loads((place / "scheduler_config.json").read_text(encoding="utf-8"))["_class_name"]
            parts[name] = {"EulerDiscreteScheduler": EulerDiscreteScheduler, "EulerAncestralDiscreteScheduler": EulerAncestralDiscreteScheduler}[kind].from_pretrained(place)
        elif name.startswith("text_encoder"):
            kind = json.loads((place / "config.json").read_text(encoding="utf-8"))["architectures"][0]
            parts[name] = (CLIPTextModelWithProjection if kind.endswith("WithProjection") else CLIPTextModel).from_pretrained(place, dtype=dtype).eval()
        elif name == "unet":
            parts[name] = UNet2DConditionModel.from_pretrained(place, torch_dtype=dtype).eval()
        elif name == "vae":
            kind = json.loads((place / "config.json").read_text(encoding="utf-8"))["_class_name"]
            parts[name] = (AutoencoderTiny if kind == "AutoencoderTiny" else AutoencoderKL).from_pretrained(place, torch_dtype=dtype).eval()
    return parts


def most_resident():
    """Bytes. Not of getrusage(), whose maximum a process has from the one that started it."""
    for line in pathlib.Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return None


class Stages:
    """Sums up how long calls took, by stage."""

    def __init__(self):
        self.pictures, self.now = [], dict.fromkeys(STAGES, 0.0)

    def timed(self, stage, call):
        def timed_call(*arguments, **named):
            start = time.perf_counter()
            result = call(*arguments, **named)
            self.now[stage] += (time.perf_counter() - start) * 1000
            return result
        return timed_call

    def end_picture(self):
        self.pictures.append(self.now)
        self.now = dict.fromkeys(STAGES, 0.0)

    def medians(self):
        return {stage: round(statistics.median(picture[stage] for picture in self.pictures[WARM:]), 3) for stage in STAGES}


def load_diffusers(arguments, stages):
    """→ picture(prompt, seed, latents)"""
    parts = read_parts(arguments.folder, DTYPES[arguments.dtype])
    for part in ("unet", "vae"):
        parts[part].to(memory_format=torch.channels_last)
    for part in parts.values():
        if isinstance(part, torch.nn.Module):
            part.to(arguments.device)
    if "text_encoder_2" in parts:
        pipeline = StableDiffusionXLPipeline(**parts, add_watermarker=False)
    else:
        pipeline = StableDiffusionPipeline(**parts, safety_checker=None, feature_extractor=None, requires_safety_checker=False)
    pipeline.set_progress_bar_config(disable=True)
    if arguments.device == "cpu":
        for stage, part, name in (("text", "text_encoder", "forward"), ("text", "text_encoder_2", "forward"), ("denoise", "unet", "forward"), ("decode", "vae", "decode")):
            if part in parts:
                setattr(parts[part], name, stages.timed(stage, getattr(parts[part], name)))

    # Ours draws noise in fp32 always; diffusers in the model's type, where a seed means other numbers in torch 2.11 (not in 2.15). It gets ours.
    side = arguments.size // pipeline.vae_scale_factor

    def picture(prompt, seed):
        noise = torch.randn((1, 4, side, side), generator=torch.Generator("cpu").manual_seed(seed)).to(arguments.device, DTYPES[arguments.dtype])
        return pipeline(prompt, num_inference_steps=arguments.steps, guidance_scale=0.0, height=arguments.size, width=arguments.size, output_type="np",
                        latents=noise, generator=torch.Generator("cpu").manual_seed(seed)).images[0]

    return picture


class Positional(torch.nn.Module):
    """A module with plain arguments and one result, for tracing."""

    def __init__(self, module, call):
        super().__init__()
        self.module, self.call = module, call

    def forward(self, *inputs):
        return self.call(self.module, *inputs)


def convert_to_openvino(arguments, target):
    """Traces the three modules with this size in fp32; the device's number type is chosen when they are compiled."""
    import openvino
    parts = read_parts(arguments.folder, torch.float32)
    side = arguments.size // 2 ** (len(parts["vae"].config.block_out_channels) - 1)
    ids, latents = torch.ones((1, 77), dtype=torch.long), torch.zeros((1, 4, side, side))
    words = torch.zeros((1, 77, parts["text_encoder"].config.hidden_size))
    tracing = {"text": ("text_encoder", lambda m, x: m(x)[0], (ids,)),
               "denoise": ("unet", lambda m, x, t, c: m(x, t, c, return_dict=False)[0], (latents, torch.tensor([999.0]), words)),
               "decode": ("vae", lambda m, x: m.decode(x, return_dict=False)[0], (latents,))}
    target.mkdir(parents=True)
    for name, (part, call, inputs) in tracing.items():
        with torch.no_grad():
            converted = openvino.convert_model(Positional(parts.pop(part), call), example_input=inputs, input=[list(x.shape) for x in inputs])
        openvino.save_model(converted, target / f"{name}.xml", compress_to_fp16=True)  # what the folder has
        del converted
        gc.collect()
    (target / "facts.json").write_text(json.dumps({"side": side, "scaling": json.loads((arguments.folder / "vae" / "config.json").read_text(encoding="utf-8")).get("scaling_factor", 1.0)}))


def load_openvino(arguments, stages, source):
    """→ picture(prompt, seed, latents)"""
    import openvino
    core = openvino.Core()
    settings = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": {"bf16": "bf16", "fp32": "f32"}[arguments.dtype],
                "INFERENCE_NUM_THREADS": torch.get_num_threads()}
    compiled = {name: core.compile_model(source / f"{name}.xml", "CPU", settings) for name in STAGES}
    calls = {name: stages.timed(name, model) for name, model in compiled.items()}
    tokenizer = read_tokenizer(arguments.folder / "tokenizer")
    scheduler = EulerDiscreteScheduler.from_pretrained(arguments.folder / "scheduler")
    facts = json.loads((source / "facts.json").read_text(encoding="utf-8"))

    def picture(prompt, seed):
        tokens = tokenizer(prompt, padding="max_length", max_length=77, truncation=True, return_tensors="np").input_ids
        condition = calls["text"]([tokens])[0]
        scheduler.set_timesteps(arguments.steps)
        noise = torch.randn((1, 4, facts["side"], facts["side"]), generator=torch.Generator().manual_seed(seed))
        x = noise * scheduler.init_noise_sigma
        for timestep in scheduler.timesteps:
            scaled = scheduler.scale_model_input(x, timestep)
            output = torch.from_numpy(calls["denoise"]([scaled.numpy(), numpy.float32([timestep]), condition])[0])
            x = scheduler.step(output, timestep, x, return_dict=False)[0]
        image = calls["decode"]([(x / facts["scaling"]).numpy()])[0][0]
        return numpy.clip(image / 2 + 0.5, 0, 1).transpose(1, 2, 0)

    return picture


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("engine", choices=["diffusers", "openvino", "convert"])
    parser.add_argument("--folder", type=pathlib.Path, required=True)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--dtype", default="bf16", choices=DTYPES)
    parser.add_argument("--steps", type=int, default=1)
    parser.add_argument("--size", type=int, default=512)
    parser.add_argument("--n", type=int, default=30)
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--cold", action="store_true")
    parser.add_argument("--picture", required=True)
    arguments = parser.parse_args()
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    converted = arguments.folder.with_name(arguments.folder.name + "-openvino")
    if arguments.engine == "convert":
        return convert_to_openvino(arguments, converted)
    if arguments.engine == "openvino" and not converted.exists():  # in a process of its own, whose memory is not counted here
        subprocess.run([sys.executable, __file__, "convert", *sys.argv[2:]], check=True, stdout=subprocess.DEVNULL)

    stages = Stages()
    load = {"diffusers": lambda: load_diffusers(arguments, stages), "openvino": lambda: load_openvino(arguments, stages, converted)}[arguments.engine]
    results = {"load_is_cold": arguments.cold}
    for name in ("load_first_ms", "load_warm_ms"):
        picture = None
        gc.collect()
        if arguments.cold and name == "load_first_ms":
            forget_files(converted if arguments.engine == "openvino" else arguments.folder)
        start = time.perf_counter()
        picture = load()
        results[name] = round((time.perf_counter() - start) * 1000, 1)
    if arguments.device == "cuda":
        torch.cuda.reset_peak_memory_stats()
    times = []
    for i in range(arguments.n + WARM):
        start = time.perf_counter()
        picture(f"a red apple on a table, number {i}", i)
        times.append((time.perf_counter() - start) * 1000)
        stages.end_picture()
    results |= statistics_of(times[WARM:])
    if arguments.device == "cpu":
        results["stages_median_ms"] = stages.medians()
    results["peak_bytes"] = torch.cuda.max_memory_allocated() if arguments.device == "cuda" else most_resident()
    numpy.save(arguments.picture, picture("a red apple", 0))
    print(json.dumps(results))
    return 0


if __name__ == "__main__":
    with torch.inference_mode():
        sys.exit(main())
