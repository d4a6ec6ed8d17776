"""Posting what an agent wrote, as the browser does."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from inbox.models import Channel
from tests.factories import make_channel, make_team

FETCH = {"X-Requested-With": "fetch"}


def post(client: Client, view: str, /, *args: object, **fields: Any) -> Any:
    """As our scripts do it: the answer is put into the page."""
    return client.post(reverse(f"inbox:{view}", args=args), _with_key(fields), headers=FETCH)


def post_plainly(client: Client, view: str, /, *args: object, **fields: Any) -> Any:
    """As a browser without scripts does it."""
    return client.post(reverse(f"inbox:{view}", args=args), _with_key(fields))


def _with_key(fields: dict[str, Any]) -> dict[str, Any]:
    return {"draft_key": uuid4()} | fields


def hidden_channel() -> Channel:
    """A number of a team that no agent of the tests is in."""
    channel = make_channel()
    channel.teams.add(make_team())
    return channel
