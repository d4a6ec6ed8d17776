"""inbox.whatsapp.media_kinds"""

from __future__ import annotations

import pytest

from inbox.whatsapp.media_kinds import (
    BY_MIME,
    DOCUMENTS,
    MEGABYTE,
    can_be_voice,
    is_safe_inline,
    kind_for,
)


@pytest.mark.parametrize(
    ("mime_type", "size", "kind"),
    [
        ("image/jpeg", 5 * MEGABYTE, "image"),
        ("image/png", 1, "image"),
        ("IMAGE/PNG; x=1", 1, "image"),
        ("image/jpeg", 5 * MEGABYTE + 1, "document"),
        ("image/webp", 1, "document"),
        ("image/svg+xml", 1, "document"),
        ("video/mp4", 16 * MEGABYTE, "video"),
        ("video/mp4", 17 * MEGABYTE, "document"),
        ("video/webm", 1, "document"),
        ("audio/ogg; codecs=opus", 1, "audio"),
        ("audio/mpeg", 1, "audio"),
        ("application/pdf", 100 * MEGABYTE, "document"),
        ("application/x-unheard-of", 1, "document"),
        ("", 1, "document"),
        ("application/pdf", 100 * MEGABYTE + 1, None),
        ("video/mp4", 101 * MEGABYTE, None),
    ],
)
def test_a_file_goes_out_as_what_whatsapp_takes_it_for(
    mime_type: str, size: int, kind: str | None
) -> None:
    found = kind_for(mime_type, size)

    assert (found.kind if found else None) == kind


@pytest.mark.parametrize(
    "mime_type",
    [
        "text/html",
        "image/svg+xml",
        "application/xhtml+xml",
        "text/xml",
        "application/javascript",
        "text/plain",
        "application/octet-stream",
        "text/html; image/png",
        "",
    ],
)
def test_what_could_run_is_never_opened_in_place(mime_type: str) -> None:
    assert not is_safe_inline(mime_type)


@pytest.mark.parametrize("mime_type", [*BY_MIME, "application/pdf", "audio/ogg; codecs=opus"])
def test_what_only_shows_or_sounds_is(mime_type: str) -> None:
    assert is_safe_inline(mime_type)


def test_a_promised_document_is_sent_as_one() -> None:
    assert {kind.kind for mime in DOCUMENTS if (kind := kind_for(mime, 1))} == {"document"}


def test_a_voice_note_is_short_and_in_opus() -> None:
    assert can_be_voice("audio/ogg; codecs=opus", 512 * 1024)
    assert not can_be_voice("audio/ogg; codecs=opus", 512 * 1024 + 1)
    assert not can_be_voice("audio/mpeg", 1)
