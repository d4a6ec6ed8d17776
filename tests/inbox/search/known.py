"""Messages that were said, contacts that are known, and what is found of them."""

from __future__ import annotations

from typing import Any

from inbox import search
from inbox.models import Agent, Contact, Message
from inbox.search.highlighting import Piece
from tests.factories import make_contact, make_conversation, make_message


def said(body: str, **fields: Any) -> Message:
    conversation = fields.pop("conversation", None) or make_conversation()
    message = make_message(conversation, body, **fields)
    search.index_messages([message])
    return message


def known(**fields: Any) -> Contact:
    contact = make_contact(**fields)
    make_conversation(contact=contact)
    search.index_contacts([contact])
    return contact


def bodies(agent: Agent, query: str) -> list[str]:
    return [message.body for message in messages(agent, query)]


def messages(agent: Agent, query: str) -> list[Message]:
    return [Message.objects.get(pk=hit.pk) for hit in search.find(agent, query).messages]


def names(agent: Agent, query: str) -> list[str]:
    return [hit.display_name for hit in search.find(agent, query).contacts]


def plain(pieces: tuple[Piece, ...]) -> str:
    """The matches in brackets."""
    return "".join(f"[{p.text}]" if p.is_match else p.text for p in pieces)
