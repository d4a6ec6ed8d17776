"""inbox.live.sign_in: whose browser it is, and whether that still holds."""

from __future__ import annotations

import pytest

from inbox.live import sign_in
from inbox.models import Agent
from tests.inbox.live import serving

pytestmark = pytest.mark.django_db


def test_a_new_password_ends_sessions_of_the_old_one(agent: Agent) -> None:
    found = sign_in.find(_cookie_header(agent))
    assert found is not None
    assert sign_in.find_ended([found]) == set()

    agent.set_password("another horse battery")
    agent.save()

    assert sign_in.find_ended([found]) == {found}


def _cookie_header(agent: Agent) -> str:
    return "; ".join(f"{name}={value}" for name, value in serving.cookies_of(agent).items())
