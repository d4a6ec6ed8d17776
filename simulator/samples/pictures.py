"""Photographs of furniture that never existed, drawn with Pillow."""

from __future__ import annotations

import io
import random

SUBJECTS = ("chair", "table", "lamp", "parcel", "scratch")
_WALLS = ("#cfd8d0", "#d9cfc2", "#c4ced8", "#d8c9cd", "#cdd3bd")
_FLOORS = ("#8a6f55", "#6f7468", "#a08a6d", "#5d6670")
_WOODS = ("#7a4a21", "#a8763e", "#3f2b1d", "#c29a5b")


def picture(subject: str = "", *, seed: int = 0, form: str = "JPEG") -> bytes:
    """JPEG, PNG or WEBP. The same subject and seed give the same picture."""
    from PIL import Image, ImageDraw, ImageFilter  # loaded only where pictures are wanted

    chance = random.Random(f"{subject}/{seed}")
    size = (512, 512) if form == "WEBP" else (800, 600)
    image = Image.new("RGB", size, chance.choice(_WALLS))
    draw = ImageDraw.Draw(image)
    width, height = size
    horizon = int(height * chance.uniform(0.55, 0.7))
    draw.rectangle((0, horizon, width, height), fill=chance.choice(_FLOORS))
    draw.polygon(
        [(width * 0.6, 0), (width * 0.8, 0), (width * 0.5, height), (width * 0.2, height)],
        fill=chance.choice(_WALLS),
    )
    image = image.filter(ImageFilter.GaussianBlur(14))
    draw = ImageDraw.Draw(image)
    wood = chance.choice(_WOODS)
    middle, ground = width // 2, int(height * 0.85)
    shapes = _SHAPES.get(subject or chance.choice(SUBJECTS), _chair)
    draw.ellipse((middle - 190, ground - 20, middle + 190, ground + 30), fill="#3a3a35")
    for box in shapes(middle, ground):
        draw.rounded_rectangle(box, radius=7, fill=wood)
    if subject == "scratch":
        draw.line(
            (middle - 90, 240, middle + 60, 300, middle + 110, 280), fill="#efe6d8", width=5
        )
    out = io.BytesIO()
    image.save(out, form, quality=80)
    return out.getvalue()


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
    "scratch": _table,
    "lamp": _lamp,
    "parcel": _parcel,
}
