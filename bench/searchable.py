"""The words of seeded messages and contacts, put into the index of search at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bench.loading import rebuilt
from inbox.search import store
from inbox.search.words import words_of

CHUNK = 20_000


def index_messages(channel: int, words: Sequence[tuple[int, str]]) -> None:
    with rebuilt("inbox_message_words"):
        for start in range(0, len(words), CHUNK):
            store.put_messages(
                [
                    store.MessageWords(pk, channel, tuple(its.split(" ")))
                    for pk, its in words[start : start + CHUNK]
                ]
            )


def index_contacts(contacts: Iterable[tuple[int, str, str]]) -> None:
    rows = [
        store.ContactWords(pk, (*words_of(name), *_forms(phone)))
        for pk, name, phone in contacts
    ]
    with rebuilt("inbox_contact_words"):
        for start in range(0, len(rows), CHUNK):
            store.put_contacts(rows[start : start + CHUNK])


def _forms(phone: str) -> tuple[str, str, str]:
    """As ``inbox.search`` keeps a German number, without taking it apart 100,000 times."""
    national = phone.removeprefix("49")
    return phone, f"0{national}", national
