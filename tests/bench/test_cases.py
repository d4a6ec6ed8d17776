"""bench.cases: how long the conversations are"""

from __future__ import annotations

import random

import pytest

from bench.cases import plan


@pytest.mark.parametrize(
    ("conversations", "messages"), [(1, 1), (500, 500), (500, 503), (120, 1500), (2000, 40_000)]
)
def test_as_many_messages_as_asked_for_and_one_at_least_for_each(
    conversations: int, messages: int
) -> None:
    made = plan(conversations, messages, [1, 2], random.Random(1))

    assert len(made.messages()) == messages
    assert min(case.messages for case in made.cases) >= 1
