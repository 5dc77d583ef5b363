"""The training pictures at twice the native size, for the upsampler: work/enlarged.pt, which details.py reads.

    python enlarged.py --minutes 10

Drawings of openclipart and our own are rendered anew, so that theirs are true (Debian: openclipart-svg, librsvg2-bin, fonts-noto-color-emoji). Noto's font
has bitmaps of 136 × 128 pixels alone: a network that has learnt on the others what a drawing looks like at twice its size draws these larger. It sees
small pictures that are clean, and is not needed afterwards.
"""

import argparse
import concurrent.futures
import json
import pathlib
import time

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import nn

import data
import noto
import pack
from model import DraftConfig, Upsampler, premultiplied
from train import edge_loss, forgiving, rate

HERE = pathlib.Path(__file__).parent
FILE, RENDERED, NETWORK = (HERE / "work" / name for name in ("enlarged.pt", "rendered.pt", "upsampler.pt"))
BATCH, CROP = 16, 64  # crops of the small picture, pixels


def placed(image, size, small):
    """A cut-out of any resolution where `data.fitted` puts one of `small` (width, height) in a square of `size`, at twice that size → premultiplied uint8."""
    scale = size * (1 - 2 / 64) / max(small)
    w, h = (max(1, round(side * scale)) for side in small)
    rgba = np.asarray(image.convert("RGBA")).astype(np.float32) / 255
    rgba[..., :3] *= rgba[..., 3:]
    planes = np.stack([np.asarray(Image.fromarray(rgba[..., c]).resize((2 * w, 2 * h), Image.LANCZOS)) for c in range(4)])
    out = np.zeros((4, 2 * size, 2 * size), np.float32)
    x, y = 2 * ((size - w) // 2), 2 * ((size - h) // 2)
    out[3, y:y + 2 * h, x:x + 2 * w] = planes[3].clip(0, 1)
    out[:3, y:y + 2 * h, x:x + 2 * w] = np.minimum(planes[:3].clip(0), out[None, 3, y:y + 2 * h, x:x + 2 * w])
    return (out * 255 + 0.5).astype(np.uint8)


def rendered(size):
    """→ ids and uint8 [N, 4, 2 size, 2 size] of all rows of data.concepts() and whether they are true, which the emoji are not: theirs are only as sharp as the bitmaps."""
    names = [row["id"] for row in data.concepts()]
    if RENDERED.exists():
        result = torch.load(RENDERED, weights_only=True)
        if result["ids"] == names and result["pictures"].shape[-1] == 2 * size:
            return result
    rows, glyph = {row["id"]: row for row in pack.rows()}, noto.bitmaps()
    items = {item["id"]: item for item in data.items()}

    def one(name):
        return placed(pack.picture(rows[name], glyph, 2), size, (items[name]["width"], items[name]["height"]))

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        pictures = torch.from_numpy(np.stack(list(pool.map(one, names))))
    result = {"ids": names, "pictures": pictures, "true": torch.tensor([rows[name]["source"] != "noto" for name in names])}
    torch.save(result, RENDERED)
    return result


def small_of(large):
    """What a drawing of half the size looks like, [B, 4, H, W] in 0 … 1."""
    return F.avg_pool2d(large, 2)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--config", type=pathlib.Path, default=HERE / "full.json")
    options = parser.parse_args()
    plan = json.loads(options.config.read_text())
    config, size = DraftConfig.from_json(plan["model"]), plan["native"]
    drawn = rendered(size)
    pictures, true = drawn["pictures"], drawn["true"].nonzero()[:, 0]
    print(f"{len(true)} drawings of {len(pictures)} are true", flush=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    network = Upsampler(config).to(device, memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(network.parameters(), lr=0, betas=(0.9, 0.98), weight_decay=0.001, fused=True)
    half = torch.autocast(device.type, dtype=torch.bfloat16, enabled=device.type == "cuda" or torch.ops.mkldnn._is_mkldnn_bf16_supported())
    begin, step, losses = time.monotonic(), 0, []
    while (share := (time.monotonic() - begin) / 60 / options.minutes) < 1:
        for group in optimizer.param_groups:
            group["lr"] = rate(share, step, 0.001)
        index = true[torch.randint(len(true), (BATCH,))]
        x, y = (2 * torch.randint(size - CROP + 1, (2,))).tolist()
        target = pictures[index, :, y:y + 2 * CROP, x:x + 2 * CROP].to(device).float() / 255
        if torch.rand(()) < 0.5:
            target = target.flip(3)
        small = small_of(target)
        with half:
            out = network(small)
        out = forgiving(out.float(), target)
        loss = 2 * F.l1_loss(out, target) + 2 * edge_loss(out, target) + 4 * F.mse_loss(out, target)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        step += 1
        losses.append(loss.detach())
        if step % 100 == 0:
            print(f"{step} steps: {torch.stack(losses).mean():.5f}", flush=True)
            losses = []
    torch.save(network.state_dict(), NETWORK)
    result = pictures.clone()
    with torch.inference_mode(), half:
        for part in (~drawn["true"]).nonzero()[:, 0].split(32):
            out = premultiplied(network(small_of(pictures[part].to(device).float() / 255)).float())
            result[part] = (out * 255).round().to(torch.uint8).cpu()
        psnr = [[], []]
        for part in true[::8].split(32):
            target = pictures[part].to(device).float() / 255
            for found, out in zip(psnr, (network(small_of(target)).float(), F.interpolate(small_of(target), scale_factor=2, mode="bicubic"))):
                found.append(-10 * (premultiplied(out) - target).square().mean(dim=(1, 2, 3)).log10())
    print(f"{step} steps; true drawings: {torch.cat(psnr[0]).mean():.2f} dB, bicubic {torch.cat(psnr[1]).mean():.2f} dB")
    torch.save({"ids": drawn["ids"], "pictures": result}, FILE)


if __name__ == "__main__":
    main()
