"""Whole pictures of the large families: ours against diffusers in eager mode and OpenVINO, on the same random weights, in one run.

    pip install torch diffusers transformers numpy openvino
    python tests/bench/engine/bench_models.py --bench build/engine/bench/bench_models --device cuda --out tests/bench/results/engine-cuda.json
    python tests/bench/engine/bench_models.py --bench build/engine/bench/bench_models --device cpu --openvino --decoders taesd --n 8 --threads 2 \\
        --models sd-turbo --out tests/bench/results/engine-cpu.json

For each model: makes it at full size from its published configuration, with the random weights that its classes begin with, saves it as a folder of F16 files,
and starts bench_others.py (diffusers, OpenVINO) and bench_models on it, each in a process of its own. All make pictures of 512 pixels from new prompts, so
that words are encoded each time; all are timed from the words to the picture in the memory of the CPU. --toy takes toy widths, to try the script itself.
"""

import argparse
import gc
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import numpy
import torch
from diffusers import AutoencoderKL, AutoencoderTiny, EulerAncestralDiscreteScheduler, EulerDiscreteScheduler, UNet2DConditionModel
from safetensors.torch import save_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "parity"))
from make_diffusers_fixtures import CLIP_G, CLIP_H, CLIP_L, KL, MERGES, SD21, SDXL, SMALL, SMALL_XL, TURBO, VAE, file_names, vocabulary  # noqa: E402

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


def options(arguments, folder, picture, steps):
    return [str(word) for word in ("--folder", folder, "--device", arguments.device, "--dtype", arguments.dtype, "--steps", steps, "--size", arguments.size,
                                   "--n", arguments.n, "--picture", picture, "--threads", arguments.threads)]


def run(command, timeout):
    done = subprocess.run(command, capture_output=True, text=True, timeout=timeout)
    sys.stderr.write(done.stderr)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    return json.loads(lines[-1]) if lines and done.returncode == 0 else {"error": f"exit {done.returncode}: {done.stderr[-500:]}"}


def measure(arguments, name, steps, work):
    torch.manual_seed(7)
    parts = make(name, arguments.toy, arguments.device)
    folder = work / name
    save(parts, folder)
    folders = {"vae": folder, "taesd": with_taesd(folder, work / (name + "-taesd"))}
    del parts
    gc.collect()
    if arguments.device == "cuda":
        torch.cuda.empty_cache()
    rows = []
    for decoder in arguments.decoders:
        row = {"model": name, "steps": steps, "decoder": decoder}
        seen = {}
        # SDXL and what it is traced to do not fit beside each other in 24 GB.
        others = ["diffusers"] + (["openvino"] if arguments.openvino and name.startswith("sd-turbo") else [])
        for other in others:
            image = work / f"{other}.npy"
            script = pathlib.Path(__file__).with_name("bench_others.py")
            cold = ["--cold"] if arguments.cold else []
            row[other] = run([sys.executable, str(script), other, *options(arguments, folders[decoder], image, steps), *cold], arguments.timeout)
            if "error" not in row[other]:
                seen[other] = numpy.load(image)
        image = work / "ours.ppm"
        cold = ["--cold", "1"] if arguments.cold else []
        row["ours"] = run([arguments.bench, *options(arguments, folders[decoder], image, steps), *cold], arguments.timeout)
        for other in others:
            if other in seen and "new_prompt" in row["ours"]:
                row[f"{other}_ratio"] = round(row[other]["median_ms"] / row["ours"]["new_prompt"]["median_ms"], 3)
                if steps == 1:  # SDXL-Turbo's scheduler draws more noise on the way
                    row[f"{other}_psnr_db"] = decibels(read_ppm(image), seen[other])
        rows.append(row)
    for one in work.iterdir():
        shutil.rmtree(one) if one.is_dir() else one.unlink()
    return rows


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bench", required=True)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--dtype", default="bf16", choices=["bf16", "fp32"])
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
        line = f"{row['model']} {row['steps']} steps, {row['decoder']}: ours {row['ours'].get('new_prompt', {}).get('median_ms', 'failed')} ms"
        for other in ("diffusers", "openvino"):
            if other in row:
                line += f"; {other} {row[other].get('median_ms', 'failed')} ms, ratio {row.get(other + '_ratio')}, {row.get(other + '_psnr_db', 'not compared in')} dB"
        print(line)
    return 0 if all("diffusers_ratio" in row for row in results["rows"]) else 1


if __name__ == "__main__":
    sys.exit(main())
