"""Statuses in whatever order, however often: the end is the same, and nothing goes back"""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from inbox.models import Message
from tests.factories import make_contact, make_conversation, make_message
from tests.inbox.inbound.posting import deliver, of_number, status

WORDS = ("sent", "delivered", "read", "played", "failed", "accepted", "next year's")
RANK = {"sent": 1, "failed": 2, "delivered": 3, "read": 4, "played": 5}


class AnyOrder(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9))
    def test_the_strongest_word_stands_and_no_step_goes_back(self, words: list[str]) -> None:
        contact = make_contact(phone="491700000123")
        conversation = make_conversation(contact=contact)
        ours = make_message(conversation, direction="out", status="sent")
        before = RANK["sent"]

        for word in words:
            told = status(word, str(ours.wamid))
            deliver(of_number(conversation.channel, statuses=[told]))
            ours.refresh_from_db()
            assert RANK[ours.status] >= before
            before = RANK[ours.status]

        assert before == max(RANK.get(word, 1) for word in words)
        assert ours.status in Message.Status.values
