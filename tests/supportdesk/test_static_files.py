"""supportdesk.static_files"""

from __future__ import annotations

from pathlib import Path

from pytest_django import Settings

from supportdesk.static_files import StaticFiles


def collected(folder: Path) -> StaticFiles:
    (folder / "a.js").write_text("1")
    before = StaticFiles(location=folder, base_url="/static/")  # type: ignore[no-untyped-call]
    for _, hashed, _ in before.post_process({"a.js": (before, "a.js")}):  # type: ignore[no-untyped-call]
        assert hashed != "a.js"
    return StaticFiles(location=folder, base_url="/static/")  # type: ignore[no-untyped-call]


def test_names_carry_the_hash(tmp_path: Path) -> None:
    assert collected(tmp_path).url("a.js").startswith("/static/a.")
    assert collected(tmp_path).url("a.js") != "/static/a.js"


def test_the_same_address_again_is_not_worked_out_again(tmp_path: Path) -> None:
    files = collected(tmp_path)
    first = files.url("a.js")
    files.hashed_files.clear()

    assert files.url("a.js") == first


def test_while_developing_names_are_plain(tmp_path: Path, settings: Settings) -> None:
    settings.DEBUG = True

    assert collected(tmp_path).url("a.js") == "/static/a.js"
