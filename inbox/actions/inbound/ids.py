"""One id of a contact while a batch is applied: lighter than its row, stored with the rest."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from inbox.actions import bulk
from inbox.actions.statements import fetch, instances
from inbox.models import Contact, ContactIdentity
from inbox.whatsapp.happenings import Person

Kind = ContactIdentity.Kind
LONGEST_USERNAME = 64
LIVING = """
    SELECT contact_id, kind, value, scope, last_seen_at, id FROM inbox_contactidentity
    WHERE ended_at IS NULL AND contact_id IN (
        SELECT contact_id FROM inbox_contactidentity
        WHERE value = ANY(%b::text[]) AND ended_at IS NULL AND kind <> 'username'
    ) ORDER BY id
"""
NAMES = (
    "id", "code", "display_name", "name", "profile_name", "phone", "bsuid", "username",
    "consent_subject",
)  # fmt: skip
CONTACTS = f"SELECT {', '.join(NAMES)} FROM inbox_contact WHERE id = ANY(%b::bigint[])"  # noqa: S608


@dataclass(slots=True, eq=False)
class Id:
    contact: Contact
    kind: str
    value: str
    scope: str
    last_seen_at: datetime
    ended_at: datetime | None = None
    pk: int | None = None  # None: not stored yet

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.kind, self.value, self.scope)


def told_of(person: Person) -> list[tuple[str, str]]:
    """Kind and value of each id that is told."""
    told = (
        (Kind.BSUID.value, person.bsuid),
        (Kind.PARENT_BSUID.value, person.parent_bsuid),
        (Kind.PHONE.value, person.phone),
        (Kind.PHONE.value, person.other_phone),
        (Kind.USERNAME.value, person.username[:LONGEST_USERNAME]),
    )
    return [(kind, value) for kind, value in told if value]


def load_living(values: Collection[str]) -> list[Id]:
    """All living ids of the contacts to whom one of these ids belongs."""
    rows = fetch(LIVING, list(values))
    found = fetch(CONTACTS, list({row[0] for row in rows})) if rows else []
    contacts = {contact.pk: contact for contact in instances(Contact, NAMES, found)}
    return [
        Id(contacts[contact], kind, value, scope, seen, None, pk)
        for contact, kind, value, scope, seen, pk in rows
    ]


def store(ids: Collection[Id]) -> None:
    """Ended ones first: they make room for living ones of the same value."""
    bulk.change(
        (ContactIdentity(pk=i.pk), {"last_seen_at": i.last_seen_at, "ended_at": i.ended_at})
        for i in ids
        if i.pk is not None
    )
    new = [i for i in ids if i.pk is None]
    rows = [_row(each) for each in new]
    bulk.insert(rows)
    for each, row in zip(new, rows, strict=True):
        each.pk = row.pk


def _row(new: Id) -> ContactIdentity:
    return ContactIdentity(
        contact_id=new.contact.pk,
        kind=new.kind,
        value=new.value,
        scope=new.scope,
        first_seen_at=new.last_seen_at,
        last_seen_at=new.last_seen_at,
        ended_at=new.ended_at,
    )
