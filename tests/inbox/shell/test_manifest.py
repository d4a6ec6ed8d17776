"""GET /manifest.webmanifest: what a phone installs."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image


def test_it_is_read_without_a_session_and_its_icons_are_there(client: Client) -> None:
    response = client.get("/manifest.webmanifest")

    assert response.headers["Content-Type"] == "application/manifest+json"
    manifest = response.json()
    assert manifest["display"] == "standalone"
    for icon in manifest["icons"]:
        path = finders.find(icon["src"].removeprefix("/static/"))
        assert path is not None
        width, height = Image.open(BytesIO(Path(path).read_bytes())).size
        assert icon["sizes"] == f"{width}x{height}"
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
