"""A conversation as its pane and the person beside it show it: one query, made once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model
from django.http import Http404

from inbox.models import Agent, Channel, Contact, Conversation, Team
from inbox.prepared import Prepared
from inbox.visibility import hidden_channels, without

# All that is shown, of each model in the order of its fields. Whole rows would be four times
# the columns, and the number's secrets would be decrypted for nothing.
CONVERSATION = (
    *("id", "code", "channel_id", "contact_id", "status", "assignee_id", "team_id"),
    "handover_note",
    *("priority", "snoozed_until", "window_expires_at", "unread_count", "is_marked_unread"),
    *("is_followed", "owned_elsewhere"),
)
CONTACT = (
    *("id", "code", "display_name", "name", "profile_name", "language", "address_form"),
    *("phone", "username", "consent_subject", "blocked_at", "created_at"),
)
CHANNEL = ("id", "name", "phone_number_id", "circuit_opened_at")
ASSIGNEE = ("id", "code", "name")
TEAM = ("id", "name")
WANTED = UUID(int=0)  # stands for the code in the query

Found = TypeVar("Found", bound=Model)


def shown_conversation(agent: Agent, code: UUID) -> Conversation:
    """404 where the agent may not know of it, as ``access_conversation``.

    What is not listed above is fetched when it is asked for.
    """
    return shown_without(hidden_channels(agent), code)


def shown_without(hidden: tuple[int, ...], code: UUID) -> Conversation:
    """For screens that ask more with the same numbers hidden."""
    write = Conversation._meta.get_field("code").get_db_prep_value
    places = {write(WANTED, connection): write(code, connection)}
    for row in _prepared(hidden).ask(places):
        return _read(iter(row))
    raise Http404


@lru_cache(maxsize=256)
def _prepared(hidden: tuple[int, ...]) -> Prepared:
    columns = [
        *CONVERSATION,
        *(f"contact__{name}" for name in CONTACT),
        *(f"channel__{name}" for name in CHANNEL),
        *(f"assignee__{name}" for name in ASSIGNEE),
        *(f"team__{name}" for name in TEAM),
    ]
    return Prepared(without(hidden).filter(code=WANTED).values_list(*columns))


def _read(row: Iterator[Any]) -> Conversation:
    conversation = _taken(Conversation, CONVERSATION, row)
    conversation.contact = _taken(Contact, CONTACT, row)
    conversation.channel = _taken(Channel, CHANNEL, row)
    assignee, team = _taken(Agent, ASSIGNEE, row), _taken(Team, TEAM, row)
    conversation.assignee = assignee if conversation.assignee_id else None
    conversation.team = team if conversation.team_id else None
    return conversation


def _taken(model: type[Found], names: tuple[str, ...], row: Iterator[Any]) -> Found:
    values = [next(row) for _ in names]
    found: Found = model.from_db(DEFAULT_DB_ALIAS, names, values)
    return found
