"""A file of the wanted type, for messages that come without bytes of their own."""

from __future__ import annotations

from simulator.refused import Refused
from simulator.samples.documents import pdf
from simulator.samples.pictures import picture
from simulator.samples.video import film
from simulator.samples.voice import voice_note
from simulator.shapes import Json

_INVOICE = ["Rechnung 2026-0991", "", "1 Stuhl Alma   89,00 EUR"]
_PICTURES = {"image/png": "PNG", "image/webp": "WEBP", "image/jpeg": "JPEG"}


def make_file(mime: str, wishes: Json) -> bytes:
    """``wishes``: subject and seed of a picture, seconds of sound or film, lines of text."""
    plain = mime.partition(";")[0]
    seconds = float(wishes.get("seconds") or 3)
    if form := _PICTURES.get(plain):
        subject, seed = str(wishes.get("subject") or ""), int(wishes.get("seed") or 0)
        return picture(subject, seed=seed, form=form)
    if plain == "audio/ogg":
        return voice_note(seconds)
    if plain == "video/mp4":
        return film(seconds)
    if plain == "application/pdf":
        return pdf(wishes.get("lines") or _INVOICE)
    if plain.startswith("text/"):
        return "\n".join(wishes.get("lines") or ["Hallo"]).encode()
    raise Refused(f"give the bytes of {plain} as base64 in 'data'")
