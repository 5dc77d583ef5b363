"""Whole pictures of the large families: ours against diffusers in eager mode and OpenVINO, on the same random weights, in one run.

    pip install torch diffusers transformers numpy openvino
    python tests/bench/engine/bench_models.py --bench build/engine/bench/bench_models --device cuda --out tests/bench/results/engine-cuda.json
    python tests/bench/engine/bench_models.py --bench build/engine/bench/bench_models --device cpu --openvino --decoders taesd --n 8 --threads 2 \\
        --models sd-turbo --out tests/bench/results/engine-cpu.json

For each model: makes it at full size from its published configuration, with the random weights that its classes begin with, saves it as a folder of F16 files,
times diffusers (bf16, channels_last, no compilation), frees it, and starts bench_models on the folder. OpenVINO (its latency hint, in the
same number type) gets what torch traces of the same modules. All make pictures of 512 pixels from new prompts, so
that words are encoded each time; all are timed from the words to the picture in the memory of the CPU. --toy takes toy widths, to try the script itself.
"""

import argparse
import gc
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import numpy
import torch
from diffusers import (AutoencoderKL, AutoencoderTiny, EulerAncestralDiscreteScheduler, EulerDiscreteScheduler, StableDiffusionPipeline,
                       StableDiffusionXLPipeline, UNet2DConditionModel)
from safetensors.torch import save_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "parity"))
from make_diffusers_fixtures import CLIP_G, CLIP_H, CLIP_L, KL, MERGES, SD21, SDXL, SMALL, SMALL_XL, TURBO, VAE, file_names, vocabulary  # noqa: E402

WARM = 3
DTYPES = {"bf16": torch.bfloat16, "fp32": torch.float32}


def text_model(cls, config, toy):
    small = {"hidden_size": 16, "intermediate_size": 40, "num_hidden_layers": 3, "num_attention_heads": 4, "projection_dim": 12, "hidden_act": config["hidden_act"]}
    ids = {"bos_token_id": 49406, "eos_token_id": 49407, "vocab_size": 49408, "max_position_embeddings": 77}
    return cls(CLIPTextConfig(**(small if toy else config), **ids, architectures=[cls.__name__]))


def make(name, toy, device):
    """The parts of a model, on \a device; of SDXL in bf16 on the CPU, where twice the memory may not be."""
    torch.set_default_dtype(torch.bfloat16 if device == "cpu" and "xl" in name and not toy else torch.float32)
    merges = MERGES.read_text(encoding="utf-8").splitlines()
    tokens = {"vocab": vocabulary(merges), "merges": [tuple(merge.split(" ")) for merge in merges], "model_max_length": 77}
    is_turbo = name.startswith("sd-turbo")
    # Not below: tables and numbers of a scheduler belong on the CPU.
    if is_turbo:
        parts = {"tokenizer": CLIPTokenizer(**tokens, pad_token="!"), "scheduler": EulerDiscreteScheduler(**TURBO)}
    else:
        parts = {"tokenizer": CLIPTokenizer(**tokens, pad_token="<|endoftext|>"), "tokenizer_2": CLIPTokenizer(**tokens, pad_token="!"),
                 "scheduler": EulerAncestralDiscreteScheduler(**TURBO)}
    with torch.device(device):
        if is_turbo:
            parts["text_encoder"] = text_model(CLIPTextModel, CLIP_H, toy)
            unet = {**SMALL, "use_linear_projection": True} if toy else SD21
        else:
            parts["text_encoder"] = text_model(CLIPTextModel, CLIP_L, toy)
            parts["text_encoder_2"] = text_model(CLIPTextModelWithProjection, CLIP_G, toy)
            unet = SMALL_XL if toy else SDXL
        parts["unet"] = UNet2DConditionModel(**{**unet, "sample_size": 64})
        parts["vae"] = AutoencoderKL(**(VAE if toy else KL), scaling_factor=0.18215 if is_turbo else 0.13025)
        parts["taesd"] = AutoencoderTiny(**({"encoder_block_out_channels": (8,) * 3, "decoder_block_out_channels": (8,) * 3, "num_encoder_blocks": (1, 3, 3),
                                             "num_decoder_blocks": (3, 3, 1)} if toy else {}))
    return parts


def save(parts, folder):
    """As the published folders are: F16, names with "text_model."."""
    for part, what in parts.items():
        place = folder / part
        place.mkdir(parents=True)
        if part.startswith("tokenizer"):
            shutil.copy(MERGES, place / "merges.txt")
            (place / "special_tokens_map.json").write_text(json.dumps({"pad_token": what.pad_token}))
        elif part == "scheduler":
            what.save_config(place)
        else:
            is_text = part.startswith("text_encoder")
            what.config.save_pretrained(place) if is_text else what.save_config(place)
            state = {key: tensor.half().contiguous().cpu() for key, tensor in file_names(what).items()}
            save_file(state, place / ("model.safetensors" if is_text else "diffusion_pytorch_model.safetensors"), metadata={"format": "pt"})
    xl = "text_encoder_2" in parts
    (folder / "model_index.json").write_text(json.dumps({"_class_name": "StableDiffusionXLPipeline" if xl else "StableDiffusionPipeline"}))


def with_taesd(folder, other):
    """The same model with the small autoencoder as its own; files are linked."""
    shutil.copytree(folder, other, copy_function=lambda a, b: pathlib.Path(b).hardlink_to(a))
    shutil.rmtree(other / "vae")
    (other / "taesd").rename(other / "vae")
    return other


def time_diffusers(parts, vae, dtype, size, steps, count, device):
    """Milliseconds of each picture, the picture of seed 0, and the most that the GPU held."""
    for part in parts.values():
        if isinstance(part, torch.nn.Module):
            part.half().to(dtype).eval()  # the numbers that the files hold
    used = {**{key: part for key, part in parts.items() if key != "taesd"}, "vae": parts[vae]}
    if "text_encoder_2" in parts:
        pipeline = StableDiffusionXLPipeline(**used, add_watermarker=False)
    else:
        pipeline = StableDiffusionPipeline(**used, safety_checker=None, feature_extractor=None, requires_safety_checker=False)
    pipeline.set_progress_bar_config(disable=True)
    pipeline.unet.to(memory_format=torch.channels_last)
    pipeline.vae.to(memory_format=torch.channels_last)

    def picture(prompt, seed, latents=None):
        return pipeline(prompt, num_inference_steps=steps, guidance_scale=0.0, height=size, width=size, output_type="np", latents=latents,
                        generator=torch.Generator("cpu").manual_seed(seed)).images[0]

    if device == "cuda":
        torch.cuda.reset_peak_memory_stats()
    times = []
    for i in range(count + WARM):
        start = time.perf_counter()
        picture(f"a red apple on a table, number {i}", i)
        times.append((time.perf_counter() - start) * 1000)
    peak = torch.cuda.max_memory_allocated() if device == "cuda" else None
    # Ours draws noise in fp32 always; diffusers in the model's type, where a seed means other numbers in torch 2.11 (not in 2.15). For a picture to compare
    # it gets ours.
    side = size // pipeline.vae_scale_factor
    noise = torch.randn((1, 4, side, side), generator=torch.Generator("cpu").manual_seed(0)).to(device, dtype)
    return times[WARM:], picture("a red apple", 0, noise), peak


def traced(module, inputs):
    """One module as OpenVINO has it; the pipeline's own weights, in fp32."""
    import openvino
    with torch.no_grad():
        return openvino.convert_model(module, example_input=inputs, input=[list(x.shape) for x in inputs])


class Positional(torch.nn.Module):
    """A module with plain arguments and one result, for tracing."""

    def __init__(self, module, call):
        super().__init__()
        self.module, self.call = module, call

    def forward(self, *inputs):
        return self.call(self.module, *inputs)


def time_openvino(parts, vae, dtype, size, steps, count, threads):
    """Milliseconds of each picture of SD-Turbo, and the picture of seed 0."""
    import openvino
    core = openvino.Core()
    settings = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": {"bf16": "bf16", "fp32": "f32"}[dtype], "INFERENCE_NUM_THREADS": threads}
    text, unet, decoder = (parts[name].float().eval() for name in ("text_encoder", "unet", vae))
    side = size // 2 ** (len(decoder.config.block_out_channels) - 1)
    ids, latents = torch.ones((1, 77), dtype=torch.long), torch.zeros((1, 4, side, side))
    words = torch.zeros((1, 77, text.config.hidden_size))
    tracing = {"text": (text, lambda m, x: m(x)[0], (ids,)),
               "unet": (unet, lambda m, x, t, c: m(x, t, c, return_dict=False)[0], (latents, torch.tensor([999.0]), words)),
               "decoder": (decoder, lambda m, x: m.decode(x, return_dict=False)[0], (latents,))}
    compiled = {}
    for name, (module, call, inputs) in tracing.items():
        converted = traced(Positional(module, call), inputs)
        compiled[name] = core.compile_model(converted, "CPU", settings)
        del converted
    scheduler, tokenizer = parts["scheduler"], parts["tokenizer"]
    scaling = decoder.config.scaling_factor

    def picture(prompt, seed, noise=None):
        tokens = tokenizer(prompt, padding="max_length", max_length=77, truncation=True, return_tensors="np").input_ids
        condition = compiled["text"]([tokens])[0]
        scheduler.set_timesteps(steps)
        if noise is None:
            noise = torch.randn((1, 4, side, side), generator=torch.Generator().manual_seed(seed))
        x = noise * scheduler.init_noise_sigma
        for timestep in scheduler.timesteps:
            scaled = scheduler.scale_model_input(x, timestep)
            output = torch.from_numpy(compiled["unet"]([scaled.numpy(), numpy.float32([timestep]), condition])[0])
            x = scheduler.step(output, timestep, x, return_dict=False)[0]
        image = compiled["decoder"]([(x / scaling).numpy()])[0][0]
        return numpy.clip(image / 2 + 0.5, 0, 1).transpose(1, 2, 0)

    times = []
    for i in range(count + WARM):
        start = time.perf_counter()
        picture(f"a red apple on a table, number {i}", i)
        times.append((time.perf_counter() - start) * 1000)
    return times[WARM:], picture("a red apple", 0)


def statistics_of(times):
    ordered = sorted(times)
    rank = lambda share: round(ordered[min(len(ordered) - 1, max(0, -(-len(ordered) * share // 100) - 1))], 3)  # noqa: E731
    return {"n": len(times), "median_ms": round(statistics.median(times), 3), "p95_ms": rank(95), "min_ms": rank(0), "max_ms": rank(100)}


def processor():
    lines = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "cpu")


def read_ppm(path):
    header, rest = path.read_bytes().split(b"\n", 1)
    width, height = (int(word) for word in header.split()[1:3])
    return numpy.frombuffer(rest, numpy.uint8).reshape(height, width, 3) / 255


def decibels(a, b):
    error = float(((a - b) ** 2).mean())
    return 99.0 if error == 0 else round(-10 * float(numpy.log10(error)), 1)


def run_ours(arguments, folder, picture, steps):
    command = [arguments.bench, "--folder", folder, "--device", arguments.device, "--dtype", arguments.dtype, "--steps", steps, "--size", arguments.size,
               "--n", arguments.n, "--picture", picture, "--threads", arguments.threads] + (["--cold", 1] if arguments.cold else [])
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=arguments.timeout)
    sys.stderr.write(done.stderr)
    return json.loads(done.stdout) if done.stdout.startswith("{") else {"error": f"exit {done.returncode}: {done.stderr[-500:]}"}


def measure(arguments, name, steps, work):
    torch.manual_seed(7)
    parts = make(name, arguments.toy, arguments.device)
    folder = work / name
    save(parts, folder)
    folders = {"vae": folder, "taesd": with_taesd(folder, work / (name + "-taesd"))}
    rows = []
    others = {}
    if arguments.openvino and name.startswith("sd-turbo"):  # SDXL and what it is traced to do not fit beside each other in 24 GB
        for part in parts.values():
            if isinstance(part, torch.nn.Module):
                part.half().float()  # the numbers that the files hold
        for vae in arguments.decoders:
            times, picture = time_openvino(parts, vae, arguments.dtype, arguments.size, steps, arguments.n, torch.get_num_threads())
            others[vae] = (statistics_of(times), picture)
            gc.collect()
    for vae in arguments.decoders:
        times, picture, peak = time_diffusers(parts, vae, DTYPES[arguments.dtype], arguments.size, steps, arguments.n, arguments.device)
        rows.append({"model": name, "steps": steps, "decoder": vae, "diffusers": {**statistics_of(times), "peak_bytes": peak}, "picture": picture})
    del parts
    gc.collect()
    if arguments.device == "cuda":
        torch.cuda.empty_cache()
    for row in rows:
        image = work / "ours.ppm"
        row["ours"] = run_ours(arguments, folders[row["decoder"]], image, steps)
        expected = row.pop("picture")
        if row["decoder"] in others:
            row["openvino"], seen = others[row["decoder"]]
            row["openvino_psnr_db"] = decibels(seen, expected)
        if "new_prompt" in row["ours"]:
            if "openvino" in row:
                row["ratio_openvino"] = round(row["openvino"]["median_ms"] / row["ours"]["new_prompt"]["median_ms"], 3)
            row["ratio"] = round(row["diffusers"]["median_ms"] / row["ours"]["new_prompt"]["median_ms"], 3)
            if steps == 1:  # SDXL-Turbo's scheduler draws more noise on the way
                row["psnr_db"] = decibels(read_ppm(image), expected)
    for one in folders.values():
        shutil.rmtree(one)
    return rows


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bench", required=True)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--dtype", default="bf16", choices=DTYPES)
    parser.add_argument("--out", required=True)
    parser.add_argument("--work", default=tempfile.gettempdir(), help="where the models are made: 20 GB")
    parser.add_argument("--n", type=int, default=30)
    parser.add_argument("--size", type=int, default=512)
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--timeout", type=int, default=300)
    parser.add_argument("--models", nargs="*", default=["sd-turbo", "sdxl-turbo"])
    parser.add_argument("--steps", type=int, default=0, help="0: 1 of SD-Turbo and 4 of SDXL-Turbo")
    parser.add_argument("--decoders", nargs="*", default=["vae", "taesd"])
    parser.add_argument("--openvino", action="store_true", help="on the CPU, SD-Turbo only")
    parser.add_argument("--cold", action="store_true")
    parser.add_argument("--toy", action="store_true")
    arguments = parser.parse_args()
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    results = {"torch": torch.__version__, "device": torch.cuda.get_device_name() if arguments.device == "cuda" else processor(), "load_at_start": os.getloadavg()[0], "threads": torch.get_num_threads(),
               "toy": arguments.toy, "size": arguments.size, "rows": []}
    with tempfile.TemporaryDirectory(dir=arguments.work) as work, torch.inference_mode():
        for name in arguments.models:
            results["rows"] += measure(arguments, name, arguments.steps or (4 if "xl" in name else 1), pathlib.Path(work))
            pathlib.Path(arguments.out).write_text(json.dumps(results, indent=1) + "\n")
    for row in results["rows"]:
        ours = row["ours"].get("new_prompt", {}).get("median_ms", "failed")
        print(f"{row['model']} {row['steps']} steps, {row['decoder']}: ours {ours} ms, diffusers {row['diffusers']['median_ms']} ms, "
              f"ratio {row.get('ratio')}, OpenVINO {row.get('openvino', {}).get('median_ms')} ms, ratio {row.get('ratio_openvino')}, {row.get('psnr_db', 'not compared in')} dB")
    return 0 if all("ratio" in row for row in results["rows"]) else 1


if __name__ == "__main__":
    sys.exit(main())
