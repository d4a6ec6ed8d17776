"""What bubbles show beside their message: files, reactions, authors, quoted messages.

One query each for a whole page, and none for what no message of the page can have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from inbox.models import Agent, Attachment, Message, Reaction

Kind = Message.Kind
WITH_FILES = {
    Kind.IMAGE,
    Kind.VIDEO,
    Kind.AUDIO,
    Kind.VOICE,
    Kind.DOCUMENT,
    Kind.STICKER,
    Kind.TEMPLATE,
    Kind.BUTTONS,
    Kind.LINK_BUTTON,
    Kind.LIST,
}


@dataclass(frozen=True, slots=True)
class Surroundings:
    files: dict[int, list[Attachment]]
    reactions: dict[int, list[Reaction]]
    quoted: dict[int, Message]
    agents: dict[int, Agent]


def surroundings_of(messages: Sequence[Message]) -> Surroundings:
    quoted = _quoted(messages)
    return Surroundings(
        files=_files(messages),
        reactions=_reactions(messages),
        quoted=quoted,
        agents=_agents([*messages, *quoted.values()]),
    )


def _files(messages: Sequence[Message]) -> dict[int, list[Attachment]]:
    found: dict[int, list[Attachment]] = defaultdict(list)
    if ids := [m.pk for m in messages if m.kind in WITH_FILES]:
        for attachment in Attachment.objects.filter(message__in=ids).order_by("pk"):
            found[attachment.message_id].append(attachment)
    return found


def _reactions(messages: Sequence[Message]) -> dict[int, list[Reaction]]:
    found: dict[int, list[Reaction]] = defaultdict(list)
    if ids := [m.pk for m in messages if m.kind not in {Kind.EVENT, Kind.NOTE}]:
        rows = Reaction.objects.filter(message__in=ids).exclude(emoji="").order_by("at")
        for reaction in rows:
            found[reaction.message_id].append(reaction)
    return found


def _quoted(messages: Sequence[Message]) -> dict[int, Message]:
    ids = {m.quoted_id for m in messages if m.quoted_id}
    if not ids:
        return {}
    rows = Message.objects.filter(pk__in=ids).select_related("conversation")
    shown = ("direction", "kind", "body", "author_id", "revoked_at", "origin", "content")
    return {m.pk: m for m in rows.only(*shown, "conversation__code")}


def _agents(messages: Sequence[Message]) -> dict[int, Agent]:
    ids = {m.author_id for m in messages if m.author_id}
    if not ids:
        return {}
    return {agent.pk: agent for agent in Agent.objects.filter(pk__in=ids).only("name")}
