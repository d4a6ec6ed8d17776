"""What templates, styles and scripts ask for is there, and nothing else is asked for."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

from inbox.folders import FOLDERS
from inbox.templatetags.icons import TURNING

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
STYLES = sorted((settings.BASE_DIR / "static/css").glob("*.css"))
SCRIPTS = sorted((settings.BASE_DIR / "static/js").glob("*.js"))


def names_in(paths: list[Path], pattern: str) -> dict[str, str]:
    """Each name found, and a file it stands in."""
    return {name: path.name for path in paths for name in re.findall(pattern, path.read_text())}


def test_every_icon_that_is_asked_for_is_drawn() -> None:
    sprite = (settings.BASE_DIR / "static/img/icons.svg").read_text()
    drawn = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    asked = set(names_in(TEMPLATES, r"""\{% icon ["']([\w-]+)["']"""))
    asked |= set(names_in(TEMPLATES, r"""_empty\.html" with icon=["']([\w-]+)["']"""))
    asked |= {folder.icon for folder in FOLDERS.values()} | TURNING

    assert asked - drawn == set()


def test_every_colour_and_space_comes_from_the_tokens() -> None:
    known = names_in(STYLES, r"(--[\w-]+):").keys()
    used = names_in(STYLES, r"var\((--[\w-]+)[,)]")
    own = {name: file for name, file in used.items() if name not in known}

    assert own == {}


def test_colours_are_written_in_the_tokens_only() -> None:
    # Labels have colours of their own (inbox.palette); behind films it is black.
    literal = re.compile(r"[:( ]#(?!000;)[0-9a-fA-F]{3,8}\b")
    found = {
        f"{path.name}: {line.strip()}"
        for path in STYLES
        if path.name != "tokens.css"
        for line in path.read_text().splitlines()
        if literal.search(line) and "[data-colour=" not in line
    }

    assert found == set()


def test_nothing_is_written_that_a_strict_policy_refuses() -> None:
    for path in TEMPLATES:
        if path.parent.name == "mail":
            continue
        text = path.read_text()
        assert not re.search(r"<[^>]*\sstyle=", text), path.name
        assert not re.search(r"<[^>]*\son\w+=", text), path.name
        assert not re.search(r"<script(?![^>]*\ssrc=)", text), path.name
        assert "<style" not in text, path.name


def test_scripts_import_nothing_and_run_no_text() -> None:
    for path in SCRIPTS:
        text = path.read_text()
        assert not re.search(r"^\s*import\b|\bimport\(", text, re.MULTILINE), path.name
        assert not re.search(r"\beval\(|new Function|document\.write", text), path.name
