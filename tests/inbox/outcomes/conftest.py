"""What one post of WhatsApp changes on the screens of the people at the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from inbox import graph
from inbox.models import Agent
from tests.inbox.outcomes import door
from tests.inbox.outcomes.files import MediaHost
from tests.inbox.outcomes.scene import NOW, set_the_scene
from tests.inbox.outcomes.screens import Desk, Screens

Changes = dict[str, list[str]]
Tell = Callable[[bytes], Changes]


@pytest.fixture
def desk(agent: Agent, agent_client: Client, admin_client: Client) -> Desk:
    number = set_the_scene(agent)
    return Desk(agent_client, admin_client, f"/settings/numbers/{number.code}/")


@pytest.fixture
def tell(
    transactional_db: None,
    desk: Desk,
    nudged: list[tuple[Any, ...]],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Tell]:
    """Post this body and work it through: what reads differently afterwards, by screen."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    door.close()  # what a test before this one left remembered, as the secrets of numbers

    def tell_it(body: bytes) -> Changes:
        monkeypatch.setattr(graph, "client_of", lambda channel: MediaHost(body))
        before = desk.look()

        assert door.post(body) == 200
        door.close()  # its nudge has been given then
        door.work(nudged)

        return changes(before, desk.look())

    yield tell_it
    door.close()


def changes(before: Screens, after: Screens) -> Changes:
    """Screens that stay as they were are left out."""
    found = {name: _changed(before[name], after[name]) for name in after}
    return {name: words for name, words in found.items() if words}


def _changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    gone = [f"gone: {words}" for thing, words in before.items() if thing not in after]
    return sorted([w for thing, w in after.items() if before.get(thing) != w] + gone)
