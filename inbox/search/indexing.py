"""Keeping the search index in step with messages and contacts. No triggers: callers call."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from inbox.models import Contact, Message
from inbox.search import store
from inbox.search.documents import (
    filenames_of,
    text_of,
    words_of_contact,
    words_of_message,
)


def index_messages(messages: Sequence[Message]) -> None:
    """Make these stored messages findable; call again after an edit, revoke or new file."""
    filenames = filenames_of(messages)
    rows: list[store.MessageWords] = []
    silent: list[int] = []
    for message in messages:
        if words := words_of_message(text_of(message, filenames.get(message.pk, ()))):
            rows.append(store.MessageWords(message.pk, message.channel_id, tuple(words)))
        elif message.edited_at or message.revoked_at:
            silent.append(message.pk)  # had words once
    store.put_messages(rows)
    store.drop_messages(silent)


def forget_messages(ids: Iterable[int]) -> None:
    store.drop_messages(list(ids))


def index_contacts(contacts: Sequence[Contact]) -> None:
    """Make these stored contacts findable by what they are called and numbered now."""
    store.put_contacts(
        [
            store.ContactWords(contact.pk, tuple(words_of_contact(contact)))
            for contact in contacts
        ]
    )


def forget_contacts(ids: Iterable[int]) -> None:
    store.drop_contacts(list(ids))
