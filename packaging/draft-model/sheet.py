"""Contact sheets: targets above results on a checkerboard."""

import torch
import torch.nn.functional as F
from PIL import Image

from augment import COLORS, STYLES
from model import noise_from_seed

PER_ROW, SHOWN = 16, 48


def on_checkerboard(x):
    """Premultiplied [B, 4, H, W] → uint8 [B, H, W, 3]"""
    h, w = x.shape[-2:]
    board = ((torch.arange(h)[:, None] // 8 + torch.arange(w)[None, :] // 8) % 2) * 0.12 + 0.82
    return ((x[:, :3] + board * (1 - x[:, 3:])) * 255).round().clamp(0, 255).to(torch.uint8).permute(0, 2, 3, 1)


def row_of(tiles):
    return torch.cat(list(tiles), dim=1)


@torch.inference_mode()
def render(model, vectors, size, steps=2, style=0, palette=None, seed=0, details=None):
    """Caption vectors [B, 256] and their details → premultiplied pictures [B, 4, height, width] of one style, wished colour [3] and seed."""
    count, config = len(vectors), model.config
    device = next(model.parameters()).device
    wishes = torch.zeros(count, config.palette_size, 4)
    if palette is not None:
        wishes[:, 0] = torch.cat([palette, torch.ones(1)])
    noise = noise_from_seed(seed, config).expand(count, -1)
    inputs = (vectors, torch.full((count,), style), wishes, noise)
    details = None if details is None or style else details.to(device)
    return model(*(t.to(device) for t in inputs), *size, steps, details).cpu()


def write(model, pictures, rows, captions, path, steps=2):
    """48 concepts spread over the set, then one row of styles and one of colours."""
    chosen = torch.linspace(0, len(pictures) - 1, SHOWN).long().tolist()
    side = pictures.shape[-1] * model.config.enlargement

    def drawn(vectors, **options):
        return on_checkerboard(F.avg_pool2d(render(model, vectors, (side, side), steps, **options), model.config.enlargement))

    vectors = torch.stack([captions.vector(rows[i]["caption"]) for i in chosen])
    tiles = []
    for begin in range(0, SHOWN, PER_ROW):
        part = slice(begin, begin + PER_ROW)
        tiles.append(row_of(on_checkerboard(pictures[chosen[part]].float() / 255)))
        tiles.append(row_of(drawn(vectors[part])))
    subject = vectors[5:6], vectors[36:37]
    tiles.append(row_of(torch.cat([drawn(v, style=s)
                                   for v in subject for s in range(len(STYLES))])))
    tiles.append(row_of(torch.cat([drawn(v, palette=torch.tensor(c))
                                   for v in subject for c in COLORS.values()])))
    Image.fromarray(torch.cat(tiles).numpy()).save(path)
