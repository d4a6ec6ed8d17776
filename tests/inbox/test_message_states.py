"""inbox.message_states"""

from __future__ import annotations

from django.conf import settings

from inbox.message_states import MOVES, as_markdown
from inbox.models import Message

Status = Message.Status


def test_the_page_is_as_the_code() -> None:
    page = settings.BASE_DIR / "docs" / "message-states.md"

    assert page.read_text() == as_markdown(), "run manage.py document_message_states"


def test_only_what_was_surely_not_sent_goes_back() -> None:
    back = {
        (move.source, move.target)
        for move in MOVES
        if Message.RANK[move.target] < Message.RANK[move.source]
    }

    assert back == {(Status.SENDING, Status.QUEUED)}


def test_what_arrived_never_fails() -> None:
    failing = {move.source for move in MOVES if move.target == Status.FAILED}

    assert failing.isdisjoint({Status.DELIVERED, Status.READ, Status.PLAYED})


def test_every_status_can_be_reached() -> None:
    assert {move.target for move in MOVES} | {Status.QUEUED} == set(Message.RANK)
