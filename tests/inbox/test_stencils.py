"""inbox.stencils"""

from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from pytest_django import Settings

from inbox import stencils
from inbox.stencils import Word

QUOTE = "inbox/_bubble_quote.html"
EVIL = "<script>alert('1')</script>\" {0} {} {{ 7|add:7 }} %s \ue0000\ue001 & \\1"


def quote(**changed: Any) -> dict[str, Any]:
    things = {"speaker": "Lena", "text": "Good morning", "url": "/x/?a=1&b=2", "pk": "7"}
    return {"quote": things | changed}


@pytest.mark.parametrize(
    "things",
    [
        quote(),
        quote(text=EVIL, speaker=EVIL, url=EVIL, pk=EVIL),
        quote(speaker=""),
        quote(url=""),
        quote(text=SafeString("<b>bold</b>")),
        quote(url=None),
    ],
)
def test_it_draws_what_the_template_draws(things: dict[str, Any]) -> None:
    drawn = stencils.draw(QUOTE, things)

    assert drawn.split() == render_to_string(QUOTE, things).split()


def test_texts_are_escaped_and_never_read_as_places() -> None:
    stencils.draw(QUOTE, quote(text="first"))
    drawn = stencils.draw(QUOTE, quote(text=EVIL, speaker="\ue0001\ue001{1}"))

    assert "&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;&quot; {0} {} {{ 7" in drawn
    assert "<script" not in drawn
    assert "\ue0001\ue001{1}" in drawn


def test_nothing_of_one_is_in_the_next() -> None:
    first = stencils.draw(QUOTE, quote(text="a secret", speaker="Jana"))
    second = stencils.draw(QUOTE, quote(text="Good morning"))

    assert "a secret" in first
    assert "a secret" not in second
    assert "Jana" not in second


def test_each_language_has_its_own() -> None:
    things = {"failure": {"uncertain": False, "sentence": "x", "can_resend": True}}
    english = stencils.draw("inbox/_bubble_failure.html", things)
    with translation.override("de"):
        german = stencils.draw("inbox/_bubble_failure.html", things)

    assert "Try again" in english
    assert german.split() != english.split()


def test_a_word_decides_what_is_drawn() -> None:
    notice = "_parts/_notice.html"

    well = stencils.draw(notice, {"tone": Word("ok"), "text": "Sent."})
    badly = stencils.draw(notice, {"tone": Word("danger"), "text": "Sent."})

    assert "#tick" in well
    assert "#warning" in badly


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(TypeError, match="not int"):
        stencils.draw(QUOTE, quote(pk=7))


def test_a_template_that_changes_texts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stencils, "render_to_string", lambda _name, its: its["name"][:2])

    with pytest.raises(ValueError, match="changes a text"):
        stencils.draw("a template with truncatechars", {"name": "Lena"})


def test_what_has_very_many_texts_is_not_remembered() -> None:
    items = [str(n) for n in range(stencils.MOST_TEXTS + 1)]
    before = stencils._stencil.cache_info().currsize

    drawn = stencils.draw("inbox/_bubble_options.html", {"part": {"buttons": items}})

    assert f'<li dir="auto">{stencils.MOST_TEXTS}</li>' in drawn
    assert stencils._stencil.cache_info().currsize == before


def test_while_developing_a_changed_template_shows_at_once(settings: Settings) -> None:
    settings.DEBUG = True
    before = stencils._stencil.cache_info().currsize

    assert "Lena" in stencils.draw(QUOTE, quote(speaker="Lena", text="only here"))
    assert stencils._stencil.cache_info().currsize == before
