"""Who is who: from the ids that WhatsApp names to the contacts we know.

Found by business-scoped id, then by phone, then by the parent id that linked portfolios
share; else it is somebody new. Phone numbers are recycled: a number whose contact has
another living id in the same portfolio moves to a new contact, the two are never merged.
A contact known by number only and one known by id turn out to be one person when both ids
come together; then they are merged. User names are labels and find nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from consent import gate
from inbox.actions import bulk
from inbox.actions.inbound import ids, merging
from inbox.actions.inbound.arrivals import CannotApply
from inbox.actions.inbound.ids import LONGEST_USERNAME, Id, Kind
from inbox.actions.inbound.news import News
from inbox.models import Contact
from inbox.names import display_name
from inbox.whatsapp.happenings import Happening, Person

LONGEST_ID = 140
LONGEST_NAME = 200
# Often enough to tell which id is in use; seldom enough to cost nothing.
SEEN_EVERY = timedelta(days=1)
NAMES = ("display_name", "profile_name", "phone", "bsuid", "username")


def person_of(happening: Happening, person: Person) -> Person:
    """The person, by what stands in place of an id when there is none we can read."""
    if not person.has_id:
        opaque = happening.raw.get("from") or happening.raw.get("to")
        if not isinstance(opaque, str) or not opaque.strip():
            raise CannotApply("names nobody")
        person = Person(
            bsuid=opaque.strip(), username=person.username, profile_name=person.profile_name
        )
    if max(len(person.bsuid), len(person.parent_bsuid)) > LONGEST_ID:
        raise CannotApply("the person's id is too long")
    return person


class People:
    """The contacts of one batch, looked up together and changed in memory until ``store``."""

    def __init__(self, people: Iterable[Person], news: News) -> None:
        self._news = news
        self._live: dict[tuple[str, str, str], Id] = {}
        self._ids_of: dict[UUID, list[Id]] = {}  # by the contact's code: new ones have no pk
        self._merged: dict[UUID, Contact] = {}
        self._new: dict[UUID, Contact] = {}
        self._renamed: dict[UUID, Contact] = {}
        self._changed_ids: set[Id] = set()
        self.lost_numbers: list[tuple[Contact, str, datetime]] = []  # whose, which, when
        if values := {value for person in people for _kind, value in ids.told_of(person)}:
            for known in ids.load_living(values):
                self._remember(known)

    def meet(self, person: Person, scope: str, at: datetime) -> Contact:
        """The contact of this person, with all that is told of them noted."""
        contact = self._recognise(person, scope) or self._somebody_new()
        self.note(contact, person, scope, at)
        return contact

    def known(self, person: Person, scope: str) -> Contact | None:
        """Whom we know by one of these ids; nothing is noted."""
        return (
            self._find(Kind.BSUID, person.bsuid, scope)
            or self._by_phone(person)
            or self._find(Kind.PARENT_BSUID, person.parent_bsuid)
        )

    def note(self, contact: Contact, person: Person, scope: str, at: datetime) -> None:
        """All that is told of the person, when it is clear whose contact it is."""
        for kind, value in ids.told_of(person):
            self._note_id(contact, kind, value, scope if kind == Kind.BSUID else "", at)
        self._note_names(contact, person)

    def now(self, contact: Contact) -> Contact:
        """Who it is after all that the batch told: contacts may have been merged."""
        while contact.code in self._merged:
            contact = self._merged[contact.code]
        return contact

    def end_others(self, contact: Contact, new: Person, scope: str, at: datetime) -> None:
        """What the contact was known by until the new ids; only kinds that have a new one."""
        new_ids = dict(ids.told_of(new))
        for known in self._living(contact):
            elsewhere = known.kind == Kind.BSUID and known.scope not in {scope, ""}
            replaced_by = new_ids.get(known.kind, known.value)
            if known.kind != Kind.USERNAME and replaced_by != known.value and not elsewhere:
                self._end(known, at)

    def is_another(self, contact: Contact, person: Person, scope: str) -> bool:
        """Whether the contact lives under a different id here: then it is someone else."""
        return bool(person.bsuid) and any(
            known.kind == Kind.BSUID
            and known.scope in {scope, ""}
            and known.value != person.bsuid
            for known in self._living(contact)
        )

    def merge(self, *, into: Contact, gone: Contact) -> Contact:
        """Two contacts are one person."""
        self.store()
        merging.merge(into=into, gone=gone, news=self._news)
        self._merged[gone.code] = into
        for known in self._ids_of.pop(gone.code, []):
            known.contact = into
            self._ids_of.setdefault(into.code, []).append(known)
        self._rename(into)
        return into

    def store(self) -> None:
        """New people first, then ids, then what changed about known people."""
        if self._new:
            gate.register(contact.consent_subject for contact in self._new.values())
            bulk.insert(self._new.values())
        if self._changed_ids:
            ids.store(self._changed_ids)
        renamed = [c for code, c in self._renamed.items() if code not in self._new]
        bulk.write(renamed, NAMES)
        for contact in [*self._new.values(), *renamed]:
            self._news.names[contact.pk] = contact
        for collection in (self._new, self._changed_ids, self._renamed):
            collection.clear()

    def _recognise(self, person: Person, scope: str) -> Contact | None:
        own = self._find(Kind.BSUID, person.bsuid, scope)
        by_phone = self._by_phone(person)
        if own is None:
            for candidate in (by_phone, self._find(Kind.PARENT_BSUID, person.parent_bsuid)):
                if candidate and not self.is_another(candidate, person, scope):
                    return candidate
            return None
        if by_phone and by_phone is not own and not self.is_another(by_phone, person, scope):
            return self.merge(into=own, gone=by_phone)
        return own

    def _find(self, kind: Kind, value: str, scope: str = "") -> Contact | None:
        known = self._living_id(kind.value, value, scope) if value else None
        return known.contact if known else None

    def _living_id(self, kind: str, value: str, scope: str) -> Id | None:
        # Ids that were noted without a portfolio hold in any.
        return self._live.get((kind, value, scope)) or self._live.get((kind, value, ""))

    def _by_phone(self, person: Person) -> Contact | None:
        return self._find(Kind.PHONE, person.phone) or self._find(
            Kind.PHONE, person.other_phone
        )

    def _living(self, contact: Contact) -> list[Id]:
        return [i for i in self._ids_of.get(contact.code, []) if i.ended_at is None]

    def _somebody_new(self) -> Contact:
        contact = Contact(consent_subject=uuid4(), created_at=timezone.now())
        self._new[contact.code] = contact
        return contact

    def _note_id(
        self, contact: Contact, kind: str, value: str, scope: str, at: datetime
    ) -> None:
        if kind == Kind.USERNAME:
            known = self._username_of(contact, value, at)
        else:
            known = self._living_id(kind, value, scope)
        if known and known.contact is not contact:
            self._end(known, at)
            if kind == Kind.PHONE:
                self.lost_numbers.append((known.contact, value, at))
            known = None
        if known is None:
            begun = Id(contact, kind, value, scope, at)
            self._remember(begun)
            self._changed_ids.add(begun)
        elif at - known.last_seen_at > SEEN_EVERY:
            known.last_seen_at = at
            self._changed_ids.add(known)

    def _username_of(self, contact: Contact, value: str, at: datetime) -> Id | None:
        """The id of this name; an earlier name ends."""
        for known in self._living(contact):
            if known.kind == Kind.USERNAME:
                if known.value == value:
                    return known
                self._end(known, at)
        return None

    def _end(self, known: Id, at: datetime) -> None:
        known.ended_at = at
        self._live.pop(known.key, None)
        self._changed_ids.add(known)
        contact = known.contact
        if known.kind == Kind.PHONE and contact.phone == known.value:
            contact.phone = self._another(contact, Kind.PHONE)
        if known.kind == Kind.BSUID and contact.bsuid == known.value:
            contact.bsuid = self._another(contact, Kind.BSUID)
        self._rename(contact)

    def _another(self, contact: Contact, kind: Kind) -> str:
        """A further living id of this kind, for what lists and sending use."""
        living = [known.value for known in self._living(contact) if known.kind == kind]
        return living[-1] if living else ""

    def _note_names(self, contact: Contact, person: Person) -> None:
        before = (contact.profile_name, contact.phone, contact.bsuid, contact.username)
        after = (
            person.profile_name[:LONGEST_NAME] or contact.profile_name,
            person.phone or contact.phone,
            person.bsuid or contact.bsuid,
            person.username[:LONGEST_USERNAME] or contact.username,
        )
        if before != after or not contact.display_name:
            contact.profile_name, contact.phone, contact.bsuid, contact.username = after
            self._rename(contact)

    def _rename(self, contact: Contact) -> None:
        contact.display_name = display_name(contact)
        self._renamed[contact.code] = contact

    def _remember(self, known: Id) -> None:
        if known.kind != Kind.USERNAME:
            self._live[known.key] = known
        self._ids_of.setdefault(known.contact.code, []).append(known)
