"""The people who wrote to us, newest activity first, a page at a time by key.

A contact stands where the newest of their conversations stands that the agent may see; who
has none is not there. The three states of conversations are walked by the list's own index
and put together, so that a page costs the same however many people there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from django.db import connection
from django.db.models import Exists, F, OuterRef
from django.db.models.lookups import GreaterThan, LessThan

from inbox.labelled import LabelOnRow, is_rare, labels_of_contacts
from inbox.models import Agent, ContactLabel, Conversation, Label
from inbox.models.conversation import ConversationQuerySet
from inbox.paging import Key, Pair
from inbox.prepared import AsText, Prepared, in_places, places, read_moment
from inbox.search import store
from inbox.search.words import read_query
from inbox.visibility import hidden_channels, without

PAGE = 30
# Of all who fit the words, so many are looked through: those who came last.
CANDIDATES = 200
COLUMNS = (
    "pk",
    "contact",
    AsText("last_message_at"),
    "status",
    AsText("contact__code"),
    "contact__display_name",
    "contact__phone",
    "contact__username",
)


class Person(NamedTuple):
    """What a row shows; the first ones are of the newest conversation."""

    conversation: int
    contact: int
    last_message_at: str
    status: str
    code: str
    name: str
    phone: str
    username: str

    @property
    def key(self) -> Key:
        return Key(read_moment(self.last_message_at), self.conversation)


class Page(NamedTuple):
    people: list[Person]
    labels: dict[int, list[LabelOnRow]]  # by contact
    next_key: Key | None  # None: this was the last page


def page(
    agent: Agent, text: str = "", after: Key | None = None, labels: Sequence[Label] = ()
) -> Page:
    """Everybody, or those whom the words fit, and who have all of the labels."""
    hidden = hidden_channels(agent)
    if text.strip():
        found = _found(hidden, text, after, labels)
    else:
        found = _labelled(hidden, after, labels) if labels else _all(hidden, after)
    people = [Person._make(row) for row in _people(PAGE).ask(in_places(found[:PAGE], PAGE))]
    people.sort(key=lambda person: person.key, reverse=True)
    more = len(found) > PAGE
    theirs = [person.contact for person in people]
    on_rows = labels_of_contacts(theirs, sensitive=agent.data_protection)
    return Page(people, on_rows, people[-1].key if more else None)


def _all(hidden: tuple[int, ...], after: Key | None) -> list[int]:
    """The conversations they stand with, and one more when there are more."""
    sql, params = _walk(hidden, after, PAGE)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [row[0] for row in cursor.fetchall()]


def _found(
    hidden: tuple[int, ...], text: str, after: Key | None, labels: Sequence[Label]
) -> list[int]:
    contacts = store.find_contacts(read_query(text), hidden=hidden, limit=CANDIDATES)
    rows = _with(labels, _newest(hidden, after).filter(contact__in=contacts))
    return list(rows.values_list("pk", flat=True)[: PAGE + 1])


def _labelled(hidden: tuple[int, ...], after: Key | None, labels: Sequence[Label]) -> list[int]:
    """A rare label is begun with; a common one is met again and again while walking."""
    rare = next((one for one in labels if is_rare(one.pk, ContactLabel)), None)
    rows = _with(labels, _newest(hidden, after))
    if rare:
        theirs = ContactLabel.objects.filter(label=rare).values("contact")
        rows = rows.filter(contact__in=theirs)
        return list(rows.values_list("pk", flat=True)[: PAGE + 1])
    parts = [rows.filter(status=status)[: PAGE + 1] for status in Conversation.Status]
    found = [row for part in parts for row in part.values_list("last_message_at", "pk")]
    return [pk for _at, pk in sorted(found, reverse=True)[: PAGE + 1]]


def _with(labels: Sequence[Label], rows: ConversationQuerySet) -> ConversationQuerySet:
    for label in labels:
        links = ContactLabel.objects.filter(label=label, contact=OuterRef("contact"))
        rows = rows.filter(Exists(links))
    return rows


@lru_cache(maxsize=128)
def _walk(
    hidden: tuple[int, ...], after: Key | None, most: int
) -> tuple[str, tuple[str | int, ...]]:
    """Each state by its index, then the first of all. The first page is asked all day."""
    parts, params = [], list[str | int]()
    for status in Conversation.Status:
        rows = _newest(hidden, after).filter(status=status)[: most + 1]
        sql, its = rows.values("id", "last_message_at").query.sql_with_params()
        parts.append(f"SELECT * FROM ({sql}) AS {status}_ones")  # noqa: S608
        params += its
    together = " UNION ALL ".join(parts)
    return (
        f"SELECT id FROM ({together}) AS newest"  # noqa: S608
        f" ORDER BY last_message_at DESC, id DESC LIMIT {most + 1}",
        tuple(params),
    )


def _newest(hidden: tuple[int, ...], after: Key | None) -> ConversationQuerySet:
    """Of each contact the newest conversation that may be seen."""
    place, other = Pair(F("last_message_at"), F("pk")), without(hidden)
    newer = other.filter(contact=OuterRef("contact")).filter(
        GreaterThan(place, Pair(OuterRef("last_message_at"), OuterRef("pk")))
    )
    rows = without(hidden).filter(~Exists(newer)).order_by("-last_message_at", "-pk")
    return rows.filter(LessThan(place, after.as_pair())) if after else rows


@lru_cache(maxsize=8)
def _people(most: int) -> Prepared:
    rows = Conversation.objects.filter(pk__in=places(most)).order_by()
    return Prepared(rows.values_list(*COLUMNS))
