"""Styles, colours and seed variation as operators on premultiplied RGBA batches [B, 4, H, W] in 0…1, on any device."""

import torch
import torch.nn.functional as F

STYLES = ["", "flat", "outline", "silhouette", "sticker", "neon", "paper cut", "halftone"]

COLORS = {  # word → RGB, as a caption and as a palette
    "red": (0.87, 0.16, 0.16), "orange": (0.96, 0.53, 0.11), "yellow": (0.98, 0.82, 0.17), "green": (0.22, 0.66, 0.29),
    "teal": (0.10, 0.62, 0.60), "blue": (0.16, 0.42, 0.87), "purple": (0.52, 0.25, 0.75), "pink": (0.95, 0.42, 0.66),
}


def grow(alpha, radius):
    return F.max_pool2d(alpha, 2 * radius + 1, stride=1, padding=radius)


def over(top, bottom):
    return top + bottom * (1 - top[:, 3:])


def solid(rgb, alpha):
    """A single colour under the mask [B, 1, H, W] → premultiplied RGBA."""
    return alpha.new_tensor([*rgb, 1.0]).view(1, 4, 1, 1) * alpha


def straight(x):
    """→ colours not multiplied by alpha [B, 3, H, W]"""
    return x[:, :3] / x[:, 3:].clamp(min=1e-3)


def luminance(x):
    return (x[:, :3] * x.new_tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)).sum(dim=1, keepdim=True)


def edges(x):
    """Lines between colours and at the rim → [B, 1, H, W] in 0…1."""
    gray = x[:, :3].mean(dim=1, keepdim=True) + x[:, 3:]
    lines = grow(gray, 1) + grow(-gray, 1)  # local contrast
    return ((lines - 0.18) * 4).clamp(0, 1)


def stylise(x, style):
    """Applies the style word with index `style` to the whole batch."""
    name, alpha = STYLES[style], x[:, 3:]
    if name == "flat":
        return torch.cat([(straight(x) * 3).round() / 3 * alpha, alpha], dim=1).clamp(0, 1)
    if name == "outline":
        return over(solid((0.1, 0.1, 0.12), edges(x) * (alpha > 0.3)), solid((1, 1, 1), alpha))
    if name == "silhouette":
        return solid((0.12, 0.13, 0.16), alpha)
    if name == "sticker":
        return over(x, solid((1, 1, 1), grow(alpha, 4)))
    if name == "neon":
        rim = edges(x) * (alpha > 0.3)
        glow = F.avg_pool2d(grow(rim, 1), 7, stride=1, padding=3)
        lit = (rim + 0.5 * glow).clamp(0, 1)
        return torch.cat([(straight(x) * 0.6 + 0.4).clamp(0, 1) * lit, lit], dim=1)
    if name == "paper cut":
        shadow = F.pad(F.avg_pool2d(alpha, 7, stride=1, padding=3), (4, 0, 4, 0))[..., :-4, :-4]
        flat = torch.cat([(straight(x) * 4).round() / 4 * alpha, alpha], dim=1).clamp(0, 1)
        return over(flat, solid((0, 0, 0), shadow * 0.35))
    h, w = x.shape[-2:]  # halftone
    yy, xx = torch.meshgrid(torch.arange(h, device=x.device), torch.arange(w, device=x.device), indexing="ij")
    dots = (torch.sin(xx * 0.7) * torch.sin(yy * 0.7) * 0.5 + 0.5)[None, None]
    gray = luminance(x) / alpha.clamp(min=1e-3)
    return solid((0.1, 0.1, 0.12), ((1 - gray - dots) * 6 + 3).clamp(0, 1) * alpha)


def hue_matrix(angle):
    """Rotation about the grey axis by `angle` [B] radians → [B, 3, 3]."""
    c, s = torch.cos(angle), torch.sin(angle)
    k = 1 / 3
    a = c + (1 - c) * k
    b = k * (1 - c) - k**0.5 * s
    d = k * (1 - c) + k**0.5 * s
    return torch.stack([a, b, d, d, a, b, b, d, a], dim=1).view(-1, 3, 3)


def clamp_to_alpha(rgb, alpha):
    return torch.cat([torch.minimum(rgb.clamp(min=0), alpha), alpha], dim=1)


def turn_hue(x, angle, gain):
    """Rotates hues by `angle` [B] and scales brightness by `gain` [B]."""
    rgb = torch.einsum("bij,bjhw->bihw", hue_matrix(angle), x[:, :3]) * gain.view(-1, 1, 1, 1)
    return clamp_to_alpha(rgb, x[:, 3:])


def vary(x, noise):
    """What a seed changes: the first noise number turns hues by up to ±12°, the second dims or brightens by up to 12 %."""
    return turn_hue(x, noise[:, 0].clamp(-2, 2) * 0.105, 1 + noise[:, 1].clamp(-2, 2) * 0.06)


def hue_of(rgb):
    """[..., 3] → angle in radians on the hue circle of `hue_matrix`, and the chroma that belongs to it."""
    r, g, b = rgb.unbind(-1)
    u, v = (2 * r - g - b) / 6**0.5, (g - b) / 2**0.5
    return torch.atan2(v, u), torch.hypot(u, v)


def mean_under(rgb, mask):
    """[B, 3, H, W], [B, 1, H, W] → mean colour under the mask [B, 3]; zeros where the mask is empty."""
    return (rgb * mask).sum(dim=(2, 3)) / mask.sum(dim=(2, 3)).clamp(min=1e-3)


def subject_color(x):
    """The colour by which one would call the thing → mean of its main part [B, 3], mask of that part [B, 1, H, W], whether it has
    a hue [B].

    Where a tenth of the picture has a hue: all within 35° of the strongest one. Else everything but ink.
    """
    rgb, opaque = straight(x), (x[:, 3:] > 0.5).float()
    angle, chroma = hue_of(rgb.movedim(1, -1))
    angle, chroma = angle[:, None], chroma[:, None] * opaque
    main = torch.atan2((chroma * torch.sin(angle)).sum(dim=(2, 3)), (chroma * torch.cos(angle)).sum(dim=(2, 3)))[:, :, None, None]
    hued = ((chroma > 0.12) & (torch.cos(angle - main) > 0.82)).float()
    has_hue = hued.sum(dim=(1, 2, 3)) > 0.1 * opaque.sum(dim=(1, 2, 3))
    grey = opaque * (rgb.mean(dim=1, keepdim=True) > 0.3)
    mask = torch.where(has_hue[:, None, None, None], hued, torch.where(grey.sum(dim=(1, 2, 3), keepdim=True) > 0, grey, opaque))
    return mean_under(rgb, mask), mask, has_hue


def paint(x, rgb):
    """Gives the main part of each picture the colour rgb [B, 3]; its shading, its ink and its other colours stay."""
    mean, _, has_hue = subject_color(x)
    p = straight(x)
    wish_angle, wish_chroma = hue_of(rgb)
    mean_angle, mean_chroma = hue_of(mean)
    turn = hue_matrix(torch.where(has_hue & (wish_chroma > 0.05), wish_angle - mean_angle, torch.zeros_like(mean_angle)))
    turned, turned_mean = torch.einsum("bij,bjhw->bihw", turn, p), torch.einsum("bij,bj->bi", turn, mean)
    near_hue = hue_of(p.movedim(1, -1))[1][:, None] / mean_chroma.clamp(min=0.05)[:, None, None, None]
    light, mean_light = p.mean(dim=1, keepdim=True), mean.mean(dim=1)[:, None, None, None]
    near_grey = 1.15 - 1.5 * (light - mean_light).abs()
    weight = torch.where(has_hue[:, None, None, None], near_hue, near_grey).clamp(0, 1)
    painted = (turned + weight * (rgb - turned_mean)[:, :, None, None]).clamp(0, 1)
    return clamp_to_alpha(painted * x[:, 3:], x[:, 3:])


def placed(x, size):
    """Fits the visible part of each square picture into another aspect ratio and centres it → [B, 4, *size]."""
    height, width = size
    side = x.shape[-1]
    rows, columns = x[:, 3].amax(dim=2) > 0.03, x[:, 3].amax(dim=1) > 0.03  # [B, side]
    h, w = rows.sum(dim=1) / side, columns.sum(dim=1) / side
    scale = torch.minimum(0.97 * height / (h * side), 0.97 * width / (w * side))  # output pixels per input pixel
    theta = x.new_zeros(len(x), 2, 3)
    theta[:, 0, 0] = width / (side * scale)
    theta[:, 1, 1] = height / (side * scale)
    grid = F.affine_grid(theta, (len(x), 4, height, width), align_corners=False)
    return F.grid_sample(x, grid, mode="bilinear", align_corners=False)
