"""consent.standings: what the rules are told of people"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from consent import gate
from consent.requests import Inbound, Request
from consent.rules import MessageClass, Standing
from consent.standings import standings

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
OURS, OTHER = "200000000000001", "200000000000002"


def about(subject: UUID, sender: str = OURS) -> Request:
    return Request(subject=subject, sender=sender, message_class=MessageClass.REPLY)


def test_of_somebody_nobody_knows_nothing_is_told() -> None:
    assert standings([about(uuid4())]) == [Standing()]
    assert standings([]) == []


def test_an_objection_holds_for_numbers_they_never_wrote_to() -> None:
    never, once = uuid4(), uuid4()
    gate.register([never, once])
    gate.note_inbound([Inbound(once, OTHER, NOW - timedelta(hours=2))])
    gate.object_to_advertising(never, at=NOW, by="agent")
    gate.object_to_advertising(once, at=NOW, by="agent")
    gate.forbid_contact(once, at=NOW, by="agent")

    found = standings([about(never), about(once), about(once, OTHER)])

    assert [standing.objected_at for standing in found] == [NOW, NOW, NOW]
    assert [standing.banned_at for standing in found] == [None, NOW, NOW]
    assert [s.last_wrote_at for s in found] == [None, None, NOW - timedelta(hours=2)]


def test_each_number_has_its_own_window() -> None:
    subject = uuid4()
    gate.register([subject])
    gate.note_inbound([Inbound(subject, OURS, NOW), Inbound(subject, OTHER, NOW)])
    gate.deny_window(subject, OTHER)

    ours, other = standings([about(subject), about(subject, OTHER)])

    assert (ours.last_wrote_at, ours.window_denied_for) == (NOW, None)
    assert (other.last_wrote_at, other.window_denied_for) == (NOW, NOW)
