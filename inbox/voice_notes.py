"""Recordings from the browser, made into voice notes as WhatsApp plays them.

That is Opus in Ogg with one channel. Some browsers record exactly that; what others record is
converted by ffmpeg where the machine has it, and refused with a sentence where it has not.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.core.files.base import File
from django.utils.translation import gettext as _

MIME_TYPE = "audio/ogg"
FILENAME = "voice.ogg"
AS_DOCUMENT = "application/ogg"  # Ogg that is not Opus with one channel goes as a file
LONGEST_SECONDS = 60
# Named to ffmpeg, which must not guess: some formats it knows can name other files.
_FORMATS = {
    "audio/webm": "matroska",
    "video/webm": "matroska",
    "audio/ogg": "ogg",
    "audio/mp4": "mov",
    "video/mp4": "mov",
    "audio/mpeg": "mp3",
    "audio/aac": "aac",
    "audio/wav": "wav",
    "audio/x-wav": "wav",
}
_HEAD = 4096


class CannotConvert(Exception):
    """``str()`` is the sentence for whoever recorded it."""


def can_convert() -> bool:
    return shutil.which("ffmpeg") is not None


def is_ready(file: File[bytes], mime_type: str) -> bool:
    """Opus in Ogg with one channel, as it stands."""
    if mime_type != MIME_TYPE:
        return False
    file.seek(0)
    head: bytes = file.read(_HEAD)
    file.seek(0)
    at = head.find(b"OpusHead")
    return at >= 0 and head[at + 9 : at + 10] == b"\x01"  # the byte after the version


def is_unplayable(file: File[bytes], mime_type: str) -> bool:
    """Ogg that WhatsApp would refuse as sound."""
    return mime_type == MIME_TYPE and not is_ready(file, mime_type)


@contextmanager
def converted(file: IO[bytes], mime_type: str) -> Iterator[IO[bytes]]:
    """The recording as a voice note, in a temporary folder."""
    program, form = shutil.which("ffmpeg"), _FORMATS.get(mime_type)
    if program is None or form is None:
        raise CannotConvert(
            _("Voice messages of this browser cannot be sent from here. Attach a sound file.")
        )
    with tempfile.TemporaryDirectory() as folder:
        source, note = Path(folder, "recording"), Path(folder, FILENAME)
        file.seek(0)
        with source.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        _run(program, form, source, note)
        with note.open("rb") as result:
            yield result


def _run(program: str, form: str, source: Path, note: Path) -> None:
    quiet = ["-nostdin", "-hide_banner", "-loglevel", "error", "-protocol_whitelist", "file"]
    voice = ["-vn", "-map_metadata", "-1", "-ac", "1", "-c:a", "libopus", "-b:a", "32k"]
    command = [program, *quiet, "-f", form, "-i", str(source), *voice, "-f", "ogg", str(note)]
    try:
        # Our own words only; the file's name and bytes are not part of the command.
        subprocess.run(command, check=True, timeout=LONGEST_SECONDS, capture_output=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as exc:
        raise CannotConvert(_("This recording cannot be read. Record it once more.")) from exc
