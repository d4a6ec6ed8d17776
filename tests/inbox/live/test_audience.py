"""Who may hear of which number, while numbers come and go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from inbox.live import audience
from inbox.models import Agent, Channel
from tests import factories


class NumberMadeMeanwhile:
    """Another process makes a number right after the first look at the numbers."""

    def __init__(self) -> None:
        self._is_done = False
        self.made: Channel | None = None

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        result = execute(sql, *rest)
        if not self._is_done and f'FROM "{Channel._meta.db_table}"' in sql:
            self._is_done = True
            self.made = factories.make_channel()
        return result


@pytest.mark.django_db
def test_a_number_that_is_known_has_its_rights_read(agent: Agent) -> None:
    with connection.execute_wrapper(meanwhile := NumberMadeMeanwhile()):
        known = audience._read({agent.pk})

    assert meanwhile.made is not None
    seen = known.channels[known.seats[agent.pk].sight]
    assert known.all_channels <= seen  # or else it would stay silent until the next change
