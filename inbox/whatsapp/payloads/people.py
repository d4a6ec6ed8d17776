"""Who a webhook speaks of. Its contacts stand in no fixed order and may be missing."""

from __future__ import annotations

from dataclasses import dataclass

from inbox.whatsapp.happenings import Person

from .reading import elements, ident, obj, phone, text


@dataclass(frozen=True, slots=True)
class Contacts:
    """The people listed beside messages and statuses, by each of their ids."""

    by_bsuid: dict[str, Person]
    by_phone: dict[str, Person]
    sole: Person | None
    """The only one listed, if all that is told is about one person."""

    def complete(self, told: Person) -> Person:
        """Add what the contact entry knows to what the message itself tells."""
        if self is NO_CONTACTS or (entry := self._entry_of(told)) is None:
            return told
        spelt_otherwise = bool(told.phone and entry.phone and told.phone != entry.phone)
        return Person(
            bsuid=told.bsuid or entry.bsuid,
            parent_bsuid=told.parent_bsuid or entry.parent_bsuid,
            phone=told.phone or entry.phone,
            other_phone=entry.phone if spelt_otherwise else "",
            username=told.username or entry.username,
            profile_name=told.profile_name or entry.profile_name,
        )

    def _entry_of(self, told: Person) -> Person | None:
        entry = self.by_bsuid.get(told.bsuid) or self.by_phone.get(told.phone)
        if entry is None:
            # Brazil and Mexico: the ninth digit makes wa_id and from differ.
            entry = self.sole
        if entry and told.bsuid and entry.bsuid and told.bsuid != entry.bsuid:
            return None  # a recycled number: two people
        return entry


NO_CONTACTS = Contacts({}, {}, None)


def read_contacts(value: dict[str, object]) -> Contacts:
    """`value` holds the contacts and the messages, statuses, … they belong to."""
    people = [read_contact(item) for item in elements(value.get("contacts"))]
    people = [person for person in people if person.is_told]
    if not people:
        return NO_CONTACTS
    return Contacts(
        by_bsuid={p.bsuid: p for p in people if p.bsuid},
        by_phone={p.phone: p for p in people if p.phone},
        sole=people[0] if len(people) == 1 and _is_about_one_person(value) else None,
    )


def read_contact(item: object) -> Person:
    entry = obj(item)
    profile = obj(entry.get("profile"))
    return Person(
        bsuid=ident(entry.get("user_id")),
        parent_bsuid=ident(entry.get("parent_user_id")),
        phone=phone(entry.get("wa_id")),
        username=text(profile.get("username") or entry.get("username")),
        profile_name=text(profile.get("name")),
    )


def person_under(item: dict[str, object], who: str, *, phone_key: str = "") -> Person:
    """The person whose keys start with `who`: from, to, recipient, recipient_participant."""
    return Person(
        bsuid=ident(item.get(f"{who}_user_id")),
        parent_bsuid=ident(item.get(f"{who}_parent_user_id")),
        phone=phone(item.get(phone_key or who)),
    )


_ADDRESSES = {
    "messages": ("from_user_id", "from"),
    "statuses": ("recipient_user_id", "recipient_id"),
    "message_echoes": ("to_user_id", "to"),
    "calls": ("from_user_id", "from"),
    "user_preferences": ("user_id", "wa_id"),
}


def _is_about_one_person(value: dict[str, object]) -> bool:
    if sum(len(elements(value.get(kind))) for kind in _ADDRESSES if kind in value) <= 1:
        return True
    addressed = {
        address
        for kind, keys in _ADDRESSES.items()
        for item in elements(value.get(kind))
        if (address := next(filter(None, (text(obj(item).get(k)) for k in keys)), ""))
    }
    return len(addressed) <= 1
