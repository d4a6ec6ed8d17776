"""Who is let in where: each settings page is tried by everybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

Statuses = Callable[..., dict[str, int]]


@pytest.fixture
def statuses(
    client: Client, agent_client: Client, lead_client: Client, admin_client: Client
) -> Statuses:
    """What a stranger, an agent, a lead and an admin get; ``data`` makes it a POST."""
    people = {
        "stranger": client,
        "agent": agent_client,
        "lead": lead_client,
        "admin": admin_client,
    }

    def ask(url: str, data: dict[str, object] | None = None) -> dict[str, int]:
        return {
            name: (one.get(url) if data is None else one.post(url, data)).status_code
            for name, one in people.items()
        }

    return ask
