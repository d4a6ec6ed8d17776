"""The labels a conversation and its person have, and those they could have."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from inbox.models import Agent, Contact, ContactLabel, Conversation, ConversationLabel, Label
from inbox.prepared import Prepared

# What stands for the real ones in queries that are made once (inbox.prepared).
HERE, THEIRS = Conversation(pk=-1), Contact(pk=-2)


class Choice(NamedTuple):
    """A line of the menu."""

    pk: int
    code: UUID
    name: str
    description: str
    is_sensitive: bool
    is_on: bool


class Given(NamedTuple):
    """A label that is there."""

    pk: int
    code: UUID
    name: str
    on_conversation: bool
    on_contact: bool


def choices_for(thing: Conversation | Contact, reader: Agent) -> list[Choice]:
    """All that this agent may see, in their order."""
    if isinstance(thing, Conversation):
        links = Exists(
            ConversationLabel.objects.filter(conversation=thing, label=OuterRef("pk"))
        )
    else:
        links = Exists(ContactLabel.objects.filter(contact=thing, label=OuterRef("pk")))
    rows = Label.objects.visible_to(reader).annotate(is_on=links)
    return [Choice._make(row) for row in rows.values_list(*Choice._fields)]


def given(conversation: int, contact: int, reader: Agent) -> list[Given]:
    """On the one or the other: one query for both. 0 is none."""
    places = {HERE.pk: conversation, THEIRS.pk: contact}
    return [Given._make(row) for row in _given(reader.data_protection).ask(places)]


@lru_cache(maxsize=2)
def _given(sensitive: bool) -> Prepared:
    on_conversation = ConversationLabel.objects.filter(conversation=HERE, label=OuterRef("pk"))
    on_contact = ContactLabel.objects.filter(contact=THEIRS, label=OuterRef("pk"))
    labels = Label.objects.visible_to(Agent(data_protection=sensitive)).annotate(
        on_conversation=Exists(on_conversation), on_contact=Exists(on_contact)
    )
    found = labels.filter(Q(on_conversation=True) | Q(on_contact=True))
    return Prepared(found.values_list(*Given._fields))
