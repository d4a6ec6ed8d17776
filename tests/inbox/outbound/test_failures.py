"""inbox.failures"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import translation

from consent.gate import Reason, sentence_for
from inbox import failures
from inbox.models import Message
from inbox.whatsapp import ErrorClass


def failed(failure: str, code: int | None = None, **fields: Any) -> Message:
    defaults = {"direction": "out", "origin": "agent", "status": "failed"}
    return Message(failure_class=failure, failure_code=code, **(defaults | fields))


def test_while_nothing_is_wrong_there_is_nothing_to_say() -> None:
    assert failures.sentence_for(Message(direction="out", status="sent")) == ""


@pytest.mark.parametrize("error_class", list(ErrorClass))
def test_every_class_of_error_has_a_sentence(error_class: ErrorClass) -> None:
    assert failures.sentence_for(failed(error_class)).endswith(".")


@pytest.mark.parametrize("reason", [r for r in Reason if r is not Reason.OK])
def test_every_reason_of_the_gate_has_a_sentence(reason: Reason) -> None:
    assert failures.sentence_for(failed(reason)) == str(sentence_for(reason))


@pytest.mark.parametrize("word", ["discarded", "blocked", "restricted", "retired"])
def test_our_own_words_have_sentences(word: str) -> None:
    assert failures.sentence_for(failed(word)) == failures.sentence_of(word)


def test_a_code_says_more_than_its_class() -> None:
    plain = failures.sentence_for(failed("recipient"))

    assert failures.sentence_for(failed("recipient", 131030)) != plain


def test_an_unknown_word_reads_as_an_unknown_error() -> None:
    unknown = failures.sentence_for(failed("unknown"))

    assert failures.sentence_for(failed("a word of next year")) == unknown


def test_the_sentence_is_in_the_readers_language() -> None:
    with translation.override("en"):
        assert "access" in failures.sentence_for(failed("auth"))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"status": "failed"}, True),
        ({"status": "uncertain", "due_at": None}, True),
        ({"status": "uncertain", "due_at": datetime(2026, 11, 21, tzinfo=UTC)}, False),
        ({"status": "queued"}, False),
        ({"status": "sent"}, False),
        ({"status": "failed", "origin": "automatic"}, False),
        ({"status": "failed", "origin": "phone_app"}, False),
        ({"status": "failed", "kind": "reaction"}, False),
        ({"status": "failed", "content": {"resent_as": 7}}, False),
        ({"status": "received", "direction": "in"}, False),
    ],
    ids=str,
)
def test_what_a_person_may_send_again(fields: dict[str, Any], expected: bool) -> None:
    assert failures.can_resend(failed("recipient", **fields)) is expected
