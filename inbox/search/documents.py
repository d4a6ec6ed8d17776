"""What of a message or a contact can be found: everything a person reads in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Protocol

from inbox.models import Attachment, Contact, Message
from inbox.search.numbers import numbers_in, phone_forms
from inbox.search.words import words_of

UNSEARCHED = frozenset({Message.Kind.EVENT, Message.Kind.REACTION})
# Whose files have names of their own.
WITH_NAMES = frozenset({Message.Kind.DOCUMENT, Message.Kind.NOTE})
# Where words for people stand in Message.content; ids, links' parameters and raw parts do not.
SPOKEN_KEYS = frozenset(
    {
        "name", "address", "header", "footer", "title", "button", "text", "description",
        "organisation", "phone", "headline",
    }
)  # fmt: skip
SPOKEN_PARTS = frozenset({"cards", "phones", "buttons", "sections", "rows", "referral"})


class Spoken(Protocol):
    """What of a message is needed: a whole one has more."""

    @property
    def pk(self) -> Any: ...
    @property
    def kind(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def content(self) -> Any: ...
    @property
    def revoked_at(self) -> datetime | str | None: ...


def text_of(message: Spoken, filenames: Sequence[str] = ()) -> str:
    """The searchable text: the body first, then what else the bubble shows."""
    if message.kind in UNSEARCHED or message.revoked_at is not None:
        return ""
    return "\n".join(part for part in (message.body, *_spoken(message), *filenames) if part)


def filenames_of(messages: Iterable[Spoken]) -> dict[int, list[str]]:
    ids = [m.pk for m in messages if m.kind in WITH_NAMES]
    names: dict[int, list[str]] = {}
    if ids:
        attachments = Attachment.objects.filter(message__in=ids).exclude(filename="")
        for message_id, filename in attachments.values_list("message_id", "filename"):
            names.setdefault(message_id, []).append(filename)
    return names


def words_of_message(text: str) -> list[str]:
    """Its words, and each number in the ways people write it."""
    return [*words_of(text), *numbers_in(text)]


def words_of_contact(contact: Contact) -> list[str]:
    """Names in words, user name, and the number in each way people write it."""
    names = " ".join((contact.name, contact.profile_name, contact.username))
    return [*words_of(names), *phone_forms(contact.phone)]


def _spoken(message: Spoken) -> Iterator[str]:
    if message.content and isinstance(message.content, dict):
        if message.kind == Message.Kind.UNKNOWN:
            return
        yield from _strings(message.content)
        answers = message.content.get("answers")
        if isinstance(answers, dict):
            yield from (value for value in answers.values() if isinstance(value, str))


def _strings(part: dict[str, Any]) -> Iterator[str]:
    for key, value in part.items():
        if key in SPOKEN_KEYS and isinstance(value, str):
            yield value
        elif key in SPOKEN_PARTS:
            items = value if isinstance(value, list) else [value]
            for item in items:
                if isinstance(item, dict):
                    yield from _strings(item)
                elif isinstance(item, str):
                    yield item
