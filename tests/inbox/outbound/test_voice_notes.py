"""inbox.voice_notes"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from inbox import voice_notes
from tests.inbox.outbound import files
from tests.inbox.outbound.files import record

needs_ffmpeg = pytest.mark.skipif(
    shutil.which("ffmpeg") is None, reason="ffmpeg is not installed"
)


@pytest.mark.parametrize(
    ("content", "mime_type", "ready"),
    [
        (files.ogg(1), "audio/ogg", True),
        (files.ogg(2), "audio/ogg", False),
        (b"OggS" + bytes(60), "audio/ogg", False),
        (files.ogg(1), "audio/mp4", False),
    ],
    ids=["opus with one channel", "stereo", "not opus", "another type"],
)
def test_whatsapp_plays_opus_with_one_channel(
    content: bytes, mime_type: str, ready: bool
) -> None:
    file = ContentFile(content)

    assert voice_notes.is_ready(file, mime_type) is ready
    assert file.tell() == 0


@needs_ffmpeg
@pytest.mark.parametrize(
    ("name", "mime_type", "options"),
    [
        ("a.webm", "video/webm", ["-c:a", "libopus", "-ac", "2"]),
        ("a.mp4", "video/mp4", ["-c:a", "aac"]),
        ("a.ogg", "audio/ogg", ["-c:a", "libopus", "-ac", "2"]),
    ],
)
def test_recordings_of_browsers_become_voice_notes(
    tmp_path: Path, name: str, mime_type: str, options: list[str]
) -> None:
    recording = record(tmp_path, name, *options)

    with voice_notes.converted(recording, mime_type) as note:
        assert voice_notes.is_ready(ContentFile(note.read()), voice_notes.MIME_TYPE)


@needs_ffmpeg
def test_a_broken_recording_is_refused_with_a_sentence() -> None:
    with (
        pytest.raises(voice_notes.CannotConvert, match="Record it once more"),
        voice_notes.converted(ContentFile(files.WEBM), "video/webm"),
    ):
        pass


@needs_ffmpeg
def test_a_playlist_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.ogg"
    secret.write_bytes(record(tmp_path, "s.ogg", "-c:a", "libopus").read())
    playlist = f"#EXTM3U\n#EXTINF:1,\nfile://{secret}\n".encode()

    with (
        pytest.raises(voice_notes.CannotConvert),
        voice_notes.converted(ContentFile(playlist), "audio/mpeg"),
    ):
        pass


def test_without_ffmpeg_a_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda program: None)

    with (
        pytest.raises(voice_notes.CannotConvert, match="Attach a sound file"),
        voice_notes.converted(ContentFile(files.WEBM), "video/webm"),
    ):
        pass
