"""static/css/tokens.css: what is written on what can be read (WCAG 2.2 AA)."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

GROUNDS = ("canvas", "surface", "surface-2", "surface-3", "hover", "brand-soft")
INKS = ("ink", "ink-2", "ink-3", "brand", "ok", "warn", "danger", "info")
TONES = ("ok", "warn", "danger", "info")

TEXTS = [
    *((ink, ground) for ink in INKS for ground in GROUNDS),
    *((ink, f"{tone}-soft") for tone in TONES for ink in ("ink", "ink-2", tone)),
    *(("person-ink", f"person-{number}") for number in range(10)),
    *(("brand-ink", ground) for ground in ("brand", "brand-strong")),
    *(("danger-ink", ground) for ground in ("danger", "danger-strong")),
    ("on-bubble", "surface"), ("on-bubble", "out"), ("ink", "out"),
    ("note-ink", "note"), ("ink", "found"), ("surface", "ink"),
]  # fmt: skip
SHAPES = [
    *(("line-strong", ground) for ground in ("canvas", "surface", "surface-2")),
    *((f"presence-{word}", ground) for word in ("online", "away", "offline")
      for ground in ("surface", "surface-3")),
    *(("tick", ground) for ground in ("surface", "out")),
    *(("brand", ground) for ground in ("surface", "out", "note")),
]  # fmt: skip


def colours(theme: str) -> dict[str, str]:
    css = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    found = {}
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", css):
        found[name] = light if theme == "light" else dark
    return found | dict(re.findall(r"--([\w-]+): (#\w{6});", css))


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("pairs", "enough"), [(TEXTS, 4.5), (SHAPES, 3.0)], ids=["texts", "shapes"]
)
def test_everything_stands_out_enough(
    theme: str, pairs: list[tuple[str, str]], enough: float
) -> None:
    known = colours(theme)

    too_close = {
        f"{ink} on {ground}": round(contrast(known[ink], known[ground]), 2)
        for ink, ground in pairs
        if contrast(known[ink], known[ground]) < enough
    }

    assert too_close == {}
