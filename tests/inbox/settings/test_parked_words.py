"""inbox.views.settings.parked_words: every kind and reason has words, in both languages"""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
from django.conf import settings

from inbox.models import ParkedHappening
from inbox.views.settings import parked_words
from inbox.whatsapp import happenings

ROOMS = ("inbox/actions", "inbox/whatsapp/payloads")
# Where reasons are given: as the only words of a call, or as its argument of that name.
GIVEN = re.compile(r'(?:CannotApply|\.unknown)\("([^"]+)"\)|\breason="([^"]+)"')


def given_reasons() -> set[str]:
    """Every fixed word in the code, so that none is forgotten here."""
    sources = [
        file.read_text()
        for room in ROOMS
        for file in (settings.BASE_DIR / Path(room)).rglob("*.py")
    ]
    return {one or other for text in sources for one, other in GIVEN.findall(text)}


def test_the_code_gives_many_reasons() -> None:
    assert {"names nobody", "message without an id", "no entries"} <= given_reasons()


@pytest.mark.parametrize("given", sorted(given_reasons()))
def test_every_reason_the_code_gives_has_a_sentence(given: str) -> None:
    told = parked_words.reason(ParkedHappening(kind="Unknown", reason=given))

    assert told.words.endswith(".")
    assert told.detail == given


def test_every_kind_has_a_name() -> None:
    kinds = {
        name
        for name, kind in inspect.getmembers(happenings, inspect.isclass)
        if issubclass(kind, happenings.Happening)
    }
    parents = {"Happening", "PersonHappening", "Sent", "TemplateHappening"}

    assert kinds - parents == set(parked_words.KINDS)


@pytest.mark.parametrize(
    ("kind", "reason", "sentence"),
    [
        ("MessageReceived", "KeyError: 'id'", "A mistake in the desk stopped it."),
        ("Unknown", "TypeError while reading", "A mistake in the desk stopped it."),
        ("Unknown", "37 more odd pieces", "The same post held more odd pieces than are kept."),
        ("Unreadable", "JSONDecodeError", "It is not built the way WhatsApp builds"),
    ],
)
def test_what_varies_has_a_sentence_as_well(kind: str, reason: str, sentence: str) -> None:
    told = parked_words.reason(ParkedHappening(kind=kind, reason=reason))

    assert told.words.startswith(sentence)
    assert told.detail == reason


def test_what_is_not_known_any_more_is_shown_as_it_was_stored() -> None:
    row = ParkedHappening(kind="KindOfOld", reason="said otherwise in those days")

    assert parked_words.reason(row) == ("said otherwise in those days", "")
    assert parked_words.kind(row) == ("KindOfOld", "")
