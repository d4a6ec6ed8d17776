"""Is every text there in German? Collects the texts anew and compares with ``locale/``.

Texts are collected by the names of the functions that translate them. Under another name
than Django's own they would be overlooked, here as well.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

CATALOGUE = Path("locale/de/LC_MESSAGES/django.po")
ROOMS = ("inbox", "consent", "supportdesk", "templates")
LEFT_OUT = ("migrations", "__pycache__")
# "import gettext_lazy as _" is collected, "import gettext_lazy as _lazy" is not.
HIDING = re.compile(r"import .*\bn?p?gettext\w* as (?!_\b)\w+")


def main() -> int:
    if not shutil.which("xgettext"):
        print("gettext is not installed: apt-get install gettext")  # noqa: T201
        return 1
    problems = [*hiding_imports(), *missing_texts()]
    for problem in problems:
        print(problem)  # noqa: T201
    return 1 if problems else 0


def hiding_imports() -> list[str]:
    sources = (path for room in ROOMS for path in Path(room).rglob("*.py"))
    return [
        f"{path}: under this name no text is collected: {found[0]}"
        for path in sources
        for found in HIDING.finditer(path.read_text())
    ]


def missing_texts() -> list[str]:
    """One line for each text of the source without a finished German one."""
    german = _read(CATALOGUE)
    with tempfile.TemporaryDirectory() as folder:
        source = _read(_collect(Path(folder)))
    found = []
    for message in source:
        if not message.id:
            continue
        translation = german.get(message.id, message.context)
        if translation is None or not _is_finished(translation):
            found.append(f"no German for {message.id!r}")
    return found


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def _is_finished(message: Message) -> bool:
    texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return bool(all(texts)) and not message.fuzzy


def _collect(folder: Path) -> Path:
    """Let Django collect the texts in a copy, so that the tree stays as it is."""
    for room in ROOMS:
        shutil.copytree(room, folder / room, ignore=shutil.ignore_patterns(*LEFT_OUT))
    (folder / "locale").mkdir()
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "--locale", "de", "--no-location"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    return folder / CATALOGUE


if __name__ == "__main__":
    sys.exit(main())
