""".env.example names exactly what settings.py reads"""

from __future__ import annotations

import re

from django.conf import settings


def test_it_lists_every_variable_once_with_a_line_about_it() -> None:
    code = (settings.BASE_DIR / "supportdesk/settings.py").read_text()
    lines = (settings.BASE_DIR / ".env.example").read_text().splitlines()

    read = re.findall(r'env\.[a-z_]+\(\s*"([A-Z0-9_]+)"', code)
    listed = [line.partition("=")[0] for line in lines if re.match(r"[A-Z0-9_]+=", line)]

    assert sorted(listed) == sorted(read)
    for place, line in enumerate(lines):
        if re.match(r"[A-Z0-9_]+=", line):
            assert lines[place - 1].startswith("# "), f"{line} says nothing about itself"


def test_only_settings_reads_the_environment() -> None:
    """Settings go through django.conf, so that this file is the whole list."""
    readers = re.compile(r"os\.environ(?!\.setdefault)|os\.getenv|environ\.Env")
    found = [
        str(path.relative_to(settings.BASE_DIR))
        for room in ("supportdesk", "inbox", "consent")
        for path in sorted((settings.BASE_DIR / room).rglob("*.py"))
        # A command may be handed a secret this way: arguments can be seen by others.
        if "commands" not in path.parts and readers.search(path.read_text())
    ]
    assert found == ["supportdesk/settings.py"]
