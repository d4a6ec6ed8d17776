"""Photographs of furniture that never existed, drawn with Pillow."""

from __future__ import annotations

import io
import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

SUBJECTS = ("chair", "table", "lamp", "parcel", "scratch")
_WALLS = ("#cfd8d0", "#d9cfc2", "#c4ced8", "#d8c9cd", "#cdd3bd")
_FLOORS = ("#8a6f55", "#6f7468", "#a08a6d", "#5d6670")
_WOODS = ("#7a4a21", "#a8763e", "#3f2b1d", "#c29a5b")


def picture(subject: str = "", *, seed: int = 0, form: str = "JPEG") -> bytes:
    """JPEG, PNG or WEBP. The same subject and seed give the same picture."""
    from PIL import ImageDraw  # loaded only where pictures are wanted: it costs memory

    chance = random.Random(f"{subject}/{seed}")
    subject = subject or chance.choice(SUBJECTS)
    image = _room(chance, (512, 512) if form == "WEBP" else (800, 600))
    draw = ImageDraw.Draw(image)
    wood = chance.choice(_WOODS)
    middle, ground = image.width // 2, int(image.height * 0.85)
    for box in _SHAPES.get(subject, _chair)(middle, ground):
        draw.rounded_rectangle(box, radius=7, fill=wood)
    if subject == "scratch":
        _scratch(draw, chance, wood, (middle, ground))
    out = io.BytesIO()
    image.save(out, form, quality=80)
    return out.getvalue()


def _room(chance: random.Random, size: tuple[int, int]) -> Image:
    """Wall, floor, a ray of light and the shadow of what will stand there, out of focus."""
    from PIL import Image, ImageDraw, ImageFilter

    image = Image.new("RGB", size, chance.choice(_WALLS))
    draw = ImageDraw.Draw(image)
    width, height = size
    middle, ground = width // 2, int(height * 0.85)
    horizon = int(height * chance.uniform(0.55, 0.7))
    draw.rectangle((0, horizon, width, height), fill=chance.choice(_FLOORS))
    ray = [(width * x, height * y) for x, y in ((0.6, 0), (0.8, 0), (0.5, 1), (0.2, 1))]
    draw.polygon(ray, fill=chance.choice(_WALLS))
    draw.ellipse((middle - 210, ground - 16, middle + 210, ground + 26), fill="#4a463e")
    return image.filter(ImageFilter.GaussianBlur(14))


def _scratch(draw: ImageDraw, chance: random.Random, wood: str, place: tuple[int, int]) -> None:
    from PIL.ImageColor import getrgb

    x, ground = place
    dark = "#{:02x}{:02x}{:02x}".format(*(int(part * 0.86) for part in getrgb(wood)[:3]))
    for y in range(ground - 290, ground - 60, 26):  # the grain of the wood
        draw.line((x - 280, y, x + 280, y + chance.randint(-6, 6)), fill=dark, width=2)
    for _ in range(3):
        left, top = x + chance.randint(-120, 0), ground + chance.randint(-240, -160)
        end = (left + 150, top + chance.randint(10, 60))
        draw.line((left, top, *end), fill="#f3e9d9", width=chance.randint(2, 5))


Boxes = list[tuple[int, int, int, int]]


def _chair(x: int, ground: int) -> Boxes:
    seat = ground - 170
    return [
        (x - 100, seat - 210, x - 80, ground),
        (x + 80, seat - 210, x + 100, ground),
        (x - 100, seat - 200, x + 100, seat - 110),
        (x - 110, seat, x + 110, seat + 26),
    ]


def _table(x: int, ground: int) -> Boxes:
    top = ground - 200
    return [
        (x - 240, top, x + 240, top + 28),
        (x - 220, top, x - 196, ground),
        (x + 196, top, x + 220, ground),
    ]


def _board(x: int, ground: int) -> Boxes:
    return [(x - 300, ground - 310, x + 300, ground - 20)]


def _lamp(x: int, ground: int) -> Boxes:
    return [
        (x - 6, ground - 330, x + 6, ground),
        (x - 80, ground - 14, x + 80, ground),
        (x - 90, ground - 420, x + 90, ground - 310),
    ]


def _parcel(x: int, ground: int) -> Boxes:
    return [
        (x - 170, ground - 230, x + 170, ground),
        (x - 190, ground - 246, x + 190, ground - 215),
    ]


_SHAPES = {
    "chair": _chair,
    "table": _table,
    "scratch": _board,
    "lamp": _lamp,
    "parcel": _parcel,
}
