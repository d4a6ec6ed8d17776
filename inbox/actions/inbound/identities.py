"""Who is who: from the ids that WhatsApp names to the contacts we know.

Found by business-scoped id, then by phone, then by the parent id that linked portfolios
share; else it is somebody new. Phone numbers are recycled: a number whose contact has
another living id in the same portfolio moves to a new contact, the two are never merged.
A contact known by number only and one known by id turn out to be one person when both ids
come together; then they are merged. User names are labels and find nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.utils import timezone

from consent import gate
from inbox.actions.inbound import bulk, merging
from inbox.actions.inbound.arrivals import CannotApply
from inbox.actions.inbound.news import News
from inbox.models import Contact, ContactIdentity
from inbox.names import display_name
from inbox.whatsapp.happenings import Happening, Person

Kind = ContactIdentity.Kind
Key = tuple[str, str, str]  # kind, value, scope

LONGEST_ID = 140
LONGEST_NAME = 200
LONGEST_USERNAME = 64
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

    def __init__(self, people: Iterable[tuple[Person, str]], news: News) -> None:
        self._news = news
        self._live: dict[Key, ContactIdentity] = {}
        self._contacts: dict[UUID, Contact] = {}
        self._ids_of: dict[UUID, list[ContactIdentity]] = {}
        self._merged: dict[UUID, Contact] = {}
        self._new: dict[UUID, Contact] = {}
        self._renamed: dict[UUID, Contact] = {}
        self._new_ids: list[ContactIdentity] = []
        self._changed_ids: dict[int, ContactIdentity] = {}
        self.lost_numbers: list[tuple[Contact, str, datetime]] = []  # whose, which, when
        self._load([person for person, _scope in people])

    def meet(self, person: Person, scope: str, at: datetime) -> Contact:
        """The contact of this person, with all that is told of them noted."""
        contact = self._recognise(person, scope) or self._somebody_new(at)
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
        self._note_ids(contact, person, scope, at)
        self._note_names(contact, person)

    def now(self, contact: Contact) -> Contact:
        """Who it is after all that the batch told: contacts may have been merged."""
        while contact.code in self._merged:
            contact = self._merged[contact.code]
        return contact

    def end_others(self, contact: Contact, new: Person, scope: str, at: datetime) -> None:
        """What the contact was known by until the new ids; only kinds that have a new one."""
        new_ids = {
            Kind.BSUID: new.bsuid,
            Kind.PARENT_BSUID: new.parent_bsuid,
            Kind.PHONE: new.phone,
        }
        for identity in list(self._ids_of.get(contact.code, [])):
            replaced = new_ids.get(Kind(identity.kind), "")
            elsewhere = identity.kind == Kind.BSUID and identity.scope not in {scope, ""}
            if (
                identity.ended_at is None
                and replaced not in {"", identity.value}
                and not elsewhere
            ):
                self._end(identity, at)

    def merge(self, *, into: Contact, gone: Contact) -> Contact:
        """Two contacts are one person."""
        self.store()
        merging.merge(into=into, gone=gone, news=self._news)
        self._merged[gone.code] = into
        for identity in self._ids_of.pop(gone.code, []):
            identity.contact = into
            self._ids_of.setdefault(into.code, []).append(identity)
        self._contacts.pop(gone.code, None)
        self._rename(into)
        return into

    def store(self) -> None:
        """New people first, then their ids, then what changed about known ones."""
        if self._new:
            gate.register(contact.consent_subject for contact in self._new.values())
            Contact.objects.bulk_create(self._new.values())
        # Ended ids make room for living ones of the same value.
        bulk.write(list(self._changed_ids.values()), ("last_seen_at", "ended_at"))
        if self._new_ids:
            ContactIdentity.objects.bulk_create(self._new_ids)
        renamed = [c for code, c in self._renamed.items() if code not in self._new]
        bulk.write(renamed, NAMES)
        for contact in [*self._new.values(), *renamed]:
            self._news.names[contact.pk] = contact
        for collection in (self._new, self._changed_ids, self._new_ids, self._renamed):
            collection.clear()

    def _load(self, people: Sequence[Person]) -> None:
        told = {value for person in people for value in _ids(person)}
        if not told:
            return
        contacts = _living().filter(value__in=told).exclude(kind=Kind.USERNAME)
        identities = _living().filter(contact__in=contacts.values("contact"))
        for identity in identities.select_related("contact").order_by("pk"):
            contact = self._contacts.setdefault(identity.contact.code, identity.contact)
            identity.contact = contact
            self._remember(identity)

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

    def is_another(self, contact: Contact, person: Person, scope: str) -> bool:
        """Whether the contact lives under a different id here: then it is someone else."""
        return bool(person.bsuid) and any(
            identity.kind == Kind.BSUID
            and identity.ended_at is None
            and identity.scope in {scope, ""}
            and identity.value != person.bsuid
            for identity in self._ids_of.get(contact.code, [])
        )

    def _find(self, kind: Kind, value: str, scope: str = "") -> Contact | None:
        if not value:
            return None
        # Ids that were noted without a portfolio hold in any.
        identity = self._live.get((kind, value, scope)) or self._live.get((kind, value, ""))
        return identity.contact if identity else None

    def _by_phone(self, person: Person) -> Contact | None:
        return self._find(Kind.PHONE, person.phone) or self._find(
            Kind.PHONE, person.other_phone
        )

    def _somebody_new(self, at: datetime) -> Contact:
        contact = Contact(consent_subject=uuid4(), created_at=timezone.now())
        self._new[contact.code] = self._contacts[contact.code] = contact
        return contact

    def _note_ids(self, contact: Contact, person: Person, scope: str, at: datetime) -> None:
        for kind, value in _kinds(person):
            self._note_id(contact, kind, value, scope if kind == Kind.BSUID else "", at)

    def _note_id(
        self, contact: Contact, kind: Kind, value: str, scope: str, at: datetime
    ) -> None:
        if kind == Kind.USERNAME:
            identity = self._username_of(contact, value, at)
        else:
            identity = self._live.get((kind, value, scope)) or self._live.get((kind, value, ""))
        if identity and identity.contact is not contact:
            self._end(identity, at)
            if kind == Kind.PHONE:
                self.lost_numbers.append((identity.contact, value, at))
            identity = None
        if identity is None:
            self._begin(contact, kind, value, scope, at)
        elif at - identity.last_seen_at > SEEN_EVERY:
            identity.last_seen_at = at
            self._change_id(identity)

    def _username_of(
        self, contact: Contact, value: str, at: datetime
    ) -> ContactIdentity | None:
        """The identity of this name; an earlier name ends."""
        for identity in list(self._ids_of.get(contact.code, [])):
            if identity.kind == Kind.USERNAME and identity.ended_at is None:
                if identity.value == value:
                    return identity
                self._end(identity, at)
        return None

    def _begin(
        self, contact: Contact, kind: Kind, value: str, scope: str, at: datetime
    ) -> None:
        identity = ContactIdentity(
            contact=contact,
            kind=kind,
            value=value,
            scope=scope,
            first_seen_at=at,
            last_seen_at=at,
        )
        self._new_ids.append(identity)
        self._remember(identity)

    def _end(self, identity: ContactIdentity, at: datetime) -> None:
        contact = identity.contact
        identity.ended_at = at
        self._live.pop(_key(Kind(identity.kind), identity.value, identity.scope), None)
        self._change_id(identity)
        if identity.kind == Kind.PHONE and contact.phone == identity.value:
            contact.phone = self._another(contact, Kind.PHONE)
        if identity.kind == Kind.BSUID and contact.bsuid == identity.value:
            contact.bsuid = self._another(contact, Kind.BSUID)
        self._rename(contact)

    def _another(self, contact: Contact, kind: Kind) -> str:
        """A further living id of this kind, for what lists and sending use."""
        living = [
            identity.value
            for identity in self._ids_of.get(contact.code, [])
            if identity.kind == kind and identity.ended_at is None
        ]
        return living[-1] if living else ""

    def _note_names(self, contact: Contact, person: Person) -> None:
        before = (contact.profile_name, contact.phone, contact.bsuid, contact.username)
        contact.profile_name = person.profile_name[:LONGEST_NAME] or contact.profile_name
        contact.phone = person.phone or contact.phone
        contact.bsuid = person.bsuid or contact.bsuid
        contact.username = person.username[:LONGEST_USERNAME] or contact.username
        after = (contact.profile_name, contact.phone, contact.bsuid, contact.username)
        if before != after or not contact.display_name:
            self._rename(contact)

    def _rename(self, contact: Contact) -> None:
        contact.display_name = display_name(contact)
        self._renamed[contact.code] = contact

    def _remember(self, identity: ContactIdentity) -> None:
        if identity.kind != Kind.USERNAME:
            self._live[_key(Kind(identity.kind), identity.value, identity.scope)] = identity
        self._ids_of.setdefault(identity.contact.code, []).append(identity)

    def _change_id(self, identity: ContactIdentity) -> None:
        if identity.pk is not None:
            self._changed_ids[identity.pk] = identity


def _living() -> QuerySet[ContactIdentity]:
    return ContactIdentity.objects.filter(ended_at=None)


def _key(kind: Kind, value: str, scope: str) -> Key:
    return (kind, value, scope)


def _ids(person: Person) -> list[str]:
    ids = (person.bsuid, person.parent_bsuid, person.phone, person.other_phone)
    return [value for value in ids if value]


def _kinds(person: Person) -> list[tuple[Kind, str]]:
    told = [
        (Kind.BSUID, person.bsuid),
        (Kind.PARENT_BSUID, person.parent_bsuid),
        (Kind.PHONE, person.phone),
        (Kind.PHONE, person.other_phone),
        (Kind.USERNAME, person.username[:LONGEST_USERNAME]),
    ]
    return [(kind, value) for kind, value in told if value]
